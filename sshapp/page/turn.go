package page

import (
	"sort"
	"strings"
	"unicode"
)

// MayBreak reports whether a screen may begin at a line of the page, and the one before end above it: a heading stays with two lines
// of what follows, a caption with what it is of, and no line of a paragraph stands alone on either side. Blank lines count as the line below.
func (p *Page) MayBreak(line int) bool {
	for line < len(p.Lines) && p.Lines[line] == "" {
		line++
	}
	if line <= 0 || line >= len(p.Lines) {
		return true
	}
	i := sort.Search(len(p.Blocks), func(i int) bool { return p.Blocks[i].Last >= line })
	if i < len(p.Blocks) && line > p.Blocks[i].First {
		return p.mayBreakWithin(&p.Blocks[i], line)
	}
	if p.announces(i, line-1) || i < len(p.Blocks) && p.Blocks[i].Kind == CaptionBlock {
		return false
	}
	return !p.leavesHeading(i)
}

// mayBreakWithin reports whether one of a block's lines, but for the first, may begin a screen.
func (p *Page) mayBreakWithin(b *Block, line int) bool {
	switch b.Kind {
	case HeadingBlock, FormulaBlock, DiagramBlock, FigureBlock:
		return false
	case TableBlock:
		return line > b.First+b.Head && p.hasText(line) && (!p.hasText(line-1) || p.hasLowRows(b))
	}
	const together = 2 // lines
	return line-b.First >= together && b.Last-line+1 >= together
}

// hasText reports whether a line has text of the post: one between the rows of a table has none.
func (p *Page) hasText(line int) bool { return p.above[line+1] > p.above[line] }

// hasLowRows reports whether no blank lines part the rows of a table, since each has one line.
func (p *Page) hasLowRows(b *Block) bool {
	for line := b.First + b.Head; line <= b.Last; line++ {
		if !p.hasText(line) {
			return false
		}
	}
	return true
}

// IsBlank reports whether nothing stands on a line of the page but, between the rows of a table, the rules of its columns.
func (p *Page) IsBlank(line int) bool {
	if p.Lines[line] == "" || p.hasText(line) {
		return p.Lines[line] == ""
	}
	i := sort.Search(len(p.Blocks), func(i int) bool { return p.Blocks[i].Last >= line })
	return i < len(p.Blocks) && p.Blocks[i].Kind == TableBlock && line >= p.Blocks[i].First+p.Blocks[i].Head
}

// announces reports whether a line above block i has words and is part of no block, as the title of a note.
func (p *Page) announces(i, line int) bool {
	return (i == 0 || line > p.Blocks[i-1].Last) && strings.ContainsFunc(string(appendPlain(nil, p.Lines[line])), unicode.IsLetter)
}

// leavesHeading reports whether a break before block i would leave a heading with less than two lines of what follows up to the next one.
func (p *Page) leavesHeading(i int) bool {
	last := func(n int) *Block { return &p.Blocks[i-n] }
	switch {
	case i == 0:
		return false
	case last(1).Kind == HeadingBlock:
		return true
	}
	return i > 1 && last(1).First == last(1).Last && last(2).Kind == HeadingBlock && i < len(p.Blocks) && p.Blocks[i].Kind != HeadingBlock
}

// Whole returns the lines of the block that goes on at a line of the page, if it is to be seen as a whole and a screen of so many lines
// can show it: a formula, a diagram, a picture or a table.
func (p *Page) Whole(line, height int) (first, last int, ok bool) {
	i := sort.Search(len(p.Blocks), func(i int) bool { return p.Blocks[i].Last >= line })
	if i == len(p.Blocks) || line <= p.Blocks[i].First {
		return 0, 0, false
	}
	switch b := p.Blocks[i]; b.Kind {
	case FormulaBlock, DiagramBlock, FigureBlock, TableBlock:
		return b.First, b.Last, b.Last-b.First < height
	}
	return 0, 0, false
}

// Begin returns the line that a screen begins with to go on at a line of the page: the one above, if both are of a block and it is not
// blank, and so far above that there is room for the head of a table that goes on. head are the lines of that head; empty for none.
func (p *Page) Begin(line int) (begin int, head []string) {
	i := sort.Search(len(p.Blocks), func(i int) bool { return p.Blocks[i].Last >= line })
	if line <= 0 || i == len(p.Blocks) || line <= p.Blocks[i].First || p.Lines[line-1] == "" {
		return line, nil
	}
	b := p.Blocks[i]
	if b.Head > 0 && line > b.First+b.Head {
		return line - b.Head, p.Lines[b.First : b.First+b.Head]
	}
	return line - 1, nil
}
