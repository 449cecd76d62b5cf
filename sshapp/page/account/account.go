// Package account accounts for the source of a post: each letter and digit in it is text, which must be on the page, or belongs
// to a rule that says why it is not there.
//
// It reads what the parser has made of the source, and not the tree of blocks, which is what it is to find mistakes in. Text is
// where a node of the parser's tree says that it is. What stands between these places is syntax if a rule knows it (rule.go), and
// lost if none does.
package account

import (
	"bytes"
	"cmp"
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"postern/sshapp/page/markdown"
)

// A Piece is a stretch of a source.
type Piece struct {
	At   int    // where it begins, in bytes
	Text string // without escapes and entities
}

// An Account is what becomes of a source.
type Account struct {
	Text  []Piece // must be on the page, in this order
	Apart []Piece // must be on the page, anywhere: text in HTML, and what attributes and arguments of tags say
	Lost  []Piece // nothing says why it is not on the page
}

// Of accounts for a source. If it is not nil, count is called for each stretch of the source, with the name of the rule that it
// belongs to, or "text"; the names are for statistics.
func Of(t markdown.Tree, count func(name string, letters int)) Account {
	nodes := len(t.Source) / textLength
	b := bookkeeper{tree: t, source: t.Source, copied: string(t.Source), count: count, lastEnds: map[string]int{}, known: make([]stretch, 0, nodes)}
	b.Text = make([]Piece, 0, nodes)
	ast.Walk(t.Root, b.node)
	b.unreferenced(t.Unreferenced)
	b.gaps()
	return b.Account
}

// textLength is how many bytes of a source there are for each node with text, as a rule. goldmark divides text at marks and lines.
const textLength = 50

// A bookkeeper makes an account.
type bookkeeper struct {
	Account
	tree     markdown.Tree
	source   []byte
	copied   string // the source, of which pieces are parts
	count    func(name string, letters int)
	known    []stretch      // what the nodes of the tree stand for
	marker   int            // the end of an alert's marker
	dropping string         // the element of HTML that is open and whose content is not shown
	isApart  bool           // text is Markdown within HTML
	lastEnds map[string]int // by the name of an element: where its last end tag is
}

// A stretch is a part of the source that is accounted for.
type stretch struct{ begin, end int }

// settle says what becomes of a stretch.
func (b *bookkeeper) settle(begin, end int, name string) {
	b.known = append(b.known, stretch{begin, end})
	if b.count != nil {
		b.count(name, countLetters(b.source[begin:end]))
	}
}

// text settles a stretch that is text.
func (b *bookkeeper) text(begin, end int, s string) {
	if b.dropping != "" {
		b.settle(begin, end, "content of <"+b.dropping+">")
		return
	}
	b.settle(begin, end, "text")
	piece := Piece{begin, markdown.WithoutOutputs(s)} // which may have values
	if b.isApart {
		b.Apart = append(b.Apart, piece)
		return
	}
	b.Text = append(b.Text, piece)
}

func (b *bookkeeper) node(n ast.Node, entering bool) (ast.WalkStatus, error) {
	if n, ok := n.(*markdown.ComponentBlock); ok {
		b.componentBlock(n, entering)
	}
	if !entering {
		return ast.WalkContinue, nil
	}
	switch n := n.(type) {
	case *ast.Text:
		s := b.value(n.Segment)
		if n.Segment.Start < b.marker {
			b.settle(n.Segment.Start, n.Segment.Stop, "marker of an alert")
		} else if n.IsRaw() {
			b.text(n.Segment.Start, n.Segment.Stop, s)
		} else {
			b.text(n.Segment.Start, n.Segment.Stop, markdown.Unescape(s))
		}
	case *ast.AutoLink:
		label := n.Label(b.source)
		at := b.find(n.Pos(), label)
		b.text(at, at+len(label), markdown.Unescape(string(label)))
	case *markdown.Math:
		b.text(n.Pos(), b.formulaEnd(n.Pos(), n.Source), string(n.Source))
	case *ast.Image:
		if n.Title != nil {
			b.Apart = append(b.Apart, Piece{n.Pos(), markdown.Unescape(string(n.Title))})
		}
	case *ast.CodeBlock, *ast.FencedCodeBlock, *markdown.MathBlock:
		b.lines(n, "text")
	case *markdown.RawBlock:
		b.lines(n, map[bool]string{true: "text", false: n.Name}[n.IsShown()])
	case *markdown.Script:
		b.lines(n, "script")
	case *ast.Blockquote:
		_, end, _ := markdown.AlertMarker(n, b.source)
		b.marker = max(b.marker, end)
	case *extast.TableRow:
		b.cellsBeyond(n)
	case *markdown.Tag:
		b.tag(n.Pos(), n)
	case *markdown.MultilineTag:
		b.tag(n.Pos(), n.Tag)
	case *markdown.Component:
		b.component(n.Pos(), n.Raw)
	case *ast.RawHTML:
		b.html(n.Segments.Value(b.source), n.Segments.Sliced(0, n.Segments.Len()), false)
	case *ast.HTMLBlock:
		text, pieces := markdown.HTMLLines(n, b.source)
		b.html(text, pieces, true)
	}
	return ast.WalkContinue, nil
}

// lines settles the lines of a block that holds no Markdown.
func (b *bookkeeper) lines(n ast.Node, name string) {
	for i := range n.Lines().Len() {
		line := n.Lines().At(i)
		if name == "text" {
			b.text(line.Start, line.Stop, b.value(line))
		} else {
			b.settle(line.Start, line.Stop, name)
		}
	}
}

// value returns the text of a segment of the source.
func (b *bookkeeper) value(s text.Segment) string {
	if s.Padding == 0 && !s.ForceNewline {
		return b.copied[s.Start:s.Stop]
	}
	return string(s.Value(b.source))
}

// find returns where a part of the source is that begins at a place or a few bytes behind it.
func (b *bookkeeper) find(at int, part []byte) int {
	const near = 16
	for i := at; i <= min(at+near, len(b.source)-len(part)); i++ {
		if string(b.source[i:i+len(part)]) == string(part) {
			return i
		}
	}
	return at
}

// tagEnd returns where a tag ends that begins at a place. In the source its lines may be indented.
func (b *bookkeeper) tagEnd(at int, tag string) int {
	for i := 0; i < len(tag) && at < len(b.source); at++ {
		if b.source[at] == tag[i] {
			i++
		}
	}
	return at
}

// formulaEnd returns where the formula ends that begins at a place.
func (b *bookkeeper) formulaEnd(at int, formula []byte) int {
	if b.source[at] == '\\' { // it is on one line
		return b.find(at, formula) + len(formula)
	}
	begin := at
	for begin < len(b.source) && b.source[begin] == '$' {
		begin++
	}
	fence := b.source[at:begin]
	for end := begin; end < len(b.source); end++ {
		if bytes.HasPrefix(b.source[end:], fence) && b.source[end-1] != '\\' {
			return end
		}
	}
	return len(b.source)
}

// cellsBeyond settles the cells of a row that the header of its table has no column for.
func (b *bookkeeper) cellsBeyond(row *extast.TableRow) {
	last := row.LastChild()
	if last == nil || last.Lines().Len() == 0 {
		return
	}
	begin := last.Lines().At(0).Stop
	end := begin
	for end < len(b.source) && b.source[end] != '\n' {
		end++
	}
	b.settle(begin, end, "cell beyond the header")
}

// unreferenced settles the footnotes that nothing refers to. Of these the tree has nothing: each goes up to the next thing that it has.
func (b *bookkeeper) unreferenced(at []int) {
	b.sort()
	for _, begin := range at {
		i, _ := slices.BinarySearchFunc(b.known, begin, func(s stretch, at int) int { return cmp.Compare(s.begin, at) })
		end := len(b.source)
		if i < len(b.known) {
			end = b.known[i].begin
		}
		b.settle(begin, end, "footnote that nothing refers to")
		b.sort()
	}
}

// sort puts what is known into the order of the source. Only footnotes stand elsewhere in the tree.
func (b *bookkeeper) sort() {
	byBegin := func(x, y stretch) int { return cmp.Compare(x.begin, y.begin) }
	if !slices.IsSortedFunc(b.known, byBegin) {
		slices.SortFunc(b.known, byBegin)
	}
}

// gaps settles what stands between all that is known.
func (b *bookkeeper) gaps() {
	b.sort()
	at := 0
	for _, s := range append(b.known, stretch{len(b.source), len(b.source)}) {
		if at < s.begin {
			b.gap(at, s.begin)
		}
		at = max(at, s.end)
	}
}

func countLetters(s []byte) (n int) {
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRune(s[i:])
		if i += size; unicode.IsLetter(r) || unicode.IsDigit(r) {
			n++
		}
	}
	return n
}
