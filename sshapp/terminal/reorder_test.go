package terminal

import (
	"strings"
	"testing"
)

// TestVisual: each character keeps its style and its link where it is seen.
func TestVisual(t *testing.T) {
	const link, end = "\x1b]8;;https://example.com\x1b\\", "\x1b]8;;\x1b\\"
	for _, tt := range []struct{ line, want string }{
		{"\x1b[1mab\x1b[m", "\x1b[1mab\x1b[m"},
		{"\x1b[1ma\u200e b\u200f\x1b[m", "\x1b[1ma b\x1b[m"},
		{"a \x1b[1mאב\x1b[m גד", "a דג \x1b[1mבא\x1b[m"},
		{"  \x1b[2m│\x1b[m \x1b[7mא\x1b[27mב\x1b[m", "  \x1b[2m│\x1b[m \x1b[7m\x1b[27mב\x1b[m\x1b[7mא\x1b[m"},
		{"אב " + link + "\x1b[4mגד\x1b[m" + end + " e", "e " + link + "\x1b[4mדג\x1b]8;;\a\x1b[m בא"},
		{"א \x1b[38;5;1mב", "\x1b[38;5;1mב\x1b[m א"},
		{"א \x1b[Kב", "א \x1b[Kב"}, // isn't of a frame
	} {
		if got := visualGlyphs(tt.line); got != tt.want {
			t.Errorf("%q is %q, want %q", tt.line, got, tt.want)
		}
	}
}

// TestReorderedLine: a line that changes is erased and sent again, in the order in which it is seen, and one that doesn't isn't sent.
func TestReorderedLine(t *testing.T) {
	size := Size{Width: 20, Height: 1}
	r := renderer{reorders: true, visual: visualGlyphs}
	if got, _ := r.render([]string{"אבג  x"}, size); !strings.Contains(got, "גבא  x") {
		t.Errorf("the first line is sent as %q", got)
	}
	if got, _ := r.render([]string{"אבד  x"}, size); !strings.Contains(got, "דבא") {
		t.Errorf("the second line is sent as %q", got)
	}
	if got, _ := r.render([]string{"אבד  x"}, size); got != "" {
		t.Errorf("the same line is sent as %q", got)
	}
}

// BenchmarkVisual reorders a line of Persian.
func BenchmarkVisual(b *testing.B) {
	line := "    \x1b[1mنمایش\x1b[m راست به چپ خوراک بسیاری از وبسایت\u200cهای فارسی در RSS 2.0 درست نیست."
	for b.Loop() {
		visualGlyphs(line)
	}
}
