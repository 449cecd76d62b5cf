package document

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/text"
	"golang.org/x/net/html"

	"postern/content/outline"
)

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

// isElement reports whether a tag is one of HTML's, written as people write those: "output" and "OUTPUT" are, and "Output" is a
// component.
func isElement(name string) bool {
	return outline.IsElement(strings.ToLower(name)) && (name == strings.ToLower(name) || name == strings.ToUpper(name))
}

func (w *walker) beginHTML(name, raw string, z *html.Tokenizer) {
	if !isElement(name) {
		w.component(name, raw, readAttrs(z))
		return
	}
	tag := strings.ToLower(name)
	a := readAttrs(z)
	if w.b.beginSpecial(tag, a) || voidElements[tag] {
		return
	}
	for _, t := range impliedEnds[tag] {
		w.b.endOptional(t, tag)
	}
	ends := !strings.HasSuffix(raw, "/>") && w.htmlTags.opens(name)
	if elements[tag].fallback && !ends {
		return // all the rest is no fallback
	}
	if w.b.begin(tag, a, false) && !ends && !optionalEnds[tag] {
		w.b.open[len(w.b.open)-1].unended = true
	}
}

func (w *walker) endHTML(name, raw string) {
	if !isElement(name) {
		if !w.htmlTags.closes(name) {
			w.b.text(raw)
		}
		return
	}
	w.htmlTags.closes(name)
	tag := strings.ToLower(name)
	if tag == "q" {
		w.b.generated("”")
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
	case w.htmlTags.opens(name):
	default:
		w.b.text(raw)
	}
}
