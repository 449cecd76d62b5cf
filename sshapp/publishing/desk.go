package publishing

import (
	"maps"
	"slices"
	"time"

	"postern/content/publish"
	"postern/content/scaffold"
)

// What authors save is on the desk, where no reader sees it, until it is published.

// A Saved is a file on the desk.
type Saved struct {
	Path string
	New  bool // nothing of that path is published
}

// Saved returns the files on the desk that can be published, sorted by path. Those that editors and transfers keep for
// themselves are left out.
func (p *Publisher) Saved() ([]Saved, error) {
	on, published, err := p.desk()
	if err != nil {
		return nil, err
	}
	var all []Saved
	for _, name := range slices.Sorted(maps.Keys(on)) {
		_, there := published[name]
		all = append(all, Saved{name, !there})
	}
	return all, nil
}

// desk returns the files on the desk that can be published, and those that are published.
func (p *Publisher) desk() (on, published map[string]publish.File, err error) {
	n, err := p.Store.Generation()
	if err != nil {
		return nil, nil, err
	}
	if published, err = p.Store.Files(n); err != nil {
		return nil, nil, err
	}
	on, err = p.Store.Saved()
	maps.DeleteFunc(on, func(name string, _ publish.File) bool { return IsTemporary(name) })
	return on, published, err
}

// PutSaved has all that is on the desk published with the change. The desk is cleared of it by Commit. The error is a
// [publish.ConflictError] if something was published under the path of one of the files after that was saved.
func (c *Change) PutSaved() error {
	on, _, err := c.publisher.desk()
	if err != nil {
		return err
	}
	if err := c.publisher.Store.CheckSaved(on); err != nil {
		return err
	}
	maps.Copy(c.put, on)
	return nil
}

// Place returns the path in the tree of a text that comes without one, as [scaffold.Place] says.
func (p *Publisher) Place(name string, text []byte) (string, error) {
	now, err := p.Preview()
	if err != nil {
		return "", err
	}
	return scaffold.Place(now.Library, name, text, time.Now())
}
