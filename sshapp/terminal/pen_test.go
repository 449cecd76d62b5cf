package terminal

import (
	"strings"
	"testing"
)

// TestPen: of sequences that set colours alone a pen keeps those in force, in order, and others as they came.
func TestPen(t *testing.T) {
	const red, green, onBlue, onGrey = "\x1b[38;5;1m", "\x1b[38;2;0;255;0m", "\x1b[48;5;4m", "\x1b[48;2;9;9;9m"
	const both, bold, mixed = "\x1b[38;5;1;48;5;4m", "\x1b[1m", "\x1b[1;38;5;1m"
	for _, c := range []struct{ sequences, want string }{
		{red, red}, {red + green, green}, {red + onBlue, red + onBlue}, {red + onBlue + green, onBlue + green},
		{red + onBlue + green + onGrey, green + onGrey}, {red + onBlue + both, both}, {both + green, both + green}, {both + green + red, both + red},
		{both + green + onGrey, green + onGrey}, {both + onGrey + green, onGrey + green}, {bold + red + green, bold + green},
		{red + bold + green, red + bold + green}, {red + mixed + green + onBlue, red + mixed + green + onBlue}, {"\x1b[31m" + red, "\x1b[31m" + red},
	} {
		s := lineScanner{line: c.sequences}
		s.advanceToEnd()
		if got := (pen{}).change(s.pen); got != c.want {
			t.Errorf("%q is kept as %q, not %q", c.sequences, got, c.want)
		}
		if got := s.pen.change(s.pen); got != "" {
			t.Errorf("a pen changes to itself by %q", got)
		}
	}
}

// TestPictureRowAllocates: however many colours a line has, to compare it with another takes no memory.
func TestPictureRowAllocates(t *testing.T) {
	row := strings.Repeat("\x1b[38;2;1;2;3;48;2;4;5;6m▀\x1b[38;2;7;8;9m▀\x1b[48;2;7;8;9m▀", 50) + "\x1b[m"
	before, after := "x"+row, "y"+row
	if n := testing.AllocsPerRun(10, func() { changedPart(before, after, commonStart(before, after)) }); n > 0 {
		t.Errorf("%v allocations", n)
	}
}
