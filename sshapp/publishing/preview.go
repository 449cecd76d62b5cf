package publishing

import "postern/content"

// A Preview is the blog as it would be if all that is on the desk were published.
type Preview struct {
	Library *content.Library // its pictures can't be opened
	Saved   map[string]bool  // the paths of what is on the desk

	generation int
	saves      int64
}

// Preview returns what an author sees. It is made again only if something was published or saved since.
func (p *Publisher) Preview() (Preview, error) {
	p.previewing.Lock()
	defer p.previewing.Unlock()
	saves := p.Store.Saves()
	scan, generation := p.published()
	if p.preview.Library != nil && p.preview.saves == saves && p.preview.generation == generation {
		return p.preview, nil
	}
	tree, err := p.Store.Desk()
	if err != nil {
		return Preview{}, err
	}
	defer tree.Close()
	if scan == nil {
		scan, err = content.NewScan(tree)
	} else {
		scan, err = scan.Reload(tree)
	}
	if err != nil {
		return Preview{}, err
	}
	saved, err := p.Saved()
	if err != nil {
		return Preview{}, err
	}
	now := Preview{scan.Library(), map[string]bool{}, generation, saves}
	for _, s := range saved {
		now.Saved[s.Path] = true
	}
	p.preview = now
	return now, nil
}
