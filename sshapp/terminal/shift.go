package terminal

import (
	"hash/maphash"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// A shift moves lines of the screen up or down.
type shift struct {
	from, to int // the rows from ≤ i < to that the lines have after it
	by       int // by how many rows they move up; negative for down
}

// resetMargins makes the whole screen the scroll region again (DECSTBM).
const resetMargins = "\x1b[r"

// scrollLines scrolls lines of the terminal if that saves bytes, and the same lines in before.
func (b *frameWriter) scrollLines(before, after []string) {
	s, ok := findShift(before, after)
	if !ok {
		return
	}
	top, bottom := min(s.from, s.from+s.by), max(s.to, s.to+s.by)
	b.setPen(pen{}) // blank lines that scroll in have the pen's background
	b.WriteString(ansi.SetTopBottomMargins(top+1, bottom))
	// A line feed in the last row and a reverse line feed in the first scroll on every VT100. SU and SD don't on the console of
	// Linux.
	if s.by > 0 {
		b.WriteString(ansi.CursorPosition(1, bottom) + strings.Repeat("\n", s.by))
		copy(before[top:bottom], before[top+s.by:bottom])
		clear(before[bottom-s.by : bottom])
	} else {
		b.WriteString(ansi.CursorPosition(1, top+1) + strings.Repeat(ansi.ReverseIndex, -s.by))
		copy(before[top-s.by:bottom], before[top:bottom])
		clear(before[top : top-s.by])
	}
	b.WriteString(resetMargins)
	b.row, b.col = 0, unknownColumn
}

// findShift returns the shift that saves most bytes, and false if none saves any.
func findShift(before, after []string) (best shift, ok bool) {
	by := mostCommonShift(before, after)
	if by == 0 {
		return best, false
	}
	// The lines to shift are the run that saves most in sum, found by Kadane's algorithm.
	saved, sum, from := 0, 0, 0
	for i := max(0, -by); i < min(len(after), len(after)-by); i++ {
		if sum <= 0 {
			sum, from = 0, i
		}
		sum += replaceCost(before[i], after[i]) - replaceCost(before[i+by], after[i])
		if sum > saved {
			saved, best = sum, shift{from, i + 1, by}
		}
	}
	const sequences = 24 // bytes that it takes to scroll
	if saved -= sequences; saved <= 0 {
		return best, false
	}
	blank, end := best.to, best.to+by // the rows that are blank after the shift
	if by < 0 {
		blank, end = best.from+by, best.from
	}
	for i := blank; i < end; i++ {
		saved -= replaceCost("", after[i]) - replaceCost(before[i], after[i])
	}
	return best, saved > 0
}

// replaceCost returns about how many bytes it takes to show one line instead of another.
func replaceCost(before, after string) int {
	const move = 8
	if before == after {
		return 0
	}
	return move + len(after) - commonPrefix(before, after)
}

// mostCommonShift returns by how many rows most of the lines that changed have moved up; 0 if they have not moved.
func mostCommonShift(before, after []string) int {
	changed, down, up := 0, 0, 0 // up counts the lines that are now a row further up
	for i := range after {
		if before[i] == after[i] {
			continue
		}
		changed++
		if i+1 < len(after) && before[i+1] == after[i] {
			up++
		}
		if i > 0 && before[i-1] == after[i] {
			down++
		}
	}
	switch { // nearly all scrolls are by one row
	case changed < 3:
		return 0
	case 2*up > changed:
		return 1
	case 2*down > changed:
		return -1
	}
	rows := len(after)
	numbers := make([]uint64, 4*rows)
	oldHashes, hashes, votes := numbers[:rows], numbers[rows:2*rows], numbers[2*rows:]
	for i := range after {
		if before[i] != after[i] {
			oldHashes[i], hashes[i] = prefixHash(before[i]), prefixHash(after[i])
		}
	}
	best := 0
	for i, hash := range hashes {
		if hash == 0 {
			continue
		}
		for j, oldHash := range oldHashes {
			if hash != oldHash {
				continue
			}
			votes[j-i+rows]++
			if votes[j-i+rows] > votes[best+rows] {
				best = j - i
			}
		}
	}
	return best
}

var seed = maphash.MakeSeed()

// prefixHash returns a hash of the beginning of a line's text, which stays the same when something beside the text changes; 0
// for a blank line.
func prefixHash(line string) uint64 {
	line = strings.TrimLeft(line, " ")
	if line == "" {
		return 0
	}
	return maphash.String(seed, line[:min(len(line), 48)]) | 1
}
