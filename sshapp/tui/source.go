package tui

import (
	"slices"
	"strings"

	"postern/sshapp/cell"
	"postern/sshapp/page"
)

// source shows a post with the source of a diagram or a formula below it.
type source struct {
	overlay
	block int // of the page
}

var sourceKeys = []binding{
	hinted(bind(goBack, "s", "close the source", "s", "enter", "space")),
}

func (x *source) keys() []binding     { return sourceKeys }
func (x *source) status(e env) string { return x.below.status(e) }

// source opens the source of the first diagram or formula on the screen.
func (p *post) source(e env) move {
	s := p.layout(e)
	top := p.top(e, s) - len(s.head)
	for i, b := range s.page.Blocks {
		if (b.Kind == page.DiagramBlock || b.Kind == page.FormulaBlock) && b.Last >= top && b.First < top+e.height {
			return opening(&source{overlay{p}, i})
		}
	}
	return move{kind: pass}
}

// view inserts the source. If there isn't room for both, what is above makes way.
func (x *source) view(e env) []string {
	s := x.below.layout(e)
	top := x.below.top(e, s)
	lines := s.indent(e, top, x.below.window(e, s))
	if x.block >= len(s.page.Blocks) {
		return withSidebar(e, s, top, lines)
	}
	b := s.page.Blocks[x.block]
	at := min(max(len(s.head)+b.Last+1-top, 0), len(lines))
	text := x.lines(e, s, b.Text)
	text = text[:min(len(text), e.height)]
	lines = slices.Insert(lines, at, text...)
	lines = lines[max(at+len(text)-e.height, 0):]
	return withSidebar(e, s, top, lines[:min(len(lines), e.height)])
}

// lines returns a source between rules, in lines that are as wide as text at most.
func (x *source) lines(e env, s layout, text string) []string {
	rule := cell.Faint(strings.Repeat("─", s.width))
	lines := []string{rule}
	for line := range strings.Lines(strings.TrimRight(text, "\n")) {
		line = cell.ExpandTabs(strings.TrimRight(line, "\n"), 0)
		indent := min(len(line)-len(strings.TrimLeft(line, " ")), s.width/2)
		lines = append(lines, cell.Indent(cell.Wrap(line, s.width-indent), indent)...)
	}
	_, margin := e.measure()
	return cell.Indent(append(lines, rule), margin)
}
