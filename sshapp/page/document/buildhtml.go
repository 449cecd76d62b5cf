package document

// endOptional ends an open tag whose end its author left out, if it belongs to the innermost list or table.
func (b *builder) endOptional(tag, by string) {
	for i := len(b.open) - 1; i > 0; i-- {
		f := b.open[i]
		if f.tag == tag {
			b.end(tag, false)
			return
		}
		if f.markdown || f.tag == "ul" || f.tag == "ol" || f.tag == "dl" || f.tag == "table" || f.tag == "blockquote" ||
			f.tag == "div" && by == "p" {
			return
		}
	}
}

// beginSpecial does what tags do that neither style text nor hold it. It reports whether there is nothing more to do.
func (b *builder) beginSpecial(tag string, a attrs) bool {
	if tag == "source" {
		b.mediaSource(a)
		return true
	}
	if b.dropping() {
		return tag == "br" || tag == "img" || tag == "hr"
	}
	switch tag {
	case "br":
		b.breakLine(2)
	case "wbr":
		if b.leaf != nil {
			b.leaf.Add("\u200b", b.roles|Generated, b.link)
		}
	case "hr":
		b.rule()
	case "img":
		b.picture("image", a)
	case "video", "audio", "iframe", "embed", "object":
		if a.src != "" {
			b.media(tag, a)
		}
		return false
	case "input":
		if a.checkbox {
			b.generated(map[bool]string{true: "☑ ", false: "☐ "}[a.checked])
		}
	case "q":
		b.generated("“")
		return false
	default:
		return false
	}
	return true
}

// media adds a film or a sound, or what else is embedded.
func (b *builder) media(tag string, a attrs) {
	b.flush()
	a.alt = a.title
	b.picture(tag, a)
	b.flush()
}

// mediaSource adds what a <source> names, unless the film or sound around it has an address already: it is the same in another
// format then.
func (b *builder) mediaSource(a attrs) {
	in := &b.open[len(b.open)-1]
	switch {
	case a.src == "":
	case in.tag != "video" && in.tag != "audio":
		b.media("video", a)
	case in.attrs.src == "" && !b.open[len(b.open)-2].drop:
		in.attrs.src, in.drop = a.src, false
		b.media(in.tag, in.attrs)
		in.drop = true
	}
}

// rule adds a thematic break.
func (b *builder) rule() {
	b.flush()
	if b.inCell() {
		return
	}
	if in := b.container(); in.Kind != TableRow && in.Kind != Table {
		in.Children = append(in.Children, &Block{Kind: ThematicBreak, At: b.at})
	}
}
