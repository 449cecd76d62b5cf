package page

import (
	"html"
	"strconv"
	"strings"

	"postern/content"
	"postern/sshapp/page/document"
)

// A post is read as HTML where a program shows it that isn't a terminal: a feed reader. The HTML is made from the same tree
// as a page's lines, so shortcodes, entities and what is unsafe fare alike. What must hold: each tag and attribute is one of
// those that this file writes, none of the author's; all that opens closes; an address is one that a reader can be sent to.

// HTML returns a post's text in HTML, without its title. inside gives the address of what a target within the blog means,
// or "" for none: its link is then text. Pictures within the blog are links, for a feed reader can't fetch them.
func HTML(post *content.Post, inside func(target string) string) string {
	t := document.Read(post)
	// Addresses have a bound for the reason that they have one on a page.
	m := &markup{links: t.Links, inside: inside, addresses: 4*len(post.Body) + 64<<10}
	m.blocks(t.Root.Children, false)
	return m.out.String()
}

// Targets returns where a post's links and pictures lead, in order, as [Link.Target] has it. It typesets nothing.
func Targets(post *content.Post) []string {
	var targets []string
	for _, l := range document.Read(post).Links {
		if l.Kind == document.LinkPost || l.Kind == document.LinkImage {
			targets = append(targets, l.Target)
		}
	}
	return targets
}

// A markup writes a tree as HTML.
type markup struct {
	out       strings.Builder
	links     []document.Link
	inside    func(target string) string
	addresses int // bytes of addresses that may still be written
}

// blocks writes blocks one after the other. As an entry of a list, the first paragraph has no tag of its own: feed readers
// for terminals begin a line for each.
func (m *markup) blocks(blocks []*document.Block, entry bool) {
	for i, b := range blocks {
		described := b.Kind == document.Term || b.Kind == document.Description
		if described && (i == 0 || blocks[i-1].Kind != document.Term && blocks[i-1].Kind != document.Description) {
			m.out.WriteString("<dl>")
		}
		if entry && i == 0 && b.Kind == document.Paragraph {
			m.flow(b)
		} else {
			m.one(b)
		}
		if described && (i == len(blocks)-1 || blocks[i+1].Kind != document.Term && blocks[i+1].Kind != document.Description) {
			m.out.WriteString("</dl>")
		}
	}
}

func (m *markup) one(b *document.Block) {
	switch b.Kind {
	case document.Paragraph, document.TableCell: // a cell that stands in no table
		m.element("p", "", func() { m.flow(b) })
	case document.Heading:
		m.element("h"+strconv.Itoa(b.Level), "", func() { m.flow(b) })
	case document.CodeBlock, document.MathBlock:
		m.listing(b)
	case document.Figure:
		m.element("p", "", func() { m.figure(b) })
	case document.Caption:
		m.element("p", "", func() { m.element("small", "", func() { m.flow(b) }) })
	case document.Summary:
		m.element("p", "", func() { m.element("strong", "", func() { m.flow(b) }) })
	case document.Term:
		m.element("dt", "", func() { m.flow(b) })
	case document.Description:
		m.element("dd", "", func() { m.blocks(b.Children, b.Tight) })
	case document.ThematicBreak:
		m.out.WriteString("<hr>")
	case document.BlockQuote:
		m.element("blockquote", "", func() { m.blocks(b.Children, false) })
	case document.Alert:
		m.alert(b)
	case document.List:
		m.list(b)
	case document.ListItem:
		m.element("ul", "", func() { m.entry(b) })
	case document.Table:
		m.table(b)
	case document.Footnotes:
		m.out.WriteString("<hr>")
		m.element("ol", "", func() {
			for _, n := range b.Children {
				m.element("li", with("value", strconv.Itoa(n.Number)), func() { m.blocks(n.Children, true) })
			}
		})
	default:
		m.blocks(b.Children, false)
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

func (m *markup) listing(b *document.Block) {
	language := ""
	if b.Kind == document.CodeBlock && b.Language != "" {
		language = with("class", "language-"+b.Language)
	}
	m.element("pre", "", func() {
		m.element("code", language, func() { m.text(strings.TrimRight(string(b.Text), "\n") + "\n") })
	})
}

// alert writes a note, a warning and their like as a quote with its title in front.
func (m *markup) alert(b *document.Block) {
	m.element("blockquote", "", func() {
		if titled := len(b.Children) > 0 && b.Children[0].Kind == document.Summary; !titled && b.Alert != "" {
			m.one(titleOf(b))
		}
		m.blocks(b.Children, false)
	})
}

func titleOf(alert *document.Block) *document.Block {
	title := &document.Block{Kind: document.Summary}
	title.Add(alert.Label, document.Generated, 0)
	return title
}

func (m *markup) list(b *document.Block) {
	tag, start := "ul", ""
	if b.Ordered {
		tag = "ol"
		if b.Start != 1 {
			start = with("start", strconv.Itoa(b.Start))
		}
	}
	m.element(tag, start, func() {
		for _, c := range b.Children {
			if c.Kind != document.ListItem {
				c = &document.Block{Kind: document.ListItem, Children: []*document.Block{c}}
			}
			m.entry(c)
		}
	})
}

func (m *markup) entry(b *document.Block) {
	m.element("li", "", func() {
		switch b.Task {
		case document.DoneTask:
			m.out.WriteString("☑ ")
		case document.OpenTask:
			m.out.WriteString("☐ ")
		}
		m.blocks(b.Children, true)
	})
}

// table writes a table, and in front of it what its author put between the rows.
func (m *markup) table(b *document.Block) {
	var rows []*document.Block
	for _, c := range b.Children {
		if c.Kind == document.TableRow {
			rows = append(rows, c)
		} else {
			m.one(c)
		}
	}
	m.element("table", "", func() {
		for _, r := range rows {
			m.element("tr", "", func() {
				for _, c := range r.Children {
					tag := "td"
					if r.Header || c.Header {
						tag = "th"
					}
					m.element(tag, "", func() { m.flow(c) })
				}
			})
		}
	})
}

// figure writes a picture, or the link to it where it lies within the blog, or is a film or a sound.
func (m *markup) figure(b *document.Block) {
	text := string(b.Text)
	if b.Captioned {
		text = ""
	}
	address := m.address(b.Link)
	if b.Media == "image" && b.Link > 0 && m.links[b.Link-1].Kind == document.LinkImage && strings.HasPrefix(address, "http") {
		m.out.WriteString("<img" + with("src", address) + with("alt", text) + ">")
		return
	}
	if text == "" {
		text = "[" + b.File + "]"
	}
	m.linked(address, func() { m.text(text) })
}
