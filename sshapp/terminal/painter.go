package terminal

import (
	"hash/maphash"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// A painter turns frames into what makes a terminal show them, as the difference from the frame before. A frame is lines, so
// what differs is found by comparing strings: no cell is kept, and only the lines that changed are looked at closely.
//
// A line must fit the terminal's width and close what it opens, which is SGR and OSC 8 and nothing else. What must hold:
// the terminal shows after two frames what it would show after the second alone. The zero painter is on a terminal of which
// nothing is known.
type painter struct {
	regions bool // the terminal has scroll regions

	size   Size
	shown  []string // nil when they are not known
	rested uint64   // a fingerprint of the frame that rest let go of; 0 for none
}

// paint returns what makes the terminal, which has that size, show a frame; empty if it does. Lines past the terminal's height
// are left out. When the size has changed all is drawn, since a terminal moves what it shows then.
func (p *painter) paint(frame string, now Size) string {
	after := splitLines(frame, now.Height)
	known := p.shown != nil && p.size == now
	if known && slices.Equal(p.shown, after) {
		return ""
	}
	b := brush{width: now.Width, col: unknown}
	if !known {
		b.WriteString(ansi.EraseEntireScreen + ansi.CursorHomePosition)
		b.row, b.col = 0, 0
		p.shown = make([]string, now.Height)
	} else if p.regions {
		b.scrollTowards(p.shown, after)
	}
	for i, l := range after {
		b.line(i, p.shown[i], l)
	}
	b.take(pen{})
	p.shown, p.size, p.rested = after, now, 0
	return b.String()
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

// rest lets go of the frame, and keeps a fingerprint of it.
func (p *painter) rest() {
	if p.shown != nil {
		p.rested = fingerprint(p.shown)
		p.shown = nil
	}
}

// wake takes a frame as the one that the terminal shows, if it is the one that rest let go of.
func (p *painter) wake(frame string) {
	if p.shown != nil || p.rested == 0 {
		return
	}
	if lines := splitLines(frame, p.size.Height); fingerprint(lines) == p.rested {
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
