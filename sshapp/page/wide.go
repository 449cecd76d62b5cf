package page

import "postern/sshapp/picture"

// A Room is what a screen offers beyond the column of text. The zero Room offers nothing.
type Room struct {
	Wide int         // for code, tables, diagrams and pictures, in cells; counts if it is more than the text's width
	Box  picture.Box // for a picture; the zero Box for captions in the place of pictures
}

// maxWide is the most that anything takes of a wide terminal, in cells.
const maxWide = 160

// Wide returns the room for what is wider than the text on a terminal of so many columns: all but its margins, in few different
// widths.
func Wide(columns int) int {
	const margins, step = 4, 4
	return min(columns-margins, maxWide) / step * step
}

// A WideBlock is a part of a page with lines that are wider than the text.
type WideBlock struct {
	First, Last int  // its lines, from 0
	Width       int  // of the widest, in cells
	Outdent     int  // how many cells to the left of the text it begins to be in the middle; 0 for one within a list or a quote
	IsCode      bool // and in no list or quote, so that it may begin where all code does
}
