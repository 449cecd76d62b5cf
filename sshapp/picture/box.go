package picture

// A Box is the room that a picture has on a page, and the shape of the terminal's cells.
type Box struct {
	Columns, Rows int // the most that it may take
	Cell          Cell
	Fill          bool // a small picture is made as large as the box
}

// A Cell is the size of a terminal's cells in pixels.
type Cell struct{ Width, Height int }

// DefaultCell is the size of cells that no terminal has told: half as wide as high.
var DefaultCell = Cell{8, 16}

// maxCellWidth is more pixels than a cell has on any screen.
const maxCellWidth = 100

// IsKnown reports whether a terminal has told the cell, and none of an unlikely shape: clients of a Go library say 8×8.
func (c Cell) IsKnown() bool {
	return c.Width > 0 && c.Width <= maxCellWidth && 5*c.Height >= 6*c.Width && c.Height <= 4*c.Width
}

// OrDefault returns the cell, or the DefaultCell if it isn't known.
func (c Cell) OrDefault() Cell {
	if !c.IsKnown() {
		return DefaultCell
	}
	return c
}

// Shape returns a cell of the same shape that is eight pixels wide: what a terminal on a screen of many pixels calls a pixel is
// several.
func (c Cell) Shape() Cell {
	return Cell{DefaultCell.Width, (DefaultCell.Width*c.Height + c.Width/2) / c.Width}
}

// enlarge is how many times larger than its pixels ask for a picture may be drawn: a cell shows few pixels, and a small picture
// is easier to see if it is large.
const enlarge = 2

// Fit returns how many columns and rows a picture takes in a box. Its shape is kept, as far as whole cells allow.
func (b Box) Fit(i Info) (columns, rows int) {
	w, h := i.Width*b.Cell.Height, i.Height*b.Cell.Width // its shape, in cells
	columns = b.Columns
	if !b.Fill {
		columns = min(columns, (i.Width*enlarge+b.Cell.Width-1)/b.Cell.Width)
	}
	rows = (columns*h + w/2) / w
	if rows > b.Rows {
		rows = b.Rows
		columns = (rows*w + h/2) / h
	}
	return max(columns, 1), max(rows, 1)
}
