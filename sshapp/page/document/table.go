package document

import "iter"

// maxColumns bounds the columns of a table that has cells over several: HTML allows 1,000 for one cell.
const maxColumns = 200

// placeCells gives the cells of a table their columns, as HTML does: a cell stands in the first column of its row into which no
// other reaches, from the left or from above. A column in which no cell begins doesn't count.
func (b *Block) placeCells() {
	var taken []int // by column: how many rows the cell that is in it still takes
	for _, row := range b.Children {
		if row.Kind != TableRow {
			continue
		}
		at := 0
		for _, c := range row.Children {
			for at < len(taken) && taken[at] > 0 {
				at++
			}
			c.Column, c.Rows = at, max(c.Rows, 1)
			c.Columns = max(min(c.Columns, maxColumns-at), 1)
			for range c.Columns {
				if at == len(taken) {
					taken = append(taken, 0)
				}
				taken[at] = max(taken[at], c.Rows)
				at++
			}
		}
		for i := range taken {
			taken[i] = max(taken[i]-1, 0)
		}
	}
	b.dropColumns(len(taken))
}

// dropColumns takes out of a table's columns those in which no cell begins.
func (b *Block) dropColumns(n int) {
	begins := make([]int, n+1)
	for c := range b.cells() {
		begins[c.Column] = 1
	}
	number := 0 // begins holds the numbers that the columns have then
	for i, begun := range begins {
		begins[i] = number
		number += begun
	}
	b.Columns = number
	for c := range b.cells() {
		end := begins[c.Column+c.Columns]
		c.Column = begins[c.Column]
		c.Columns = end - c.Column
	}
}

// cells yields the cells of a table.
func (b *Block) cells() iter.Seq[*Block] {
	return func(yield func(*Block) bool) {
		for _, row := range b.Children {
			if row.Kind != TableRow {
				continue
			}
			for _, c := range row.Children {
				if !yield(c) {
					return
				}
			}
		}
	}
}
