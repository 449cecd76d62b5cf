package page

import (
	"html"
	"strings"
)

// The text of a markup: its runs, their roles and links.

// flow writes a leaf's text, each link once around all that stands in it.
func (m *markup) flow(b *block) {
	text := string(b.text)
	for at := 0; at < len(b.runs); {
		link, first := b.runs[at].link, at
		for at < len(b.runs) && b.runs[at].link == link {
			at++
		}
		m.linked(m.address(link), func() {
			for i, r := range b.runs[first:at] {
				m.run(text[runStart(b, first+i):r.end], r.roles)
			}
		})
	}
}

// runStart returns where a run begins.
func runStart(b *block, run int) int {
	if run == 0 {
		return 0
	}
	return b.runs[run-1].end
}

// roleTags are the tags of roles, the outermost first. Raised and lowered text has its signs already.
var roleTags = []struct {
	roleSet
	tag string
}{
	{strong, "strong"}, {emphasis, "em"}, {deleted, "del"}, {inserted, "ins"}, {small, "small"}, {marked, "mark"},
	{keyboard, "kbd"}, {code | formulas, "code"},
}

func (m *markup) run(text string, r roleSet) {
	for _, t := range roleTags {
		if r&t.roleSet != 0 {
			m.out.WriteString("<" + t.tag + ">")
		}
	}
	m.out.WriteString(strings.ReplaceAll(html.EscapeString(text), "\n", "<br>"))
	for i := len(roleTags) - 1; i >= 0; i-- {
		if r&roleTags[i].roleSet != 0 {
			m.out.WriteString("</" + roleTags[i].tag + ">")
		}
	}
}

func (m *markup) text(s string) { m.out.WriteString(html.EscapeString(s)) }

// linked writes what f does within a link, if there is an address.
func (m *markup) linked(address string, f func()) {
	if address == "" {
		f()
		return
	}
	m.element("a", with("href", address), f)
}

// address returns where a link leads, or "" for what is no link here: the places within a post have no names.
func (m *markup) address(link int) string {
	if link == 0 {
		return ""
	}
	l := m.links[link-1]
	address := l.url
	if address == "" && (l.kind == LinkPost || l.kind == LinkImage) {
		address = escape(m.inside(l.target))
	}
	if m.addresses -= len(address); m.addresses < 0 {
		return ""
	}
	return address
}
