package terminal

import (
	"strconv"
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
	b.WriteString(b.pen.change(p))
	b.pen = p
}

// moveTo moves the cursor to a cell in as few bytes as possible.
func (b *frameWriter) moveTo(row, col int) {
	var absolute, relative [32]byte // two numbers and their sequences need fewer
	best := appendPosition(absolute[:0], row, col)
	if down := row - b.row; b.col != unknownColumn && down >= 0 {
		s := relative[:0] // no line feeds, since some terminals return to the first column at one
		if down > 0 {
			s = appendMove(s, down, 'B')
		}
		if s = b.appendMoveInRow(s, col); len(s) < len(best) {
			best = s
		}
		if col == 0 && 1+down < len(best) {
			best = append(append(relative[:0], '\r'), strings.Repeat("\n", down)...)
		}
	}
	_, _ = b.Write(best)
	b.row, b.col = row, col
}

// appendPosition appends the sequence that moves the cursor to a cell (CUP).
func appendPosition(s []byte, row, col int) []byte {
	s = append(s, "\x1b["...)
	if row > 0 || col > 0 {
		s = strconv.AppendInt(s, int64(row)+1, 10)
		s = append(s, ';')
		s = strconv.AppendInt(s, int64(col)+1, 10)
	}
	return append(s, 'H')
}

// appendMove appends the sequence that moves the cursor by a number of cells. Its last byte gives the direction, as in CUD.
func appendMove(s []byte, by int, direction byte) []byte {
	s = append(s, "\x1b["...)
	if by > 1 {
		s = strconv.AppendInt(s, int64(by), 10)
	}
	return append(s, direction)
}

// appendMoveInRow appends the bytes that move the cursor to a column of its row.
func (b *frameWriter) appendMoveInRow(s []byte, col int) []byte {
	switch by := col - b.col; {
	case by == 0:
		return s
	case col == 0:
		return append(s, '\r')
	case by > 0:
		return appendMove(s, by, 'C')
	case by >= -3:
		return append(s, "\b\b\b"[:-by]...)
	default:
		return appendMove(s, -by, 'D')
	}
}
