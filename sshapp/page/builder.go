package page

import (
	"cmp"
	"strconv"
)

// A blockTree is a post, read: what can be typeset at any width.
type blockTree struct {
	root     *block
	links    []docLink
	refused  []docLink // that nobody can follow
	problems []docProblem
	unknown  []unknownTag
	anchors  map[string]*block // by id: the block that an author's id stands in
	pictures []pictured
}

// A docProblem is something in a post that isn't shown as it is written, and what to do.
type docProblem struct {
	at            int // where in the source, in bytes
	message, hint string
}

// An unknownTag is a shortcode or a template's tag that means nothing here.
type unknownTag struct {
	at           int    // where in the source, in bytes
	name, source string // source is the tag as it is written
}

// maxBlocks is how many containers nest on a page: more would leave no room for text.
const maxBlocks = 20

// A builder makes a tree of a stream of tags and text. A tag is known by its HTML name; some have names of our own that
// no HTML tag can have.
type builder struct {
	blockTree
	open  []openBlock
	leaf  *block // takes text; nil when the next text begins one
	roles roleSet
	link  int
	at    int // where in the source the stream is
	depth int // of containers
	deep  bool

	hanging []pictureAt        // the pictures in the leaf
	known   map[string]docLink // by target: one definition may be used from everywhere
	pending string             // an id that waits for its block
}

// An openBlock is a tag that has been opened.
type openBlock struct {
	tag   string
	block *block    // the container that it began, if it did
	leaf  blockKind // what text in it becomes; leaves for nothing special
	attrs attrs
	roles roleSet // before it
	link  int     // before it
	begin int     // of a link: how long the leaf's text was
	where *block
	wall  bool // opened by Markdown: a closing tag of HTML doesn't see what lies behind it
	drop  bool // what it holds isn't shown
}

func newBuilder() *builder {
	b := &builder{known: map[string]docLink{}}
	b.root = &block{kind: document}
	b.anchors = map[string]*block{}
	b.open = []openBlock{{tag: "document", block: b.root, leaf: lastLeaf, wall: true}}
	return b
}

func (b *builder) problem(message, hint string) {
	b.problems = append(b.problems, docProblem{b.at, message, hint})
}

// container returns the innermost open container.
func (b *builder) container() *block {
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

func (b *builder) inCell() bool { return b.leaf != nil && b.leaf.kind == tableCell }

// maxOpen bounds the tags that are open at a time: each text looks at them.
const maxOpen = 200

// begin opens a tag. What it begins, if anything, is told by elements. It reports false, and does nothing, if too many
// are open.
func (b *builder) begin(tag string, a attrs, wall bool) bool {
	if len(b.open) >= maxOpen {
		return false
	}
	e := elements[tag]
	f := openBlock{tag: tag, leaf: lastLeaf, attrs: a, roles: b.roles, link: b.link, wall: wall}
	f.drop = b.dropping() || e.drop
	if e.block {
		b.flush()
	}
	if a.id != "" {
		b.pending = a.id
	}
	if !f.drop {
		b.roles |= e.roles
		if e.leaf != lastLeaf {
			f.leaf = e.leaf
		}
		if tag == "a" && a.href != "" {
			f.link = b.link
			if b.link = b.newLink(a.href, a.footnote); b.link != 0 && a.footnote == 0 {
				b.roles |= linkRole
			}
		}
		if f.where = b.leaf; f.where != nil {
			f.begin = len(f.where.text)
		}
		if in := b.container().kind; e.container != document && !b.inCell() && (in == tableRow || in == tableBlock && e.container != tableRow) {
			b.beginCell(attrs{}) // what stands in a table stands in a cell
		}
		if e.container != document && !b.inCell() {
			f.block = b.nest(e.container, a)
		}
	}
	b.open = append(b.open, f)
	if f.leaf == tableCell && !b.inCell() {
		b.beginCell(a)
	}
	return true
}

// nest adds a container to the innermost one. It returns nil if they would nest too deep: what it holds is then set as
// if it stood one level further out.
func (b *builder) nest(k blockKind, a attrs) *block {
	if b.depth >= maxBlocks {
		if !b.deep {
			b.problem("blocks nest too deep and are shown flat from here", "nest at most "+strconv.Itoa(maxBlocks)+" deep")
		}
		b.deep = true
		return nil
	}
	b.depth++
	c := &block{kind: k, at: b.at, ordered: a.ordered, start: a.start, tight: a.tight, header: a.header, number: a.number}
	if k == alertBlock {
		c.alert, c.label = alertOf[a.alert], capital(cmp.Or(a.alert, "note"))
	}
	in := b.container()
	in.inner = append(in.inner, c)
	return c
}

// beginCell begins a cell, and the row and the table around it that its author left out.
func (b *builder) beginCell(a attrs) {
	in := b.container()
	if in.kind == tableBlock {
		r := &block{kind: tableRow, at: b.at}
		in.inner = append(in.inner, r)
		in = r
	}
	if in.kind != tableRow { // a cell without a table is a paragraph
		return
	}
	b.leaf = &block{kind: tableCell, at: b.at, header: a.header}
	in.inner = append(in.inner, b.leaf)
	in.align = append(in.align, a.align)
	in.header = in.header || a.header
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
	if f.leaf == tableCell && b.inCell() {
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
	if b.leaf.kind == tableCell {
		b.breakLine(1)
		return
	}
	leaf, pictures := b.leaf, b.hanging
	b.leaf, b.hanging = nil, nil
	leaf.trim()
	if len(pictures) > 0 && leaf.kind == paragraph {
		b.hang(leaf, pictures)
	}
}
