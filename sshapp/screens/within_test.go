package screens

import (
	"testing"

	"github.com/charmbracelet/x/ansi"

	"postern/sshapp/picture"
	"postern/sshapp/terminal"
)

// TestWithinFits: whatever the terminal's size, no line is wider than it, and there are no more lines than it has.
func TestWithinFits(t *testing.T) {
	w := &within{width: 9, height: 2}
	for width := range 12 {
		for height := range 5 {
			size := terminal.Size{Width: width, Height: height}
			lines, _ := w.show([]string{"", "漢 text"}, picture.Raster{}, size)
			if len(lines) > height {
				t.Errorf("%d×%d: %d lines", width, height, len(lines))
			}
			for _, l := range lines {
				if n := ansi.StringWidthWc(l); n > width {
					t.Errorf("%d×%d: %q has %d cells", width, height, l, n)
				}
			}
		}
	}
}
