package document

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"golang.org/x/net/html"

	"postern/sshapp/page/markdown"
)

// htmlBlock walks a block of HTML. What its author left open in it ends with it.
func (w *walker) htmlBlock(n *ast.HTMLBlock) {
	outside := len(w.b.open)
	w.html(markdown.HTMLLines(n, w.source))
	w.b.endUnended(outside)
}

// html reads a stretch of HTML, such as a block or a single tag, into the stream. It lies in these pieces of the source.
func (w *walker) html(source []byte, pieces []text.Segment) {
	z := html.NewTokenizer(bytes.NewReader(MaskTags(source)))
	z.SetMaxBuf(0)
	rest := stretch{source, pieces} // from the piece on that the token begins in
	at := 0                         // of the token, in the rest
	for {
		kind := z.Next()
		for len(rest.pieces) > 1 && at >= pieceLen(rest.pieces[0]) {
			n := pieceLen(rest.pieces[0])
			rest.html, rest.pieces = rest.html[n:], rest.pieces[1:]
			at -= n
		}
		if len(rest.pieces) > 0 {
			w.b.at = rest.place(at)
		}
		begin := at
		at += len(z.Raw())
		raw := string(rest.html[begin:at])
		switch kind {
		case html.ErrorToken:
			return
		case html.TextToken:
			w.htmlText(rest, begin, at)
		case html.StartTagToken, html.SelfClosingTagToken:
			name := rawName(raw[1:])
			if tag := strings.ToLower(name); tag != "script" && tag != "style" {
				z.NextIsNotRawText()
			}
			w.beginHTML(name, raw, z)
		case html.EndTagToken:
			w.endHTML(rawName(raw[2:]), raw)
		}
	}
}

// rawName returns the name that a tag begins with, as written.
func rawName(s string) string {
	if i := strings.IndexAny(s, " \t\r\n\f/>"); i >= 0 {
		return s[:i]
	}
	return s
}

func (w *walker) beginHTML(name, raw string, z *html.Tokenizer) {
	if !isElement(name) {
		w.component(name, raw, readAttrs(z))
		return
	}
	tag := strings.ToLower(name)
	a := readAttrs(z)
	a.href, a.src = w.filled(a.href), w.filled(a.src)
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
