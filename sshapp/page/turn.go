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
		return p.Blocks[i].mayBreak(line)
	}
	if p.announces(i, line-1) || i < len(p.Blocks) && p.Blocks[i].Kind == CaptionBlock {
		return false
	}
	return !p.leavesHeading(i)
}

// mayBreak reports whether one of the block's lines, but for the first, may begin a screen.
func (b *Block) mayBreak(line int) bool {
	switch b.Kind {
	case HeadingBlock, FormulaBlock, DiagramBlock, FigureBlock:
		return false
	case TableBlock:
		return line > b.First+b.Head
	}
	const together = 2 // lines
	return line-b.First >= together && b.Last-line+1 >= together
}

// announces reports whether a line above block i has words and is part of no block, as the title of a note.
func (p *Page) announces(i, line int) bool {
	return (i == 0 || line > p.Blocks[i-1].Last) && strings.ContainsFunc(string(appendPlain(nil, p.Lines[line])), unicode.IsLetter)
}

// leavesHeading reports whether a break before block i would leave a heading with less than two lines of what follows.
func (p *Page) leavesHeading(i int) bool {
	last := func(n int) *Block { return &p.Blocks[i-n] }
	switch {
	case i == 0:
		return false
	case last(1).Kind == HeadingBlock:
		return true
	}
	return i > 1 && last(1).First == last(1).Last && last(2).Kind == HeadingBlock
}

// Begin returns the line that a screen begins with to go on at a line of the page: the one above, if both are of a block, and so far above
// that there is room for the head of a table that goes on. head are the lines of the page that are that head; empty for none.
func (p *Page) Begin(line int) (begin int, head []string) {
	i := sort.Search(len(p.Blocks), func(i int) bool { return p.Blocks[i].Last >= line })
	if line <= 0 || i == len(p.Blocks) || line <= p.Blocks[i].First {
		return line, nil
	}
	b := p.Blocks[i]
	if b.Head > 0 && line > b.First+b.Head {
		return line - b.Head, p.Lines[b.First : b.First+b.Head]
	}
	return line - 1, nil
}
