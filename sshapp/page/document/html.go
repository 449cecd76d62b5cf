package document

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/text"
	"golang.org/x/net/html"
)

// twins tells, of tags that HTML doesn't know, whether one has the end that belongs to it: a component's tag has, and
// vanishes. A "<T>" that someone forgot to escape has none, and is text.
type twins struct {
	ends, opened map[string]int // ends ahead, and open tags that wait for one
}

var endTag = regexp.MustCompile(`</([A-Za-z][\w.:-]*)`)

// foresee counts the end tags of a stretch of HTML that is still ahead.
func (t *twins) foresee(source []byte) {
	for _, m := range endTag.FindAllSubmatch(source, -1) {
		t.ends[string(m[1])]++
	}
}

// opens reports whether a begin tag has an end ahead, and reserves it.
func (t *twins) opens(name string) bool {
	if t.ends[name] <= t.opened[name] {
		return false
	}
	t.opened[name]++
	return true
}

// closes reports whether an end tag ends one that was open.
func (t *twins) closes(name string) bool {
	t.ends[name]--
	if t.opened[name] == 0 {
		return false
	}
	t.opened[name]--
	return true
}

// html reads a stretch of HTML, such as a block or a single tag, into the stream. It lies in these pieces of the source.
func (w *walker) html(source []byte, pieces []text.Segment) {
	z := html.NewTokenizer(bytes.NewReader(source))
	z.SetMaxBuf(0)
	begin := 0 // of the first piece, in the stretch
	at := 0    // of the token, in the stretch
	for {
		kind := z.Next()
		for len(pieces) > 1 && at >= begin+pieceLen(pieces[0]) {
			begin += pieceLen(pieces[0])
			pieces = pieces[1:]
		}
		if len(pieces) > 0 {
			w.b.at = pieces[0].Start + max(at-begin-pieces[0].Padding, 0)
		}
		at += len(z.Raw())
		switch kind {
		case html.ErrorToken:
			return
		case html.TextToken:
			w.b.text(string(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			raw := string(z.Raw())
			name := rawName(raw[1:])
			if tag := strings.ToLower(name); tag != "script" && tag != "style" {
				z.NextIsNotRawText()
			}
			w.beginHTML(name, raw, z)
		case html.EndTagToken:
			raw := string(z.Raw())
			w.endHTML(rawName(raw[2:]), raw)
		}
	}
}

// pieceLen is how many bytes a piece of a source has once its padding is spelled out.
func pieceLen(s text.Segment) int { return s.Len() + s.Padding }

// rawName returns the name that a tag begins with, as written.
func rawName(s string) string {
	if i := strings.IndexAny(s, " \t\r\n\f/>"); i >= 0 {
		return s[:i]
	}
	return s
}

// knows reports whether HTML has a tag: written as people write HTML's, "output" is one, and "Output" is not.
func knows(name string) bool {
	lower := strings.ToLower(name)
	_, ok := elements[lower]
	return ok && (name == lower || name == strings.ToUpper(name) && elements[name].container != Alert)
}

func (w *walker) beginHTML(name, raw string, z *html.Tokenizer) {
	if !knows(name) {
		w.component(name, raw, readAttrs(z))
		return
	}
	tag := strings.ToLower(name)
	a := readAttrs(z)
	if w.b.beginSpecial(tag, a) || voids[tag] {
		return
	}
	for _, t := range closedBy[tag] {
		w.b.endOptional(t, tag)
	}
	w.b.begin(tag, a, false)
}

// endOptional ends an open tag whose end its author left out, if it belongs to the innermost list or table.
func (b *builder) endOptional(tag, by string) {
	for i := len(b.open) - 1; i > 0; i-- {
		f := b.open[i]
		if f.tag == tag {
			b.end(tag, false)
			return
		}
		if f.wall || f.tag == "ul" || f.tag == "ol" || f.tag == "dl" || f.tag == "table" || f.tag == "blockquote" ||
			f.tag == "div" && by == "p" {
			return
		}
	}
}

func (w *walker) endHTML(name, raw string) {
	if !knows(name) {
		if !w.twins.closes(name) {
			w.b.text(raw)
		}
		return
	}
	tag := strings.ToLower(name)
	if tag == "q" {
		w.b.ours("”")
	}
	if tag == "br" {
		w.b.breakLine(2)
		return
	}
	w.b.end(tag, false)
}

// component sets a tag that HTML doesn't know.
func (w *walker) component(name, raw string, a attrs) {
	switch {
	case a.src != "" && (name == "Image" || name == "Img" || name == "Figure"):
		w.b.picture("image", a)
	case strings.HasSuffix(raw, "/>"):
		w.b.placeholder(raw)
		w.b.problem("the component <"+name+"> is unknown and shown as it is written", "write Markdown or HTML instead")
	case w.twins.opens(name):
	default:
		w.b.text(raw)
	}
}

// beginSpecial does what tags do that neither style text nor hold it. It reports whether there is nothing more to do.
func (b *builder) beginSpecial(tag string, a attrs) bool {
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
	case "video", "audio", "iframe", "embed":
		if a.src != "" {
			b.flush()
			a.alt = a.title
			b.picture(tag, a)
			b.flush()
		}
		return false
	case "source":
		if f := b.inside("video"); f != nil && f.attrs.src == "" || b.inside("audio") != nil && b.inside("audio").attrs.src == "" {
			b.picture("video", a)
			b.flush()
		}
	case "input":
		if a.checkbox {
			b.ours(map[bool]string{true: "☑ ", false: "☐ "}[a.checked])
		}
	case "q":
		b.ours("“")
		return false
	default:
		return false
	}
	return true
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

// ours adds a sign that no author wrote.
func (b *builder) ours(s string) {
	roles := b.roles
	b.roles |= Generated
	b.text(s)
	b.roles = roles
}

// placeholder adds something that isn't understood as it is written, standing back.
func (b *builder) placeholder(s string) {
	roles := b.roles
	b.roles |= Quiet
	b.text(s)
	b.roles = roles
}
