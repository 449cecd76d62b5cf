package terminal

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"postern/sshapp/bidi"
)

// ANSI mode 8 (BDSM, ECMA-48, section 7.2.1), for terminals that reorder text themselves unless they are told not to:
// https://terminal-wg.pages.freedesktop.org/bidi. Others ignore it. The line that the cursor is on takes it over if that is at its
// beginning, and lines that are erased take it over; the frame that follows is drawn as a whole.
const (
	explicitOrder = ansi.CursorHomePosition + "\x1b[8l"
	implicitOrder = ansi.CursorHomePosition + "\x1b[8h"
)

// Reorder sets whether right-to-left text is put in the order in which it is seen before it is sent. Without that a terminal does
// it, or nobody.
func (t *Terminal) Reorder(yes bool) {
	if t.renderer.reorders != yes {
		t.renderer.reorders = yes
		t.renderer.forget()
	}
}

// Identify takes note of what the terminal says that it is.
func (t *Terminal) Identify(version VersionMsg) {
	if strings.HasPrefix(string(version), "kitty(") {
		t.renderer.visual = visualWords
		t.renderer.forget()
	}
}

// ShowsRightToLeft reports whether right-to-left text has been sent, in whatever order.
func (t *Terminal) ShowsRightToLeft() bool { return t.renderer.rightToLeft }

// orderMode returns the sequence that tells the terminal whether to reorder text; empty if it has been told.
func (t *Terminal) orderMode(explicit bool) string {
	switch {
	case explicit == t.explicit:
		return ""
	case explicit:
		t.explicit = true
		return explicitOrder
	}
	t.explicit = false
	return implicitOrder
}

// visualOn returns how a line of a frame is put in the order in which it is seen for terminals of a name. Each character keeps its style.
func visualOn(name string) func(line string) string {
	if name == "xterm-kitty" {
		return visualWords
	}
	return visualGlyphs
}

func visualGlyphs(line string) string { return visual(line, bidi.Visual) }
func visualWords(line string) string  { return visual(line, bidi.VisualWords) }

func visual(line string, reorder func(string) []bidi.Glyph) string {
	if !bidi.Has(line) {
		return strings.ReplaceAll(strings.ReplaceAll(line, bidi.LeftToRight, ""), bidi.RightToLeft, "") // which some terminals show
	}
	type span struct {
		begin int
		pen   pen
	}
	s := lineScanner{line: line}
	spans := []span{{}}
	var text strings.Builder
	for s.at < len(line) {
		if line[s.at] == '\x1b' {
			if !s.sequence() {
				return line
			}
			spans = append(spans, span{text.Len(), s.pen})
			continue
		}
		end := strings.IndexByte(line[s.at:], '\x1b')
		if end < 0 {
			end = len(line) - s.at
		}
		text.WriteString(line[s.at : s.at+end])
		s.at += end
	}
	var b frameWriter
	b.Grow(len(line))
	for _, g := range reorder(text.String()) {
		i, _ := slices.BinarySearchFunc(spans, g.At+1, func(x span, at int) int { return x.begin - at })
		b.setPen(spans[i-1].pen)
		b.WriteString(g.Text)
	}
	b.setPen(pen{})
	return b.String()
}
