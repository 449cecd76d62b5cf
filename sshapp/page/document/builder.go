package document

import (
	"cmp"
	"strconv"
)

// maxBlocks is how many containers nest on a page: more would leave no room for text.
const maxBlocks = 20

// A builder makes a tree of a stream of tags and text. A tag is known by its HTML name; some have names of our own that
// no HTML tag can have.
type builder struct {
	Document
	open  []openBlock
	leaf  *Block // takes text; nil when the next text begins one
	roles Roles
	link  int
	at    int // where in the source the stream is
	depth int // of containers
	deep  bool

	hanging []pictureAt     // the pictures in the leaf
	known   map[string]Link // by target: one definition may be used from everywhere
	pending string          // an id that waits for its block
}

// An openBlock is a tag that has been opened.
type openBlock struct {
	tag   string
	block *Block // the container that it began, if it did
	leaf  Kind   // what text in it becomes; leaves for nothing special
	attrs attrs
	roles Roles // before it
	link  int   // before it
	begin int   // of a link: how long the leaf's text was
	where *Block
	wall  bool // opened by Markdown: a closing tag of HTML doesn't see what lies behind it
	drop  bool // what it holds isn't shown
}

func newBuilder() *builder {
	b := &builder{known: map[string]Link{}}
	b.Root = &Block{Kind: documentRoot}
	b.Anchors = map[string]*Block{}
	b.open = []openBlock{{tag: "document", block: b.Root, leaf: endOfLeaves, wall: true}}
	return b
}

func (b *builder) problem(message, hint string) {
	b.Problems = append(b.Problems, Problem{b.at, message, hint})
}

// container returns the innermost open container.
func (b *builder) container() *Block {
	for i := len(b.open) - 1; ; i-- {
		if c := b.open[i].block; c != nil {
			return c
		}
	}
}

// inside returns the innermost open frame of a tag, or nil.
func (b *builder) inside(tag string) *openBlock {
	for i := len(b.open) - 1; i >= 0; i-- {
		if b.open[i].tag == tag {
			return &b.open[i]
		}
	}
	return nil
}

func (b *builder) dropping() bool { return b.open[len(b.open)-1].drop }

func (b *builder) inCell() bool { return b.leaf != nil && b.leaf.Kind == TableCell }

// maxOpen bounds the tags that are open at a time: each text looks at them.
const maxOpen = 200

// begin opens a tag. What it begins, if anything, is told by elements. It reports false, and does nothing, if too many
// are open.
func (b *builder) begin(tag string, a attrs, wall bool) bool {
	if len(b.open) >= maxOpen {
		return false
	}
	e := elements[tag]
	f := openBlock{tag: tag, leaf: endOfLeaves, attrs: a, roles: b.roles, link: b.link, wall: wall}
	f.drop = b.dropping() || e.drop
	if e.block {
		b.flush()
	}
	if a.id != "" {
		b.pending = a.id
	}
	if !f.drop {
		b.roles |= e.roles
		if e.leaf != endOfLeaves {
			f.leaf = e.leaf
		}
		if tag == "a" && a.href != "" {
			f.link = b.link
			if b.link = b.newLink(a.href, a.footnote); b.link != 0 && a.footnote == 0 {
				b.roles |= LinkText
			}
		}
		if f.where = b.leaf; f.where != nil {
			f.begin = len(f.where.Text)
		}
		if in := b.container().Kind; e.container != documentRoot && !b.inCell() && (in == TableRow || in == Table && e.container != TableRow) {
			b.beginCell(attrs{}) // what stands in a table stands in a cell
		}
		if e.container != documentRoot && !b.inCell() {
			f.block = b.nest(e.container, a)
		}
	}
	b.open = append(b.open, f)
	if f.leaf == TableCell && !b.inCell() {
		b.beginCell(a)
	}
	return true
}

// nest adds a container to the innermost one. It returns nil if they would nest too deep: what it holds is then set as
// if it stood one level further out.
func (b *builder) nest(k Kind, a attrs) *Block {
	if b.depth >= maxBlocks {
		if !b.deep {
			b.problem("blocks nest too deep and are shown flat from here", "nest at most "+strconv.Itoa(maxBlocks)+" deep")
		}
		b.deep = true
		return nil
	}
	b.depth++
	c := &Block{Kind: k, At: b.at, Ordered: a.ordered, Start: a.start, Tight: a.tight, Header: a.header, Number: a.number}
	if k == Alert {
		c.Alert, c.Label = alertOf[a.alert], capital(cmp.Or(a.alert, "note"))
	}
	in := b.container()
	in.Children = append(in.Children, c)
	return c
}

// beginCell begins a cell, and the row and the table around it that its author left out.
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
	b.leaf = &Block{Kind: TableCell, At: b.at, Header: a.header}
	in.Children = append(in.Children, b.leaf)
	in.Align = append(in.Align, a.align)
	in.Header = in.Header || a.header
}

// end closes a tag: the innermost one of that name in front of the nearest wall, or, for Markdown's own, whichever it is.
func (b *builder) end(tag string, wall bool) {
	for i := len(b.open) - 1; i > 0; i-- {
		if f := b.open[i]; f.tag == tag && f.wall == wall {
			for len(b.open) > i {
				b.pop()
			}
			return
		} else if f.wall && !wall {
			return
		}
	}
}

func (b *builder) pop() {
	f := b.open[len(b.open)-1]
	e := elements[f.tag]
	if f.tag == "a" && b.link != f.link {
		b.endLink(f)
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
	leaf, pictures := b.leaf, b.hanging
	b.leaf, b.hanging = nil, nil
	leaf.trim()
	if len(pictures) > 0 && leaf.Kind == Paragraph {
		b.hang(leaf, pictures)
	}
}
