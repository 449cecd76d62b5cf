package page

import (
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
