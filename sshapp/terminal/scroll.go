package terminal

import (
	"hash/maphash"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// A scroll is a shift of some lines within the screen.
type scroll struct {
	from, to int // the lines in the frame after it
	by       int // how many lines up they came; negative for down
}

// wholeScreen takes the margins away (DECSTBM).
const wholeScreen = "\x1b[r"

// scrollTowards scrolls the terminal where that leaves less to write, and the lines in before with it.
func (b *brush) scrollTowards(before, after []string) {
	s, ok := findScroll(before, after)
	if !ok {
		return
	}
	top, bottom := min(s.from, s.from+s.by), max(s.to, s.to+s.by)
	b.take(pen{}) // lines that come in have the pen's background
	b.WriteString(ansi.SetTopBottomMargins(top+1, bottom))
	// A line feed at the bottom and its reverse at the top scroll on any VT100; the sequences that scroll don't on Linux'
	// console.
	if s.by > 0 {
		b.WriteString(ansi.CursorPosition(1, bottom) + strings.Repeat("\n", s.by))
		copy(before[top:bottom], before[top+s.by:bottom])
		clear(before[bottom-s.by : bottom])
	} else {
		b.WriteString(ansi.CursorPosition(1, top+1) + strings.Repeat(ansi.ReverseIndex, -s.by))
		copy(before[top-s.by:bottom], before[top:bottom])
		clear(before[top : top-s.by])
	}
	b.WriteString(wholeScreen)
	b.row, b.col = 0, unknown
}

// findScroll returns the shift that saves most, if one saves anything.
func findScroll(before, after []string) (best scroll, ok bool) {
	by := commonestShift(before, after)
	if by == 0 {
		return best, false
	}
	// The lines to shift are those that save most together, found in one pass (Kadane's).
	most, sum, from := 0, 0, 0
	for i := max(0, -by); i < min(len(after), len(after)-by); i++ {
		if sum <= 0 {
			sum, from = 0, i
		}
		sum += cost(before[i], after[i]) - cost(before[i+by], after[i])
		if sum > most {
			most, best = sum, scroll{from, i + 1, by}
		}
	}
	const sequences = 24 // bytes
	if most -= sequences; most <= 0 {
		return best, false
	}
	blank, end := best.to, best.to+by
	if by < 0 {
		blank, end = best.from+by, best.from
	}
	for i := blank; i < end; i++ {
		most -= cost("", after[i]) - cost(before[i], after[i])
	}
	return best, most > 0
}

// cost is about how many bytes it takes to show a line where another is.
func cost(before, after string) int {
	const move = 8
	if before == after {
		return 0
	}
	return move + len(after) - commonPrefix(before, after)
}

// commonestShift returns how many lines up most of what changed has come; 0 for nothing.
func commonestShift(before, after []string) int {
	was, now := make([]uint64, len(before)), make([]uint64, len(after))
	changed := 0
	for i := range after {
		if before[i] != after[i] {
			was[i], now[i] = beginning(before[i]), beginning(after[i])
			changed++
		}
	}
	if changed < 3 {
		return 0
	}
	votes := make([]int, 2*len(after))
	best := 0
	for i, n := range now {
		for j, w := range was {
			if n == 0 || n != w {
				continue
			}
			votes[j-i+len(after)]++
			if votes[j-i+len(after)] > votes[best+len(after)] {
				best = j - i
			}
		}
	}
	return best
}

// beginning hashes the beginning of what a line says, by which it is known again when what stands beside it has changed; 0
// for a blank line.
func beginning(line string) uint64 {
	line = strings.TrimLeft(line, " ")
	if line == "" {
		return 0
	}
	return maphash.String(seed, line[:min(len(line), 48)]) | 1
}
