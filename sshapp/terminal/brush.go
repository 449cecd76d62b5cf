package terminal

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// A brush writes a frame. It knows where the cursor is and what the pen is, so that it says neither twice.
type brush struct {
	strings.Builder
	width    int
	row, col int // of the cursor, from 0; the column may be unknown
	pen      pen
}

// unknown is a column that is not known: behind a character whose width terminals don't agree on, and behind the last
// column, where they differ in what they hold for it until the next character wraps.
const unknown = -1

// line shows a line where another is.
func (b *brush) line(row int, before, after string) {
	if before == after {
		return
	}
	start := commonStart(before, after)
	now, longer, sure := differs(before, after, start)
	if longer || !sure {
		b.move(row, start.col)
		b.take(pen{}) // an erased cell has the pen's background
		b.WriteString(ansi.EraseLineRight)
	}
	if !sure {
		b.take(start.pen)
		b.WriteString(after[start.at:])
		b.pen, b.col = pen{}, unknown
		return
	}
	if now.inkAt <= start.at { // what is left looks alike
		return
	}
	text := after[start.at:now.inkAt]
	for n := sequenceLen(text); n > 0; n = sequenceLen(text) { // the pen is taken once
		start.sequence()
		text = text[n:]
	}
	b.move(row, start.col)
	b.take(start.pen)
	b.WriteString(text)
	b.pen, b.col = now.inkPen, now.col
	if b.col >= b.width {
		b.col = unknown
	}
}

// take changes the pen.
func (b *brush) take(p pen) {
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

// move brings the cursor to a cell, with the fewest bytes.
func (b *brush) move(row, col int) {
	best := ansi.CursorPosition(col+1, row+1)
	if row == 0 && col == 0 {
		best = ansi.CursorHomePosition
	}
	if down := row - b.row; b.col != unknown && down >= 0 {
		vertical := ""
		if down > 0 {
			vertical = ansi.CursorDown(down)
		}
		if s := vertical + b.horizontal(col); len(s) < len(best) {
			best = s
		}
		if s := "\r" + strings.Repeat("\n", down); col == 0 && len(s) < len(best) {
			best = s
		}
	}
	b.WriteString(best)
	b.row, b.col = row, col
}

// horizontal returns what brings the cursor to a column of its row. A line feed would keep the column as well as
// CursorDown does, but not on a terminal that takes one for a new line.
func (b *brush) horizontal(col int) string {
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
