// Package page typesets Markdown for a terminal: a post, a width and a theme in, lines out. It is the only package that
// knows glamour, and it knows neither Bubble Tea nor SSH.
package page

import (
	"strings"

	"charm.land/glamour/v2"

	"postern/content"
)

// The measure is the width of a line of text. 80 columns is what a terminal has by default, and more than 80 characters
// are hard to read (WCAG 2.2, success criterion 1.4.8).
const (
	MaxMeasure = 80
	MinMeasure = 20
)

// Measure returns the width to typeset for on a terminal of so many columns. It has a cap and a floor, so that all
// terminals together ask for few different widths, and most share one.
func Measure(columns int) int { return min(max(columns, MinMeasure), MaxMeasure) }

// A Page is one post typeset for one width and theme. It is immutable and shared by all who read it.
type Page struct {
	// Lines hold SGR and OSC 8 sequences only; each closes what it opens, so that any run of them can be shown alone.
	Lines []string
}

// A Position is a place in a post that outlasts its lines: the same text is found again at another width.
type Position struct {
	Block int // from 0
	Text  int // how many characters of the block, blanks not counted, stand above
}

// New typesets a post for lines of at most width cells.
func New(post *content.Post, width int, theme *Theme) (*Page, error) {
	r, err := glamour.NewTermRenderer(glamour.WithStyles(theme.style), glamour.WithWordWrap(width))
	if err != nil {
		return nil, err
	}
	out, err := r.Render(post.Body)
	if err != nil {
		return nil, err
	}
	return &Page{Lines: tidy(out, width)}, nil
}

// At returns the position of the text that a line begins with.
func (p *Page) At(line int) Position {
	text := 0
	for _, l := range p.Lines[:min(max(line, 0), len(p.Lines))] {
		text += visible(l)
	}
	return Position{Text: text}
}

// Line returns the line that holds a position.
func (p *Page) Line(at Position) int {
	text := 0
	for i, l := range p.Lines {
		if text += visible(l); text > at.Text {
			return i
		}
	}
	return max(0, len(p.Lines)-1)
}

// size is about how many bytes of memory the page holds.
func (p *Page) size() int64 {
	n := int64(64)
	for _, l := range p.Lines {
		n += int64(len(l)) + 16 // a string's header
	}
	return n
}

// tidy takes the blank lines off both ends of what glamour makes and the trailing blanks off its lines.
func tidy(out string, width int) []string {
	var lines []string
	for l := range strings.SplitSeq(out, "\n") {
		lines = append(lines, trimLine(l, width))
	}
	for len(lines) > 0 && visible(lines[0]) == 0 {
		lines = lines[1:]
	}
	for len(lines) > 0 && visible(lines[len(lines)-1]) == 0 {
		lines = lines[:len(lines)-1]
	}
	return lines
}
