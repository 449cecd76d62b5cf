package screens

import (
	"fmt"
	"strings"

	"postern/sshapp/cell"
	"postern/sshapp/picture"
	"postern/sshapp/terminal"
)

// within is the size in cells of an App that is shown at the top left of a larger terminal.
type within struct{ width, height int }

// Within has the App shown in so many cells at the top left of the terminal, with a line at its right and below it where there is
// room. Call it before Begin.
func (s *Screens) Within(width, height int) { s.within = &within{width, height} }

// show returns what a terminal of a size shows of a frame and a raster of the App's.
func (w *within) show(frame []string, r picture.Raster, size terminal.Size) ([]string, picture.Raster) {
	if size.Width < w.width || size.Height < w.height {
		small := fmt.Sprintf("%d×%d don't fit into\n%d×%d. Make this\nterminal larger, or\npress q.", w.width, w.height, size.Width, size.Height)
		lines := strings.Split(small, "\n")
		for i, l := range lines {
			lines[i] = cell.Cut(l, size.Width)
		}
		return lines[:min(len(lines), size.Height)], picture.Raster{}
	}
	if size.Width > w.width {
		for i, l := range frame {
			frame[i] = l + strings.Repeat(" ", max(0, w.width-cell.LineWidth(l))) + "│"
		}
	}
	if size.Height > w.height {
		below := strings.Repeat("─", w.width)
		if size.Width > w.width {
			below += "┘"
		}
		frame = append(frame, below)
	}
	return frame, r
}
