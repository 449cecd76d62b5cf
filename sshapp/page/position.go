package page

import (
	"slices"
	"sort"
)

// A Position is a place in a post that outlasts its lines: the same text is found again at another width, and in
// another theme.
type Position struct {
	Block int // an index into Blocks
	Text  int // how many characters of the block stand above: blanks, and signs that no author wrote, don't count
}

// At returns the position of the text that a line begins with; on a blank line, of the block below.
func (p *Page) At(line int) Position {
	line = min(max(line, 0), len(p.Lines))
	i := sort.Search(len(p.Blocks), func(i int) bool { return p.Blocks[i].Last >= line })
	if i == len(p.Blocks) {
		i = max(0, i-1)
	}
	if i >= len(p.Blocks) || line <= p.Blocks[i].First {
		return Position{Block: i}
	}
	return Position{i, int(p.above[line] - p.above[p.Blocks[i].First])}
}

// Line returns the line that holds a position.
func (p *Page) Line(at Position) int {
	if len(p.Blocks) == 0 {
		return 0
	}
	if at.Block >= len(p.Blocks) {
		return max(0, len(p.Lines)-1)
	}
	b := p.Blocks[max(at.Block, 0)]
	if at.Text <= 0 { // what announces the text, or frames it, comes with it
		return b.First
	}
	n := sort.Search(b.Last-b.First, func(i int) bool {
		return int(p.above[b.First+i+1]-p.above[b.First]) > at.Text
	})
	return b.First + n
}

// Source returns the line of the post's file that a line of the page comes from: to the line in code, and near it in a
// paragraph, whose lines are broken anew.
func (p *Page) Source(line int) int {
	at := p.At(line)
	if at.Block >= len(p.Blocks) {
		return max(1, p.end-1)
	}
	b := p.Blocks[at.Block]
	if b.Kind == CodeBlock {
		return b.Source + max(0, min(line, b.Last)-b.First)
	}
	end := p.end
	if at.Block+1 < len(p.Blocks) {
		end = p.Blocks[at.Block+1].Source
	}
	all := int(p.above[b.Last+1] - p.above[b.First])
	return b.Source + max(0, end-b.Source-1)*at.Text/max(1, all)
}

// Follow returns where a position of old, an earlier page of the same post, width and theme, is on this one: in the same
// text, however much was written above it or below. Where the text itself was changed, it is where it was among what
// wasn't.
func (p *Page) Follow(old *Page, at Position) Position {
	same := func(i, j int) bool { return slices.Equal(p.block(i), old.block(j)) }
	n, m := len(p.Blocks), len(old.Blocks)
	above := 0
	for above < min(n, m) && same(above, above) {
		above++
	}
	below := 0
	for below < min(n, m)-above && same(n-1-below, m-1-below) {
		below++
	}
	switch {
	case at.Block < above:
		return at
	case at.Block >= m-below:
		return Position{at.Block + n - m, at.Text}
	}
	for i := above; i < n-below; i++ {
		if same(i, at.Block) {
			return Position{i, at.Text}
		}
	}
	at.Block = min(at.Block, max(above, n-below-1))
	return at
}

// block returns the lines of a block.
func (p *Page) block(i int) []string { return p.Lines[p.Blocks[i].First : p.Blocks[i].Last+1] }
