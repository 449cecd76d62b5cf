package tui

import (
	"slices"
	"strings"

	"postern/sshapp/cell"
)

// footnote shows a post with one of its footnotes open under the line that refers to it.
type footnote struct {
	overlay
	anchor string // of the footnote, such as "#fn:1"
	line   int    // of the page, that refers to the footnote
}

var footnoteKeys = []binding{
	hinted(bind(goBack, "enter", "close the note", "enter", "space")),
}

func (f *footnote) keys() []binding     { return footnoteKeys }
func (f *footnote) status(e env) string { return f.below.status(e) }

func (f *footnote) view(e env) []string {
	s := f.below.layout(e)
	lines := f.below.window(e, s)
	at := len(s.head) + f.line - f.below.top(e, s) + 1
	if at < 0 || at > len(lines) {
		return f.below.framed(e, s, lines)
	}
	top := f.below.top(e, s)
	lines = s.indent(e, top, lines)
	_, margin := e.measure()
	note := cell.Indent(f.note(s), margin)
	note = note[:min(len(note), max(1, e.height/2))]
	lines = slices.Insert(lines, at, note...)
	if excess := at + len(note) - e.height; excess > 0 { // the line that refers to the note is one of the last
		lines = lines[excess:]
	}
	return withSidebar(e, s, top, lines[:min(len(lines), e.height)])
}

// note returns the lines of the footnote, between rules; nil if the post doesn't have it any more.
func (f *footnote) note(s layout) []string {
	line, ok := s.page.Anchor(f.anchor)
	if !ok {
		return nil
	}
	last := line
	if i := s.page.At(line).Block; i < len(s.page.Blocks) {
		last = max(last, s.page.Blocks[i].Last)
	}
	rule := []string{cell.Faint(strings.Repeat("─", s.width))}
	return slices.Concat(rule, s.page.Lines[line:min(last+1, len(s.page.Lines))], rule)
}
