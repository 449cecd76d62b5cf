package terminal

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// A frameWriter writes the sequences that show a frame. It keeps the terminal's cursor and pen, and writes neither again while
// it stays the same.
type frameWriter struct {
	strings.Builder
	width    int
	row, col int // of the cursor, from 0; col may be unknownColumn
	pen      pen
}

// unknownColumn is the cursor's column behind a character of uncertain width and behind the last column, where terminals
// differ until the next character wraps.
const unknownColumn = -1

// replaceLine shows the line after in a row that shows the line before.
func (b *frameWriter) replaceLine(row int, before, after string) {
	if before == after {
		return
	}
	start := commonStart(before, after)
	s, longer, certain := changedPart(before, after, start)
	if longer || !certain {
		b.moveTo(row, start.col)
		b.setPen(pen{}) // an erased cell has the pen's background
		b.WriteString(ansi.EraseLineRight)
	}
	if !certain {
		b.setPen(start.pen)
		b.WriteString(after[start.at:])
		b.pen, b.col = pen{}, unknownColumn
		return
	}
	if s.textEnd <= start.at { // only blanks or sequences are left
		return
	}
	text := after[start.at:s.textEnd]
	for n := sequenceLen(text); n > 0; n = sequenceLen(text) { // setPen writes all of them at once
		start.sequence()
		text = text[n:]
	}
	b.moveTo(row, start.col)
	b.setPen(start.pen)
	b.WriteString(text)
	b.pen, b.col = s.textPen, s.col
	if b.col >= b.width {
		b.col = unknownColumn
	}
}

// setPen changes the terminal's pen to p.
func (b *frameWriter) setPen(p pen) {
	if p.link != b.pen.link {
		if p.link == "" {
			b.WriteString(ansi.ResetHyperlink())
		} else {
			b.WriteString(p.link)
		}
	}
	if p.style != b.pen.style {
		if rest, ok := strings.CutPrefix(p.style, b.pen.style); ok {
			b.WriteString(rest)
		} else {
			b.WriteString(ansi.ResetStyle + p.style)
		}
	}
	b.pen = p
}

// moveTo moves the cursor to a cell in as few bytes as possible.
func (b *frameWriter) moveTo(row, col int) {
	best := ansi.CursorPosition(col+1, row+1)
	if row == 0 && col == 0 {
		best = ansi.CursorHomePosition
	}
	if down := row - b.row; b.col != unknownColumn && down >= 0 {
		vertical := "" // no line feeds, since some terminals return to the first column at one
		if down > 0 {
			vertical = ansi.CursorDown(down)
		}
		if s := vertical + b.moveInRow(col); len(s) < len(best) {
			best = s
		}
		if s := "\r" + strings.Repeat("\n", down); col == 0 && len(s) < len(best) {
			best = s
		}
	}
	b.WriteString(best)
	b.row, b.col = row, col
}

// moveInRow returns the bytes that move the cursor to a column of its row.
func (b *frameWriter) moveInRow(col int) string {
	switch by := col - b.col; {
	case by == 0:
		return ""
	case col == 0:
		return "\r"
	case by > 0:
		return ansi.CursorForward(by)
	case by >= -3:
		return strings.Repeat("\b", -by)
	default:
		return ansi.CursorBackward(-by)
	}
}
