// Package html writes a post as HTML, for programs that show it and are no terminal, such as feed readers.
//
// The HTML is made from the same tree of blocks as a page's lines, so shortcodes, entities and what is unsafe come out alike.
// What must hold: each tag and attribute is one of those that this package writes, none of the author's; all that opens
// closes; an address is one that a reader can be sent to.
package html

import (
	"html"
	"strconv"
	"strings"

	"postern/content"
	"postern/sshapp/page/document"
	"postern/sshapp/phrase"
)

// Render returns a post's text in HTML, without its title. inside gives the address of what a target within the blog means,
// or "" for none: its link is then text. Pictures within the blog are links, for a feed reader can't fetch them. Render calls
// check all along, which may end it by a panic; nil for none.
func Render(post *content.Post, inside func(target string) string, check func()) string {
	t := document.Read(post, check)
	// Addresses have a bound, for one definition may be referred to from everywhere.
	w := &writer{words: phrase.For(post.Language), links: t.Links, check: t.Check, inside: inside, addresses: 4*len(post.Body) + 64<<10}
	w.blocks(t.Root.Children, false)
	return w.out.String()
}

// A writer writes a tree as HTML.
type writer struct {
	words     *phrase.Language // of the post
	out       strings.Builder
	links     []document.Link
	check     func()
	inside    func(target string) string
	addresses int // bytes of addresses that may still be written
}

// blocks writes blocks one after the other. As an entry of a list, the first paragraph has no tag of its own: feed readers
// for terminals begin a line for each.
func (w *writer) blocks(blocks []*document.Block, entry bool) {
	for i, b := range blocks {
		described := b.Kind == document.Term || b.Kind == document.Description
		if described && (i == 0 || blocks[i-1].Kind != document.Term && blocks[i-1].Kind != document.Description) {
			w.out.WriteString("<dl>")
		}
		if entry && i == 0 && b.Kind == document.Paragraph {
			w.flow(b)
		} else {
			w.one(b)
		}
		if described && (i == len(blocks)-1 || blocks[i+1].Kind != document.Term && blocks[i+1].Kind != document.Description) {
			w.out.WriteString("</dl>")
		}
	}
}

func (w *writer) one(b *document.Block) {
	w.check()
	switch b.Kind {
	case document.Paragraph, document.TableCell: // a cell that stands in no table
		w.element("p", "", func() { w.flow(b) })
	case document.Heading:
		w.element("h"+strconv.Itoa(b.Level), "", func() { w.flow(b) })
	case document.CodeBlock, document.MathBlock:
		if b.Label != "" {
			w.one(titled(b.Label))
		}
		w.listing(b)
	case document.Figure:
		w.element("p", "", func() { w.figure(b) })
	case document.Caption:
		w.element("p", "", func() { w.element("small", "", func() { w.flow(b) }) })
	case document.Summary:
		w.element("p", "", func() { w.element("strong", "", func() { w.flow(b) }) })
	case document.Term:
		w.element("dt", "", func() { w.flow(b) })
	case document.Description:
		w.element("dd", "", func() { w.blocks(b.Children, b.Tight) })
	case document.ThematicBreak:
		w.out.WriteString("<hr>")
	case document.BlockQuote:
		w.element("blockquote", "", func() { w.blocks(b.Children, false) })
	case document.Alert, document.Speech:
		w.alert(b)
	case document.List:
		w.list(b)
	case document.ListItem:
		w.element("ul", "", func() { w.entry(b) })
	case document.Table:
		w.table(b)
	case document.Footnotes:
		w.out.WriteString("<hr>")
		w.element("ol", "", func() {
			for _, n := range b.Children {
				w.element("li", with("value", strconv.Itoa(n.Number)), func() { w.blocks(n.Children, true) })
			}
		})
	default:
		w.blocks(b.Children, false)
	}
}

// element writes what f does within a tag.
func (w *writer) element(tag, attributes string, f func()) {
	w.out.WriteString("<" + tag + attributes + ">")
	f()
	w.out.WriteString("</" + tag + ">")
}

// with returns an attribute of a tag.
func with(name, value string) string { return " " + name + `="` + html.EscapeString(value) + `"` }

func (w *writer) listing(b *document.Block) {
	language := ""
	if b.Kind == document.CodeBlock && b.Language != "" {
		language = with("class", "language-"+b.Language)
	}
	w.element("pre", "", func() {
		w.element("code", language, func() { w.text(strings.TrimRight(string(b.Text), "\n") + "\n") })
	})
}

// alert writes a note, a warning and their like as a quote with its title in front.
func (w *writer) alert(b *document.Block) {
	w.element("blockquote", "", func() {
		if hasTitle := len(b.Children) > 0 && b.Children[0].Kind == document.Summary; !hasTitle && (b.Alert != "" || b.Kind == document.Speech) {
			w.one(w.titleOf(b))
		}
		w.blocks(b.Children, false)
	})
}

func (w *writer) titleOf(alert *document.Block) *document.Block {
	if alert.Kind == document.Alert {
		return titled(w.words.Say(alert.Label))
	}
	return titled(alert.Label)
}

// titled returns a title as a block.
func titled(text string) *document.Block {
	title := &document.Block{Kind: document.Summary}
	title.Add(text, document.Generated, 0)
	return title
}

func (w *writer) list(b *document.Block) {
	tag, start := "ul", ""
	if b.Ordered {
		tag = "ol"
		if b.Start != 1 {
			start = with("start", strconv.Itoa(b.Start))
		}
	}
	w.element(tag, start, func() {
		for _, c := range b.Children {
			if c.Kind != document.ListItem {
				c = &document.Block{Kind: document.ListItem, Children: []*document.Block{c}}
			}
			w.entry(c)
		}
	})
}

func (w *writer) entry(b *document.Block) {
	w.element("li", "", func() {
		switch b.Task {
		case document.DoneTask:
			w.out.WriteString("☑ ")
		case document.OpenTask:
			w.out.WriteString("☐ ")
		}
		w.blocks(b.Children, true)
	})
}

// table writes a table, and in front of it what its author put between the rows.
func (w *writer) table(b *document.Block) {
	var rows []*document.Block
	for _, c := range b.Children {
		if c.Kind == document.TableRow {
			rows = append(rows, c)
		} else {
			w.one(c)
		}
	}
	w.element("table", "", func() {
		for _, r := range rows {
			w.element("tr", "", func() {
				for _, c := range r.Children {
					tag := "td"
					if r.Header || c.Header {
						tag = "th"
					}
					w.element(tag, spans(c), func() { w.flow(c) })
				}
			})
		}
	})
}

// spans returns the attributes of a cell that reaches over several columns or rows.
func spans(c *document.Block) string {
	attributes := ""
	if c.Columns > 1 {
		attributes += with("colspan", strconv.Itoa(c.Columns))
	}
	if c.Rows > 1 {
		attributes += with("rowspan", strconv.Itoa(c.Rows))
	}
	return attributes
}

// figure writes a picture, or the link to it where it lies within the blog, or is a film or a sound.
func (w *writer) figure(b *document.Block) {
	text := string(b.Text)
	if b.Captioned {
		text = ""
	}
	address := w.address(b.Link)
	if b.Media == "image" && b.Link > 0 && w.links[b.Link-1].Kind == document.LinkImage && strings.HasPrefix(address, "http") {
		w.out.WriteString("<img" + with("src", address) + with("alt", text) + ">")
		return
	}
	if text == "" {
		text = "[" + b.File + "]"
	}
	w.linked(address, func() { w.text(text) })
}
