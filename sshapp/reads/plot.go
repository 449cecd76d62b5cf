package reads

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"postern/sshapp/cell"
)

// Plot draws a bar for each of the last days, the highest of them so many lines high, and under them an axis with the days. It has as
// many days as fit into a width in cells.
func (s Summary) Plot(width, height int) []string {
	most := fmt.Sprint(slices.Max(s.All.Daily))
	room := max(1, width-len(most)-1)
	days := s.All.Daily
	days = days[max(0, len(days)-room):]
	each := min(3, room/len(days))
	var lines []string
	for i, row := range bars(days, each, height) {
		label := most
		if i > 0 {
			label = strings.Repeat(" ", len(most))
		}
		lines = append(lines, cell.Faint(label)+" "+row)
	}
	first := time.Now().UTC().AddDate(0, 0, 1-len(days)).Format(time.DateOnly)
	axis := cell.Spread(cell.Cut(first, len(days)*each), "today", len(days)*each)
	return append(lines, cell.Faint(strings.Repeat(" ", len(most)+1)+cell.Cut(axis, room)))
}

// bars draws bars of values side by side, each so many cells wide with a blank between two if there is room, and the highest of
// them so many lines high.
func bars(values []int, width, height int) []string {
	eighths := len(blocks) // of a cell
	most := max(1, slices.Max(values))
	lines := make([]string, height)
	for i := range lines {
		var b strings.Builder
		for _, n := range values {
			level := (n*height*eighths + most - 1) / most
			block := " "
			if filled := min(level-(height-1-i)*eighths, eighths); filled > 0 {
				block = string(blocks[filled-1])
			}
			if width == 1 {
				b.WriteString(block)
			} else {
				b.WriteString(strings.Repeat(block, width-1) + " ")
			}
		}
		lines[i] = strings.TrimRight(b.String(), " ")
	}
	return lines
}
