package terminal

import (
	"hash/maphash"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// A Painter turns frames into what makes a terminal show them, as the difference from the frame before. A frame is lines, so
// what differs is found by comparing strings: no cell is kept, and only the lines that changed are looked at closely.
//
// A line must fit the terminal's width and close what it opens, which is SGR and OSC 8 and nothing else. What must hold:
// the terminal shows after two frames what it would show after the second alone. The zero Painter is on a terminal whose content
// is not known, and which can't scroll.
type Painter struct {
	Regions bool // the terminal has scroll regions: see [ScrollsRegions]

	width, height int
	shown         []string // nil when they are not known
	rested        uint64   // a fingerprint of the frame that Rest let go of; 0 for none
}

// Paint returns what makes the terminal, of a size in cells, show a frame; empty if it does. Lines past the terminal's
// height are left out.
func (p *Painter) Paint(frame string, width, height int) string {
	after := splitLines(frame, height)
	if p.Shows(width, height) && slices.Equal(p.shown, after) {
		return ""
	}
	b := brush{width: width, col: unknown}
	if !p.Shows(width, height) {
		b.WriteString(ansi.EraseEntireScreen + ansi.CursorHomePosition)
		b.row, b.col = 0, 0
		p.shown = make([]string, height)
	} else if p.Regions {
		b.scrollTowards(p.shown, after)
	}
	for i, l := range after {
		b.line(i, p.shown[i], l)
	}
	b.take(pen{})
	p.shown, p.width, p.height = after, width, height
	return b.String()
}

// Shows reports whether it is known what a terminal of that size shows.
func (p *Painter) Shows(width, height int) bool {
	return p.shown != nil && p.width == width && p.height == height
}

// splitLines returns the first lines of a frame, and empty ones up to the height.
func splitLines(frame string, height int) []string {
	all := strings.SplitN(frame, "\n", height+1)
	all = all[:min(len(all), height)]
	for len(all) < height {
		all = append(all, "")
	}
	return all
}

// Rest lets go of the frame, and keeps a fingerprint of it.
func (p *Painter) Rest() {
	if p.shown != nil {
		p.rested = fingerprint(p.shown)
		p.shown = nil
	}
}

// Wake takes a frame as the one that the terminal shows, if it is the one that Rest let go of.
func (p *Painter) Wake(frame string) {
	if p.shown != nil || p.rested == 0 {
		return
	}
	if lines := splitLines(frame, p.height); fingerprint(lines) == p.rested {
		p.shown = lines
	}
	p.rested = 0
}

var seed = maphash.MakeSeed()

// fingerprint tells frames apart. It is never 0.
func fingerprint(lines []string) uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	for _, l := range lines {
		_, _ = h.WriteString(l)
		_ = h.WriteByte('\n')
	}
	return h.Sum64() | 1
}
