package page

import (
	"strconv"
	"strings"

	"postern/content/sanitize"
)

// A docLink is a link of a post, before it has a line.
type docLink struct {
	text   string
	target string // as written, but for escapes and entities
	url    string // what a terminal may be told to open; empty for none
	kind   LinkKind
	at     int // in the source
	to     int // the number of the note that it leads to, or comes from
}

// footnoteTarget is the target of the link to a footnote, and referenceTarget that of the link back to its place in the text.
func footnoteTarget(number int) string  { return "#fn:" + strconv.Itoa(number) }
func referenceTarget(number int) string { return "#fnref:" + strconv.Itoa(number) }

// place returns the name of the place that a footnote's link stands at: where the link in the other direction leads.
func (l docLink) place() string {
	if l.target == footnoteTarget(l.to) {
		return referenceTarget(l.to)[1:]
	}
	return footnoteTarget(l.to)[1:]
}

// newLink returns the number of a new link.
func (b *builder) newLink(target string, to int) int {
	target = strings.TrimSpace(sanitize.Text(target))
	l, known := b.known[target]
	if !known {
		l.target = target
		l.kind, l.url = linkTarget(target)
		b.known[target] = l
	}
	l.at, l.to = b.at, to
	if to != 0 {
		l.kind = LinkNote
	}
	if l.kind == linkUnsafe {
		b.refused = append(b.refused, l)
		return 0
	}
	b.links = append(b.links, l)
	return len(b.links)
}

// endLink gives a link its text.
func (b *builder) endLink(f openBlock) {
	if b.leaf == nil {
		return
	}
	begin := 0
	if b.leaf == f.where {
		begin = min(f.begin, len(b.leaf.text))
	}
	b.links[b.link-1].text = strings.TrimSpace(string(b.leaf.text[begin:]))
}
