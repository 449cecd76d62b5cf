package document

import (
	"strings"

	"postern/content/sanitize"
)

// newLink adds a link, and returns it as a Run has it: 0 if nobody can follow it. footnote is the number of the footnote that it
// leads to or comes from, or 0.
func (b *builder) newLink(target string, footnote int) int {
	target = strings.TrimSpace(sanitize.Text(target))
	l, known := b.known[target]
	if !known {
		l.Target = target
		l.Kind, l.URL = Classify(target)
		b.known[target] = l
	}
	l.At, l.Footnote = b.at, footnote
	if footnote != 0 {
		l.Kind = LinkFootnote
	}
	if l.Kind == LinkUnsafe {
		b.Refused = append(b.Refused, l)
		return 0
	}
	b.Links = append(b.Links, l)
	return len(b.Links)
}

// endLink gives the open link, which f began, its text.
func (b *builder) endLink(f openTag) {
	if b.leaf == nil {
		return
	}
	b.Links[b.link-1].Text = strings.TrimSpace(string(b.leaf.Text[b.beginOf(f):]))
}
