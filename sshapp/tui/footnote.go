package tui

import (
	"slices"
	"strings"

	"postern/sshapp/cell"

	tea "charm.land/bubbletea/v2"
)

// footnote shows a post with one of its footnotes open under the line that refers to it.
type footnote struct {
	of   *post
	name string // "#fn:1"
	line int    // that refers to it, in the page
}

var footnoteKeys = []binding{
	hinted(bind((*footnote).close, "enter", "close the note", "enter", "space")),
}

func (p *footnote) keys() []binding                     { return footnoteKeys }
func (p *footnote) title(e env) string                  { return p.of.title(e) }
func (p *footnote) status(e env) string                 { return p.of.status(e) }
func (p *footnote) close(env) move                      { return move{kind: back} }
func (p *footnote) update(env, tea.Msg) (move, tea.Cmd) { return move{kind: pass}, nil }

func (p *footnote) view(e env) []string {
	s := p.of.layout(e)
	lines := p.of.window(e, s)
	at := len(s.head) + p.line - p.of.top(e, s) + 1
	if at < 0 || at > len(lines) {
		return p.of.framed(e, s, lines)
	}
	note := p.note(s)
	note = note[:min(len(note), max(1, e.height/2))]
	lines = slices.Insert(lines, at, note...)
	if over := at + len(note) - e.height; over > 0 { // the line that refers to it is the last one
		lines = lines[over:]
	}
	return p.of.framed(e, s, lines[:min(len(lines), e.height)])
}

// note returns the lines of the footnote, between rules.
func (p *footnote) note(s layout) []string {
	line, ok := s.page.Anchor(p.name)
	if !ok {
		return nil
	}
	last := line
	if i := s.page.At(line).Block; i < len(s.page.Blocks) {
		last = max(last, s.page.Blocks[i].Last)
	}
	rule := cell.Faint(strings.Repeat("─", s.width))
	note := []string{rule}
	note = append(note, s.page.Lines[line:min(last+1, len(s.page.Lines))]...)
	return append(note, rule)
}
