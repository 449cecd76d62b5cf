package document

import (
	"strconv"
	"strings"

	"postern/content/sanitize"
)

// A Link is a link of a post, before it has a line.
type Link struct {
	Text     string
	Target   string // as written, but for escapes and entities
	URL      string // what a terminal may be told to open; empty for none
	Kind     LinkKind
	At       int // in the source
	Footnote int // the number of the note that it leads to, or comes from
}

// footnoteTarget is the target of the link to a footnote, and referenceTarget that of the link back to its place in the text.
func footnoteTarget(number int) string  { return "#fn:" + strconv.Itoa(number) }
func referenceTarget(number int) string { return "#fnref:" + strconv.Itoa(number) }

// Place returns the name of the place that a footnote's link stands at: where the link in the other direction leads.
func (l Link) Place() string {
	if l.Target == footnoteTarget(l.Footnote) {
		return referenceTarget(l.Footnote)[1:]
	}
	return footnoteTarget(l.Footnote)[1:]
}

// newLink returns the number of a new link.
func (b *builder) newLink(target string, to int) int {
	target = strings.TrimSpace(sanitize.Text(target))
	l, known := b.known[target]
	if !known {
		l.Target = target
		l.Kind, l.URL = Classify(target)
		b.known[target] = l
	}
	l.At, l.Footnote = b.at, to
	if to != 0 {
		l.Kind = LinkFootnote
	}
	if l.Kind == LinkUnsafe {
		b.Refused = append(b.Refused, l)
		return 0
	}
	b.Links = append(b.Links, l)
	return len(b.Links)
}

// endLink gives a link its text.
func (b *builder) endLink(f openBlock) {
	if b.leaf == nil {
		return
	}
	begin := 0
	if b.leaf == f.where {
		begin = min(f.begin, len(b.leaf.Text))
	}
	b.Links[b.link-1].Text = strings.TrimSpace(string(b.leaf.Text[begin:]))
}
