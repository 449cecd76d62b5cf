package page

// size is about how many bytes of memory the page holds.
func (p *Page) size() int64 {
	const header = 16 // of a string
	n := int64(256 + 4*len(p.above))
	for _, l := range p.Lines {
		n += int64(len(l)) + header
	}
	for _, h := range p.Headings {
		n += int64(len(h.Text)+len(h.Anchor)) + 3*header + 64 // with its entry among the anchors
	}
	last := ""
	for _, l := range p.Links {
		n += int64(len(l.Text)) + 9*header/2
		if l.Target != last { // links to one place share its name
			n += int64(len(l.Target))
		}
		last = l.Target
	}
	for _, b := range p.Blocks {
		n += int64(len(b.Text)) + 3*header
	}
	const perPicture, perSource, perWide = 128, 160, 32
	n += int64(len(p.Pictures)*perPicture + len(p.sources)*perSource + len(p.Wide)*perWide)
	return n
}
