package document

import (
	"slices"
	"strconv"

	"postern/content/sanitize"
	"postern/sshapp/phrase"
)

// maxNesting is how deep containers nest: more would leave no room for text.
const maxNesting = 20

// A builder makes a tree of a stream of tags and text. A tag is known by its HTML name; see elements for those that Markdown
// alone has.
type builder struct {
	Document
	words   *phrase.Language // of the post
	open    []openTag
	leaf    *Block // takes text; nil when the next text begins one
	lineEnd int    // where the text of the leaf ends with a line end; 0 for nowhere
	roles   Roles  // of the next text
	link    int    // of the next text, as in a Run
	at      int    // where in the source the stream is
	depth   int    // of containers
	tooDeep bool   // blocks have been nested deeper than maxNesting

	inline     []inlinePicture // the pictures in the leaf
	known      map[string]Link // by target: one definition may be used from everywhere
	nextAnchor string          // an id that waits for its block
}

// An openTag is a tag whose end has not come yet.
type openTag struct {
	tag       string
	block     *Block // the container that it began; nil if it began none
	leaf      Kind   // of the blocks that text in it becomes; noKind if they are not special
	attrs     attrs
	roles     Roles  // in front of it
	link      int    // in front of it
	inLeaf    *Block // the leaf that it begins in; nil if it begins a leaf
	textBegin int    // where in the text of inLeaf
	markdown  bool   // opened by Markdown: no end tag of HTML closes it, or a tag in front of it
	drop      bool   // what it holds isn't shown
	unended   bool   // its author forgot its end tag: it ends with the block of HTML that it stands in
}

func newBuilder(words *phrase.Language) *builder {
	b := &builder{words: words, known: map[string]Link{}}
	b.Root = &Block{Kind: documentRoot}
	b.Anchors = map[string]*Block{}
	b.open = []openTag{{tag: "document", block: b.Root, markdown: true}}
	return b
}

// problem adds a problem at the place where the stream is.
func (b *builder) problem(message, hint string) {
	b.Problems = append(b.Problems, Problem{b.at, message, hint})
}

// beginOf returns where in the text of the open leaf the text within an open tag begins.
func (b *builder) beginOf(f openTag) int {
	if b.leaf == f.inLeaf {
		return min(f.textBegin, len(b.leaf.Text))
	}
	return 0
}

// container returns the innermost open container.
func (b *builder) container() *Block {
	for i := len(b.open) - 1; ; i-- {
		if c := b.open[i].block; c != nil {
			return c
		}
	}
}

// dropping reports whether what comes isn't shown.
func (b *builder) dropping() bool { return b.open[len(b.open)-1].drop }

func (b *builder) inCell() bool { return b.leaf != nil && b.leaf.Kind == TableCell }

// maxOpen bounds the tags that are open at a time: each text looks at them.
const maxOpen = 200

// begin opens a tag, of Markdown or of HTML. What it begins, if anything, is in elements. It reports false, and does nothing,
// if too many are open.
func (b *builder) begin(tag string, a attrs, markdown bool) bool {
	if len(b.open) >= maxOpen {
		return false
	}
	e := elements[tag]
	f := openTag{tag: tag, attrs: a, roles: b.roles, link: b.link, markdown: markdown}
	f.drop = b.dropping() || e.drop
	if e.block {
		b.flush()
	}
	if a.id != "" {
		b.nextAnchor = a.id
	}
	if !f.drop {
		b.roles |= e.roles
		if e.leaf != noKind {
			f.leaf = e.leaf
		}
		if tag == "a" && a.href != "" {
			f.link = b.link
			if b.link = b.newLink(a.href, a.footnote); b.link != 0 && a.footnote == 0 {
				b.roles |= LinkText
			}
		}
		if f.inLeaf = b.leaf; f.inLeaf != nil {
			f.textBegin = len(f.inLeaf.Text)
		}
		if in := b.container().Kind; e.container != noKind && !b.inCell() && (in == TableRow || in == Table && e.container != TableRow) {
			b.beginCell(attrs{}) // what stands in a table stands in a cell
		}
		if e.container != noKind && !b.inCell() {
			f.block = b.nest(e.container, a)
		}
	}
	b.open = append(b.open, f)
	if f.leaf == TableCell && !b.inCell() {
		b.beginCell(a)
	}
	return true
}

// nest adds a container to the innermost one. It returns nil if they would nest too deep: what it holds is then shown as if it
// stood one level further out.
func (b *builder) nest(k Kind, a attrs) *Block {
	if b.depth >= maxNesting {
		if !b.tooDeep {
			b.problem("blocks nest too deep and are shown flat from here", "nest at most "+strconv.Itoa(maxNesting)+" deep")
		}
		b.tooDeep = true
		return nil
	}
	b.depth++
	c := &Block{Kind: k, At: b.at, Ordered: a.ordered, Start: a.start, Tight: a.tight, Header: a.header, Number: a.number}
	if k == Alert {
		name := newAlertName(a.alert)
		c.Alert, c.Label = name.kind, name.label
	}
	if k == Speech {
		c.Label = OneLine(sanitize.Text(a.speaker))
	}
	in := b.container()
	in.Children = append(in.Children, c)
	return c
}

// beginCell begins a cell, and the row around it if its author left that out.
func (b *builder) beginCell(a attrs) {
	in := b.container()
	if in.Kind == Table {
		r := &Block{Kind: TableRow, At: b.at}
		in.Children = append(in.Children, r)
		in = r
	}
	if in.Kind != TableRow { // a cell without a table is a paragraph
		return
	}
	b.leaf, b.lineEnd = &Block{Kind: TableCell, At: b.at, Header: a.header, Columns: a.columns, Rows: a.rows}, 0
	in.Children = append(in.Children, b.leaf)
	in.Align = append(in.Align, a.align)
	in.Header = in.Header || a.header
}

// end closes the innermost tag of that name that Markdown opened, or else the one that HTML opened since the last that Markdown
// did, but for a paragraph: an end tag that Markdown finds at the end of one may belong to what stands around it. The tags in it
// are closed with it.
func (b *builder) end(tag string, markdown bool) {
	inParagraph := false
	for i := len(b.open) - 1; i > 0; i-- {
		f := b.open[i]
		switch {
		case f.tag != tag || f.markdown != markdown:
			if f.markdown && !markdown && f.tag != "p" {
				return
			}
			inParagraph = inParagraph || f.markdown
			continue
		case inParagraph && !elements[tag].block:
			b.takeOut(i)
		default:
			b.popTo(i)
		}
		return
	}
}

// popTo closes tags from the innermost to the ith.
func (b *builder) popTo(i int) {
	for len(b.open) > i {
		b.pop()
	}
}

// takeOut closes the ith open tag, which is not the innermost and no block, and leaves those in it open.
func (b *builder) takeOut(i int) {
	f := b.open[i]
	added := b.open[i+1].roles &^ f.roles
	if f.tag == "a" && b.link != f.link {
		b.endLink(f)
	}
	b.open = slices.Delete(b.open, i, i+1)
	b.roles &^= added
	for j := i; j < len(b.open); j++ {
		in := &b.open[j]
		in.roles &^= added
		if f.tag == "a" {
			b.link, in.link = f.link, f.link
		}
		in.drop = b.open[j-1].drop || elements[in.tag].drop
	}
}

// endUnended closes those of the tags from the ith on whose authors forgot their ends.
func (b *builder) endUnended(i int) {
	for ; i < len(b.open); i++ {
		switch f := b.open[i]; {
		case !f.unended:
		case elements[f.tag].block || i == len(b.open)-1:
			b.popTo(i)
		default:
			b.takeOut(i)
			i--
		}
	}
}

// pop closes the innermost tag.
func (b *builder) pop() {
	f := b.open[len(b.open)-1]
	e := elements[f.tag]
	switch {
	case f.drop:
	case f.tag == "a" && b.link != f.link:
		b.endLink(f)
	case f.tag == "sup":
		b.shiftTail(f, superscripts, "^")
	case f.tag == "sub":
		b.shiftTail(f, subscripts, "_")
	case f.tag == "rt":
		b.annotate(f)
	}
	if e.block {
		b.flush()
	}
	if f.leaf == TableCell && b.inCell() {
		b.leaf.trim()
		b.leaf = nil
	}
	if f.block != nil {
		b.depth--
		if b.inCell() { // one that its author left out ends with its row
			b.leaf.trim()
			b.leaf = nil
		}
		if f.block.Kind == Table {
			f.block.placeCells()
		}
	}
	b.open = b.open[:len(b.open)-1]
	b.roles, b.link = f.roles, f.link
}

// flush ends the leaf, if there is one. In a cell, which holds no blocks, it begins a new line.
func (b *builder) flush() {
	if b.leaf == nil {
		return
	}
	if b.leaf.Kind == TableCell {
		b.breakLine(1)
		return
	}
	leaf, pictures := b.leaf, b.inline
	b.leaf, b.inline = nil, nil
	leaf.trim()
	if len(pictures) > 0 && leaf.Kind == Paragraph {
		b.makeFigures(leaf, pictures)
	}
}
