package page

import (
	"html"
	"strconv"
	"strings"

	"postern/content"
)

// A post is read as HTML where a program shows it that isn't a terminal: a feed reader. The HTML is made from the same tree
// as a page's lines, so shortcodes, entities and what is unsafe fare alike. What must hold: each tag and attribute is one of
// those that this file writes, none of the author's; all that opens closes; an address is one that a reader can be sent to.

// HTML returns a post's text in HTML, without its title. inside gives the address of what a target within the blog means,
// or "" for none: its link is then text. Pictures within the blog are links, for a feed reader can't fetch them.
func HTML(post *content.Post, inside func(target string) string) string {
	t := read(post)
	// Addresses have a bound for the reason that they have one on a page.
	m := &markup{links: t.links, inside: inside, addresses: 4*len(post.Body) + 64<<10}
	m.blocks(t.root.inner, false)
	return m.out.String()
}

// Targets returns where a post's links and pictures lead, in order, as [Link.Target] has it. It typesets nothing.
func Targets(post *content.Post) []string {
	var targets []string
	for _, l := range read(post).links {
		if l.kind == LinkPost || l.kind == LinkImage {
			targets = append(targets, l.target)
		}
	}
	return targets
}

// A markup writes a tree as HTML.
type markup struct {
	out       strings.Builder
	links     []docLink
	inside    func(target string) string
	addresses int // bytes of addresses that may still be written
}

// blocks writes blocks one after the other. As an entry of a list, the first paragraph has no tag of its own: feed readers
// for terminals begin a line for each.
func (m *markup) blocks(blocks []*block, entry bool) {
	for i, b := range blocks {
		described := b.kind == term || b.kind == description
		if described && (i == 0 || blocks[i-1].kind != term && blocks[i-1].kind != description) {
			m.out.WriteString("<dl>")
		}
		if entry && i == 0 && b.kind == paragraph {
			m.flow(b)
		} else {
			m.one(b)
		}
		if described && (i == len(blocks)-1 || blocks[i+1].kind != term && blocks[i+1].kind != description) {
			m.out.WriteString("</dl>")
		}
	}
}

func (m *markup) one(b *block) {
	switch b.kind {
	case paragraph, tableCell: // a cell that stands in no table
		m.element("p", "", func() { m.flow(b) })
	case heading:
		m.element("h"+strconv.Itoa(b.level), "", func() { m.flow(b) })
	case listing, formula:
		m.listing(b)
	case figure:
		m.element("p", "", func() { m.figure(b) })
	case captionBlock:
		m.element("p", "", func() { m.element("small", "", func() { m.flow(b) }) })
	case summary:
		m.element("p", "", func() { m.element("strong", "", func() { m.flow(b) }) })
	case term:
		m.element("dt", "", func() { m.flow(b) })
	case description:
		m.element("dd", "", func() { m.blocks(b.inner, b.tight) })
	case rule:
		m.out.WriteString("<hr>")
	case quote:
		m.element("blockquote", "", func() { m.blocks(b.inner, false) })
	case alertBlock:
		m.alert(b)
	case items:
		m.list(b)
	case item:
		m.element("ul", "", func() { m.entry(b) })
	case tableBlock:
		m.table(b)
	case noteList:
		m.out.WriteString("<hr>")
		m.element("ol", "", func() {
			for _, n := range b.inner {
				m.element("li", with("value", strconv.Itoa(n.number)), func() { m.blocks(n.inner, true) })
			}
		})
	default:
		m.blocks(b.inner, false)
	}
}

// element writes what f does within a tag.
func (m *markup) element(tag, attributes string, f func()) {
	m.out.WriteString("<" + tag + attributes + ">")
	f()
	m.out.WriteString("</" + tag + ">")
}

// with returns an attribute of a tag.
func with(name, value string) string { return " " + name + `="` + html.EscapeString(value) + `"` }

func (m *markup) listing(b *block) {
	language := ""
	if b.kind == listing && b.language != "" {
		language = with("class", "language-"+b.language)
	}
	m.element("pre", "", func() {
		m.element("code", language, func() { m.text(strings.TrimRight(string(b.text), "\n") + "\n") })
	})
}

// alert writes a note, a warning and their like as a quote with its title in front.
func (m *markup) alert(b *block) {
	m.element("blockquote", "", func() {
		if titled := len(b.inner) > 0 && b.inner[0].kind == summary; !titled && b.alert != "" {
			m.one(titleOf(b))
		}
		m.blocks(b.inner, false)
	})
}

func titleOf(alert *block) *block {
	title := &block{kind: summary}
	title.add(alert.label, ours, 0)
	return title
}

func (m *markup) list(b *block) {
	tag, start := "ul", ""
	if b.ordered {
		tag = "ol"
		if b.start != 1 {
			start = with("start", strconv.Itoa(b.start))
		}
	}
	m.element(tag, start, func() {
		for _, c := range b.inner {
			if c.kind != item {
				c = &block{kind: item, inner: []*block{c}}
			}
			m.entry(c)
		}
	})
}

func (m *markup) entry(b *block) {
	m.element("li", "", func() {
		switch b.task {
		case doneTask:
			m.out.WriteString("☑ ")
		case openTask:
			m.out.WriteString("☐ ")
		}
		m.blocks(b.inner, true)
	})
}

// table writes a table, and in front of it what its author put between the rows.
func (m *markup) table(b *block) {
	var rows []*block
	for _, c := range b.inner {
		if c.kind == tableRow {
			rows = append(rows, c)
		} else {
			m.one(c)
		}
	}
	m.element("table", "", func() {
		for _, r := range rows {
			m.element("tr", "", func() {
				for _, c := range r.inner {
					tag := "td"
					if r.header || c.header {
						tag = "th"
					}
					m.element(tag, "", func() { m.flow(c) })
				}
			})
		}
	})
}

// figure writes a picture, or the link to it where it lies within the blog, or is a film or a sound.
func (m *markup) figure(b *block) {
	text := string(b.text)
	if b.captioned {
		text = ""
	}
	address := m.address(b.link)
	if b.media == "image" && b.link > 0 && m.links[b.link-1].kind == LinkImage && strings.HasPrefix(address, "http") {
		m.out.WriteString("<img" + with("src", address) + with("alt", text) + ">")
		return
	}
	if text == "" {
		text = "[" + b.file + "]"
	}
	m.linked(address, func() { m.text(text) })
}
