package page

import (
	"postern/sshapp/cell"
	"postern/sshapp/picture"
)

// A Room is what a screen offers beyond the column of text. The zero Room offers nothing.
type Room struct {
	Wide int         // for code, tables, diagrams and pictures, in cells; counts if it is more than the text's width
	Box  picture.Box // for a picture; the zero Box for captions in the place of pictures
}

// MaxWide is the most that anything takes of a wide terminal, in cells.
const MaxWide = 160

// Wide returns the room for what is wider than the text on a terminal of so many columns: all but its margins, in few different
// widths.
func Wide(columns int) int {
	const margins, step = 4, 4
	return min(columns-margins, MaxWide) / step * step
}

// A WideBlock is a part of a page with lines that are wider than the text.
type WideBlock struct {
	First, Last int // its lines, from 0
	Width       int // of the widest, in cells
	Outdent     int // how many cells to the left of the text it begins to be in the middle; 0 for one within a list or a quote
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
func (s *setter) addWide(first int) {
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
		wide.Outdent = (widest - s.width) / 2
	}
	s.page.Wide = append(s.page.Wide, wide)
}
