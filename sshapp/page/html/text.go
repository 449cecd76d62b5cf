package html

import (
	"html"
	"strings"

	"postern/sshapp/page/document"
)

// The text of a leaf: its runs, their roles and links.

// flow writes a leaf's text, each link once around all that stands in it.
func (w *writer) flow(b *document.Block) {
	text := string(b.Text)
	for at := 0; at < len(b.Runs); {
		link, first := b.Runs[at].Link, at
		for at < len(b.Runs) && b.Runs[at].Link == link {
			at++
		}
		w.linked(w.address(link), func() {
			for i, r := range b.Runs[first:at] {
				w.run(text[runStart(b, first+i):r.End], r.Roles)
			}
		})
	}
}

// runStart returns where a run begins.
func runStart(b *document.Block, run int) int {
	if run == 0 {
		return 0
	}
	return b.Runs[run-1].End
}

// roleTags are the tags of roles, the outermost first. Raised and lowered text has its signs already.
var roleTags = []struct {
	document.Roles
	tag string
}{
	{document.Strong, "strong"}, {document.Emphasis, "em"}, {document.Deleted, "del"}, {document.Inserted, "ins"}, {document.Small, "small"}, {document.Marked, "mark"},
	{document.Keyboard, "kbd"}, {document.Code | document.Math, "code"},
}

func (w *writer) run(text string, r document.Roles) {
	for _, t := range roleTags {
		if r&t.Roles != 0 {
			w.out.WriteString("<" + t.tag + ">")
		}
	}
	w.out.WriteString(strings.ReplaceAll(html.EscapeString(text), "\n", "<br>"))
	for i := len(roleTags) - 1; i >= 0; i-- {
		if r&roleTags[i].Roles != 0 {
			w.out.WriteString("</" + roleTags[i].tag + ">")
		}
	}
}

func (w *writer) text(s string) { w.out.WriteString(html.EscapeString(s)) }

// linked writes what f does within a link, if there is an address.
func (w *writer) linked(address string, f func()) {
	if address == "" {
		f()
		return
	}
	w.element("a", with("href", address), f)
}

// address returns where a link leads, or "" for what is not a link here: the places within a post have no names.
func (w *writer) address(link int) string {
	if link == 0 {
		return ""
	}
	l := w.links[link-1]
	address := l.URL
	if address == "" && (l.Kind == document.LinkPost || l.Kind == document.LinkImage) {
		address = document.EscapeURL(w.inside(l.Target))
	}
	if w.addresses -= len(address); w.addresses < 0 {
		return ""
	}
	return address
}
