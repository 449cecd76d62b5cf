package terminal

import (
	"slices"

	"github.com/charmbracelet/x/ansi"

	"postern/sshapp/bidi"
)

// A renderer turns a frame into the bytes that make the terminal show it instead of the frame before. It compares lines as
// strings: it keeps no cells, and scans only the lines that differ.
//
// A line must be no wider than the terminal, have no sequences but SGR and OSC 8, and reset and close what these set and open.
// After two frames the terminal must show the same as after the second alone. The zero renderer is for a terminal whose content
// isn't known.
type renderer struct {
	scrollRegions bool // the terminal has them
	reorders      bool // see Terminal.Reorder
	visual        func(line string) string
	rightToLeft   bool // see Terminal.ShowsRightToLeft

	size  Size
	lines []string // of the frame that the terminal shows; nil if it isn't known
}

// render returns the bytes that make a terminal of a size show a frame, and whether they draw all of it; none if it shows the
// frame already. Lines below the terminal's height are left out. After a change of the size the whole frame is drawn, since
// terminals move lines then.
func (r *renderer) render(frame []string, size Size) (sequences string, whole bool) {
	after := fitLines(frame, size.Height)
	known := r.lines != nil && r.size == size
	if known && slices.Equal(r.lines, after) {
		return "", false
	}
	b := frameWriter{width: size.Width, col: unknownColumn}
	b.Grow(frameSize(after, known))
	if !known {
		b.WriteString(ansi.CursorHomePosition + ansi.EraseScreenBelow) // to erase the entire screen takes pictures from Ghostty
		b.row, b.col = 0, 0
		r.lines = make([]string, size.Height)
	} else if r.scrollRegions {
		b.scrollLines(r.lines, after)
	}
	for i, l := range after {
		if l != r.lines[i] {
			b.replaceLine(i, r.ordered(r.lines[i]), r.ordered(l))
		}
	}
	b.setPen(pen{})
	r.lines, r.size = after, size
	return b.String(), !known
}

// ordered returns a line as it is sent.
func (r *renderer) ordered(line string) string {
	r.rightToLeft = r.rightToLeft || bidi.Has(line)
	if r.reorders {
		return r.visual(line)
	}
	return line
}

// frameSize returns how many bytes most frames need at most, if the lines before are known or else all are drawn.
func frameSize(lines []string, known bool) int {
	const changes, line = 512, 8 // bytes of what changes, and for the way to a line
	if known {
		return changes
	}
	n := 0
	for _, l := range lines {
		n += line + len(l)
	}
	return n
}

// fitLines returns exactly height lines: those of the frame, and empty ones behind them.
func fitLines(frame []string, height int) []string {
	for len(frame) < height {
		frame = append(frame, "")
	}
	return frame[:height]
}

// forget has the next frame drawn as a whole.
func (r *renderer) forget() { r.lines = nil }
