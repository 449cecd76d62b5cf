package lint

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"

	"postern/content"
	"postern/sshapp/cell"
	"postern/sshapp/page"
	"postern/sshapp/page/document"
	"postern/sshapp/page/markdown"
	"postern/sshapp/page/theme"
)

// The law that no word is lost is held by tests, on any Markdown. Here it is held on one post, for whatever they missed: the
// letters of what its author wrote are the letters of the tree, in order, and the page has as many characters as the tree.
// That costs less than the page itself does; which word is missing is looked for only once one is.

// A piece is a stretch of what an author wrote, and where in the source.
type piece struct {
	text string
	at   int
}

// dropping is HTML that doesn't show what it holds.
var dropping = regexp.MustCompile(`(?i)<(?:script|style|template|svg|math|head|title|datalist|video|audio|iframe|object|canvas)\b`)

// sourceText returns what in a source is text, found by other means than the tree of blocks: nothing of HTML, tags and containers.
// It is false if some of that is not to be shown, which only the tree tells.
func sourceText(p markdown.Tree) (pieces []piece, ok bool) {
	ok = true
	marker := 0 // the end of an alert's
	add := func(s string, at int) { pieces = append(pieces, piece{s, at}) }
	ast.Walk(p.Root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			if s := string(n.Segment.Value(p.Source)); n.Segment.Start < marker {
			} else if n.IsRaw() {
				add(s, n.Segment.Start)
			} else {
				add(markdown.Unescape(s), n.Segment.Start)
			}
		case *ast.AutoLink:
			add(string(n.Label(p.Source)), n.Pos())
		case *markdown.Math:
			add(string(n.Source), n.Pos())
		case *ast.CodeBlock, *ast.FencedCodeBlock, *markdown.MathBlock:
			for i := range n.Lines().Len() {
				line := n.Lines().At(i)
				add(string(line.Value(p.Source)), line.Start)
			}
		case *ast.Blockquote:
			_, end, _ := markdown.AlertMarker(n, p.Source)
			marker = max(marker, end)
		case *ast.RawHTML:
			ok = ok && !dropping.Match(n.Segments.Value(p.Source))
		case *ast.HTMLBlock:
			b, _ := markdown.HTMLLines(n, p.Source)
			ok = ok && !dropping.Match(b)
		}
		return ast.WalkContinue, nil
	})
	return pieces, ok
}

// lost returns a word of a post that its page doesn't show, and where it stands. The word is empty if something is lost, and
// no single word can be named.
func (i *inspector) lost(post *content.Post) (at int, word string, ok bool) {
	leaves := []string{post.Title} // the heading that says the same is taken out
	i.doc.Root.EachLeaf(func(b *document.Block) { leaves = append(leaves, b.Plain()) })
	if pieces, ok := sourceText(i.markdown); ok && !inOrder(pieces, leaves) {
		at, word = firstMissing(pieces, lettersOf(leaves))
		return at, word, true
	}
	some := withoutPlainASCII(i.doc)
	var pieces []piece
	characters := 0
	some.Root.EachLeaf(func(b *document.Block) {
		text := b.Plain()
		pieces = append(pieces, piece{text, b.At})
		if b.Kind != document.Figure || !b.Captioned {
			characters += int(document.CountVisible(text))
		}
	})
	set := page.Layout(some, post, page.MaxMeasure, &theme.Theme{})
	if set.Characters() == characters {
		return 0, "", false
	}
	at, word = firstMissing(pieces, lettersOf(set.Plain()))
	return at, word, true
}

// withoutPlainASCII returns the tree without what can hardly go wrong: paragraphs and headings of ASCII, which are cut at blanks and
// nothing else. They are most of a post.
func withoutPlainASCII(t *document.Document) *document.Document {
	some := *t
	root := *t.Root
	root.Children = slices.DeleteFunc(slices.Clone(root.Children), func(b *document.Block) bool {
		return (b.Kind == document.Paragraph || b.Kind == document.Heading) && cell.IsASCII(string(b.Text))
	})
	some.Root, some.Anchors = &root, nil
	return &some
}

// inOrder reports whether the letters of pieces are among those of some texts, in their order.
func inOrder(pieces []piece, texts []string) bool {
	have := letterReader{texts: texts}
	for _, p := range pieces {
		if have.skip(p.text) {
			continue
		}
		want := letterReader{texts: []string{p.text}}
		for w := want.next(); w >= 0; w = want.next() {
			h := have.next()
			for h != w && h >= 0 {
				h = have.next()
			}
			if h < 0 {
				return false
			}
		}
	}
	return true
}

// A letterReader reads the letters and digits of texts, in lower case.
type letterReader struct {
	texts []string
	at    int
}

// next returns -1 at the end.
func (l *letterReader) next() rune {
	for len(l.texts) > 0 {
		text := l.texts[0]
		for l.at < len(text) {
			c := text[l.at]
			if c < utf8.RuneSelf {
				l.at++
				if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' {
					return rune(c)
				}
				if c >= 'A' && c <= 'Z' {
					return rune(c | 0x20)
				}
				continue
			}
			r, n := utf8.DecodeRuneInString(text[l.at:])
			l.at += n
			if r = document.Letter(document.Ordinary(r)); r >= 0 {
				return r
			}
		}
		l.texts, l.at = l.texts[1:], 0
	}
	return -1
}

// skip passes over a text that comes next as it stands, as most does.
func (l *letterReader) skip(text string) bool {
	for len(l.texts) > 0 && l.at == len(l.texts[0]) {
		l.texts, l.at = l.texts[1:], 0
	}
	if len(l.texts) == 0 {
		return false
	}
	rest := l.texts[0][l.at:]
	blanks := len(rest) - len(strings.TrimLeft(rest, " \n"))
	if !strings.HasPrefix(rest[blanks:], text) {
		return false
	}
	l.at += blanks + len(text)
	return true
}

// lettersOf returns the letters and digits of texts, in lower case.
func lettersOf(texts []string) string {
	var b strings.Builder
	l := letterReader{texts: texts}
	for r := l.next(); r >= 0; r = l.next() {
		b.WriteRune(r)
	}
	return b.String()
}

// firstMissing returns the first word of pieces that is not among some letters: behind those before it, or else anywhere.
func firstMissing(pieces []piece, letters string) (at int, word string) {
	rest := letters
	for _, p := range pieces {
		for begin, end := range wordBounds(p.text) {
			w := lettersOf([]string{p.text[begin:end]})
			n := strings.Index(rest, w)
			if n < 0 && word == "" {
				at, word = p.at+begin, p.text[begin:end]
			}
			if n < 0 && !strings.Contains(letters, w) {
				return p.at + begin, p.text[begin:end]
			}
			rest = rest[max(n, 0):]
			rest = rest[min(len(rest), len(w)):]
		}
	}
	return at, word
}

// wordBounds yields where the words of a text begin and end.
func wordBounds(s string) func(yield func(begin, end int) bool) {
	return func(yield func(begin, end int) bool) {
		begin := -1
		for i, r := range s + " " {
			switch blank := unicode.IsSpace(r); {
			case !blank && begin < 0:
				begin = i
			case blank && begin >= 0:
				if !yield(begin, i) {
					return
				}
				begin = -1
			}
		}
	}
}
