package page

import (
	"slices"
	"strings"
	"unicode/utf8"

	"postern/content"
	"postern/content/language"
	"postern/sshapp/bidi"
	"postern/sshapp/cell"
	"postern/sshapp/page/document"
	"postern/sshapp/page/formula"
	"postern/sshapp/page/hyphen"
	"postern/sshapp/page/linebreak"
	"postern/sshapp/page/theme"
	"postern/sshapp/phrase"
)

// A setter lays a tree's blocks out, line by line. What stands to the left of a block (indents, bars, bullets) is a
// stack of edges, which every line of the block begins with.
type setter struct {
	painter
	check       func()
	theme       *theme.Theme
	words       *phrase.Language   // of the post: what the page says is in the language of its text
	hyphens     *hyphen.Dictionary // nil to part no word
	alignsRight bool               // right-to-left text stands at the right
	rightToLeft bool               // the post is in a language that is written so
	listAtRight bool               // an entry of the list that has one line stands at the right, in whatever letters
	hangs       bool               // full-width marks may stand in the right margin
	width       int                // of text
	wide        int                // of what may be wider
	edges       []edge
	gap         int     // blank lines to leave before the next line
	highlighted float64 // spent on highlighting

	macros  *formula.Macros
	plain   []byte // of the line that is measured
	album   *album // nil for captions in the place of pictures
	page    *Page
	anchors map[string]*document.Block
	at      map[*document.Block]int // the lines of blocks that have a name
}

// An edge is what a container puts to the left of its lines.
type edge struct {
	first, rest string // on its first line, and below; of the same width
	style       theme.Style
	link        int // of first
	width       int
	used        bool
}

// set typesets a tree, with room for more than the text. Without an album captions stand for pictures.
func set(doc *document.Document, post *content.Post, width int, t *theme.Theme, wide int, a *album) *Page {
	s := newSetter(doc, post, width, t)
	s.wide, s.album = wide, a
	if t != theme.Plain() { // in a pipe every word is whole, and who reads it aligns it
		s.hyphens, s.alignsRight, s.hangs = hyphen.For(post.Language), true, width >= minHanging
		s.rightToLeft = cell.IsRightToLeft(post.Title) || language.IsRightToLeft(post.Language)
	}
	// Addresses have a bound too, for one definition may be referred to from everywhere: 12,800 uses of one of 2 KB in
	// 100 KB of Markdown would be 25 MB.
	s.urls = 4*len(post.Body) + 64<<10
	if t.DeletedToken != "" {
		doc.Root.EachLeaf(func(b *document.Block) {
			if b.Kind != document.CodeBlock && b.Kind != document.MathBlock { // a copy is of the code alone
				b.Enclose(document.Deleted, t.DeletedToken)
			}
		})
	}
	s.macros = replaceFormulas(doc, formula.Inline)
	if t.DeletedToken == "" {
		embolden(doc)
	}
	s.blocks(doc.Root.Children, false)
	return s.finish(doc, post)
}

// minHanging is the width from which on marks may hang: a screen has margins then.
const minHanging = MinMeasure + linebreak.Hanging + 2

// Within returns the width to typeset for so that lines have at most so many columns, with what hangs behind them.
func Within(columns int) int { return max(min(columns, minHanging-1), columns-linebreak.Hanging) }

// newSetter returns one that writes no addresses yet.
func newSetter(doc *document.Document, post *content.Post, width int, t *theme.Theme) *setter {
	s := &setter{check: doc.Check, theme: t, words: phrase.For(post.Language), width: width, page: &Page{}, anchors: doc.Anchors, at: map[*document.Block]int{}}
	for _, b := range doc.Anchors {
		s.at[b] = -1
	}
	s.links = doc.Links
	s.spots = make([]spot, len(doc.Links))
	for i := range s.spots {
		s.spots[i].line = -1
	}
	return s
}

// finish makes the page. All its lines are parts of one string.
func (s *setter) finish(doc *document.Document, post *content.Post) *Page {
	p := s.page
	all := string(s.out)
	p.Lines = make([]string, len(s.ends))
	begin := 0
	for i, end := range s.ends {
		p.Lines[i] = all[begin:end]
		begin = end
	}
	p.above = append(s.above, s.text)
	if s.album != nil {
		p.sources = s.album.looked
	}
	lines := document.NewLineCounter(post)
	for i := range p.Blocks {
		p.Blocks[i].Source = lines.Line(p.Blocks[i].Source)
	}
	p.end = lines.Line(len(strings.TrimRight(post.Body, "\n"))) + 1
	p.anchors = map[string]int{"top": 0}
	for i, l := range doc.Links {
		if s.spots[i].line < 0 {
			continue
		}
		p.Links = append(p.Links, s.pageLink(i, lines))
		if l.Kind == document.LinkFootnote {
			p.name(l.Place(), s.spots[i].line)
		}
	}
	for name, b := range doc.Anchors {
		p.name(name, max(s.at[b], 0))
	}
	for _, h := range p.Headings {
		p.name(h.Anchor, h.Line)
	}
	return p
}

// pageLink returns the ith link as the page has it.
func (s *setter) pageLink(i int, lines *document.LineCounter) Link {
	l, begin := s.links[i], s.spots[i]
	return Link{document.OneLine(l.Text), l.Target, l.Kind, begin.line, begin.at, lines.Line(l.At)}
}

func (p *Page) name(name string, line int) {
	if _, taken := p.anchors[name]; !taken {
		p.anchors[name] = line
	}
}

// room is how many cells the edges leave.
func (s *setter) room() int {
	n := s.width
	for _, e := range s.edges {
		n -= e.width
	}
	return max(n, 1)
}

// wideRoom is the most that the next block may take, in cells: what is within a list or a quote grows to the right only.
func (s *setter) wideRoom() int {
	if len(s.edges) == 0 {
		return max(s.wide, s.width)
	}
	return s.room() + max(s.wide-s.width, 0)/2
}

// stretch returns the room for a block that wants so many cells.
func (s *setter) stretch(want int) int {
	room := s.room()
	if want > room {
		s.page.narrow = true
	}
	return max(room, min(want, s.wideRoom()))
}

// addWide notes that the lines from first on are wider than the text, if they are.
func (s *setter) addWide(kind BlockKind, first int) {
	if s.wide <= s.width {
		return
	}
	widest, begin := 0, 0
	if first > 0 {
		begin = s.ends[first-1]
	}
	for _, end := range s.ends[first:] {
		s.plain = appendPlain(s.plain[:0], string(s.out[begin:end]))
		widest = max(widest, cell.Width(string(s.plain)))
		begin = end
	}
	if widest <= s.width {
		return
	}
	wide := WideBlock{First: first, Last: len(s.ends) - 1, Width: widest}
	if len(s.edges) == 0 {
		wide.Outdent, wide.IsCode = (widest-s.width)/2, kind == CodeBlock
	}
	s.page.Wide = append(s.page.Wide, wide)
}

// within sets something behind an edge. If that leaves no room for text, it stands behind this edge alone: deeper
// nesting shows flat.
func (s *setter) within(e edge, f func()) {
	outer := s.edges
	e.width = max(cell.Width(e.first), cell.Width(e.rest))
	s.edges = append(outer[:len(outer):len(outer)], e)
	if floor := min(24, s.width/2); s.room() < floor {
		for i := range outer {
			outer[i].used = true
		}
		s.edges = []edge{e}
	}
	f()
	if n := len(outer); n > 0 && len(s.edges) > n {
		copy(outer, s.edges) // what has been used
	}
	s.edges = outer
}

// line sets a line behind the edges, and the blank lines before it.
func (s *setter) line(text ...fragment) {
	s.fillGap()
	edges := s.edge(make([]fragment, 0, len(s.edges)+len(text)), false)
	if s.barsAtRight() {
		s.paint(s.beside(text, edges))
		return
	}
	s.paint(append(edges, text...))
}

// isBar reports whether an edge stands beside all lines.
func (e edge) isBar() bool { return strings.TrimSpace(e.rest) != "" }

// barsAtRight reports whether the text stands to the left of a bar: that of a quote, say, in a right-to-left post.
func (s *setter) barsAtRight() bool { return s.rightToLeft && slices.ContainsFunc(s.edges, edge.isBar) }

// beside returns a line with all edges to its right.
func (s *setter) beside(text, edges []fragment) []fragment {
	_, right := s.sides(edges)
	return slices.Concat(text, []fragment{blanks(max(0, s.room()-cell.Width(wording(text))))}, right)
}

// sides returns what stands to the left and to the right of right-to-left text. What marks its beginning, such as a bullet, stands to its
// right. A bar stays where it is, unless the whole post is right-to-left.
func (s *setter) sides(edges []fragment) (left, right []fragment) {
	for i, f := range edges {
		if s.edges[i].isBar() && !s.rightToLeft {
			left = append(left, f)
			continue
		}
		f.text = cell.Mirror(f.text)
		right = slices.Insert(right, 0, f)
	}
	return left, right
}

// fillGap sets the blank lines before a line.
func (s *setter) fillGap() {
	s.check()
	if len(s.ends) > 0 {
		for range s.gap {
			blank := s.edge(nil, true)
			if s.barsAtRight() {
				blank = s.beside(nil, blank)
			}
			s.paint(blank)
		}
	}
	s.gap = 0
}

// rightLine sets a line of right-to-left text, which is so many cells wide, at the right end of the room.
func (s *setter) rightLine(text []fragment, width int) {
	s.fillGap()
	left, right := s.sides(s.edge(nil, false))
	if cell.IsRightToLeft(wording(text)) { // a rule is not
		end := bidi.RightToLeft // a full stop belongs to the letters before it
		if strings.TrimSpace(wording(right)) != "" {
			end = bidi.End
		}
		text = append(text, generated(end, theme.Style{}))
	}
	s.paint(slices.Concat(left, []fragment{blanks(max(0, s.room()-width))}, text, right))
}

// wording returns the text of fragments.
func wording(line []fragment) string {
	var b strings.Builder
	for _, f := range line {
		b.WriteString(f.text)
	}
	return b.String()
}

// edge appends what stands to the left of a line. On a blank line that is only what stood there above.
func (s *setter) edge(line []fragment, blank bool) []fragment {
	for i := range s.edges {
		e := &s.edges[i]
		f := fragment{text: e.rest, style: e.style, generated: true}
		switch {
		case !e.used && blank:
			f.text = strings.Repeat(" ", e.width)
		case !e.used:
			f.text, f.link = e.first, e.link
			e.used = true
		}
		line = append(line, f)
	}
	return line
}

// space asks for blank lines before the next line.
func (s *setter) space(n int) { s.gap = max(s.gap, n) }

// block sets lines that are one block of the page.
func (s *setter) block(kind BlockKind, b *document.Block, text string, f func()) {
	first := len(s.ends)
	gap := s.gap
	if first == 0 {
		gap = 0
	}
	f()
	if len(s.ends) == first {
		return
	}
	first += gap
	if at, ok := s.at[b]; ok && at < 0 {
		s.at[b] = first
	}
	s.page.Blocks = append(s.page.Blocks, Block{Kind: kind, First: first, Last: len(s.ends) - 1, Text: text, Source: b.At}) // until finish
	if kind.stretches() {
		s.addWide(kind, first)
	}
}

// wrap breaks a leaf's text, which is given as a string, into lines of at most room cells.
func (s *setter) wrap(b *document.Block, text string, room int) []linebreak.Line {
	return linebreak.Lines(b, text, linebreak.Column{Width: room, Hyphens: s.hyphens})
}

// flowing breaks a leaf's text into lines of the room that there is. Marks may hang behind them.
func (s *setter) flowing(b *document.Block, text string) []linebreak.Line {
	return linebreak.Lines(b, text, linebreak.Column{Width: s.room(), Hangs: s.hangs, Hyphens: s.hyphens})
}

// flow sets a leaf's text, broken into lines. If it is right-to-left text it stands at the right.
func (s *setter) flow(b *document.Block, base theme.Style) {
	s.flowTo(b, base, s.isRightToLeft(string(b.Text)) || s.listAtRight && cell.Width(string(b.Text)) <= s.room())
}

// flowTo sets a leaf's text at the left, or at the right.
func (s *setter) flowTo(b *document.Block, base theme.Style, toRight bool) {
	text := string(b.Text)
	kind := s.kindOf(text)
	last := 0
	for _, c := range s.flowing(b, text) {
		var line []fragment
		if line, last = s.fragments(b, text, c, base, last, kind); s.alignsRight {
			line = directed(line, text[c.Begin:c.End], kind.isRightToLeft)
		}
		s.lineTo(toRight, c.Width, line...)
	}
}

// lineTo sets a line of so many cells at the left, or at the right.
func (s *setter) lineTo(toRight bool, width int, line ...fragment) {
	if toRight {
		s.rightLine(line, width)
	} else {
		s.line(line...)
	}
}

// A textKind is what is told by all of a text. It is found once for all of its lines, whose number grows with the text.
type textKind struct{ isLong, isRightToLeft bool }

func (s *setter) kindOf(text string) textKind { return textKind{s.isLong(text), s.isRightToLeft(text)} }

// isRightToLeft reports whether a paragraph is right-to-left text. In a post of such a language one may begin with a name in Latin
// letters, or have no letters; and in a list of it, have most words in Latin ones. No text is where none is aligned as such.
func (s *setter) isRightToLeft(text string) bool {
	return s.alignsRight && (cell.IsRightToLeft(text) || s.rightToLeft && text != "" && cell.HasRightToLeftWords(text) || s.listAtRight && bidi.Has(text))
}

// directed returns a line of a right-to-left text, or of another, so that it reads as one if the first letter on it is of the other
// direction.
func directed(line []fragment, text string, rightToLeft bool) []fragment {
	mark := bidi.LeftToRight
	if rightToLeft {
		mark = bidi.RightToLeft
	}
	if cell.IsRightToLeft(text) == rightToLeft {
		return line
	}
	return slices.Insert(line, 0, generated(mark, theme.Style{}))
}

// isolated appends code, or the like, to a line of right-to-left text. Signs at its ends, such as the dashes of a flag, belong to it.
func isolated(line []fragment, code fragment) []fragment {
	mark := generated(bidi.LeftToRight, theme.Style{})
	if !isAlphanumeric(code.text[0]) {
		line = append(line, mark)
	}
	line = append(line, code)
	if !isAlphanumeric(code.text[len(code.text)-1]) {
		line = append(line, mark)
	}
	return line
}

func isAlphanumeric(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= utf8.RuneSelf
}

// fragments returns what stands on a line of a leaf's text, and the link that it ends in, if that goes on below. It is
// told the one that goes on from above, and the kind of the text.
func (s *setter) fragments(b *document.Block, text string, c linebreak.Line, base theme.Style, above int, kind textKind) ([]fragment, int) {
	var line []fragment
	below, at := 0, c.Begin
	b.EachRun(text, c.Begin, c.End, func(text string, r document.Run) {
		if kind.isLong {
			r.Roles &^= document.Small
		}
		split := r.Link > 0 && (r.Link == above || r.End > c.End)
		below = 0
		if split && r.End > c.End {
			below = r.Link
		}
		f := fragment{text, s.theme.Style(r.Roles, base), r.Link, split, r.Roles&document.Generated != 0 || r.Stands > 0, 0}
		if b.BeginsRun(at) {
			f.stands = r.Stands
		}
		at += len(text)
		if kind.isRightToLeft && (r.Roles&(document.Code|document.Keyboard|document.Math) != 0 || r.Link > 0 && strings.Contains(text, "://")) {
			line = isolated(line, f)
			return
		}
		line = append(line, f)
	})
	if c.Hyphen {
		f := line[len(line)-1]
		f.text, f.generated, f.stands = linebreak.Hyphen, true, 0
		line = append(line, f)
	}
	return line, below
}

// generated returns a fragment that no author wrote.
func generated(text string, st theme.Style) fragment {
	return fragment{text: text, style: st, generated: true}
}
