package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"

	"postern/content"
	"postern/sshapp/cell"
	"postern/sshapp/lineedit"
	"postern/sshapp/page"
)

// goToHit goes to the text that a search has found in the post, and highlights it.
func (p *post) goToHit(e env, h content.Hit) {
	x := e.listing().Snippet(h)
	if len(x.Marks) == 0 {
		return
	}
	p.findText = x.Text[x.Marks[0][0]:x.Marks[0][1]]
	s := p.layout(e)
	if line, ok := e.pages.Seek(s.post, s.width, e.theme, x); ok && x.Line > 0 {
		p.reveal(e, s, line)
		all := s.find(e, p.findText)
		p.matchIndex = max(0, min(all.From(line), all.Len()-1))
	}
}

// openFind opens the prompt for a text to find.
func (p *post) openFind(env) move { return opening(&findPrompt{overlay: overlay{p}, preview: *p}) }

// closeFind ends the highlighting of matches.
func (p *post) closeFind(env) move {
	if p.findText == "" {
		return move{kind: pass}
	}
	p.findText = ""
	return move{}
}

func (p *post) previousMatch(e env) move { return p.goToMatch(e, -1) }

// goToMatch goes to the next match for a step of 1, and to the one before for -1.
func (p *post) goToMatch(e env, step int) move {
	if p.findText == "" {
		return move{kind: pass}
	}
	s := p.layout(e)
	all := s.find(e, p.findText)
	n := all.Len()
	if n == 0 {
		return e.notice(noMatch, p.findText)
	}
	p.matchIndex = (min(p.matchIndex, n-1) + step + n) % n
	p.reveal(e, s, all.Line(p.matchIndex))
	return e.notice("%d of %d: %s", p.matchIndex+1, n, p.findText)
}

// highlightMatches highlights the matches in lines, a window of the layout that begins at its line top.
func (p *post) highlightMatches(s layout, top int, lines []string) {
	spans := map[int][][2]int{}
	first := min(max(top-len(s.head)-1, 0), len(s.page.Lines)) // a match may begin on the line above
	last := max(min(top-len(s.head)+len(lines)+1, len(s.page.Lines)), first)
	all := page.NewText(nil, s.page.Lines[first:last]).Find(nil, p.findText)
	for _, x := range all.Pieces() {
		if i := first + x.Line + len(s.head) - top; i >= 0 && i < len(lines) {
			spans[i] = append(spans[i], [2]int{x.From, x.To})
		}
	}
	for i, s := range spans {
		lines[i] = cell.Highlight(lines[i], s)
	}
}

// findPrompt shows a post while the text to find is typed. It scrolls a copy of the post, so that esc returns to where the
// reader was.
type findPrompt struct {
	overlay
	preview post // what is shown
	line    lineedit.Line
}

var findPromptKeys = []binding{
	hinted(bind((*findPrompt).accept, "enter", "find", "enter")),
}

func (f *findPrompt) keys() []binding  { return findPromptKeys }
func (f *findPrompt) shownPost() *post { return &f.preview }

// accept closes the prompt and stays at the match. A notice says which one it is, and how to go to the others.
func (f *findPrompt) accept(e env) move {
	if f.line.Text == "" {
		return move{kind: back}
	}
	n := f.preview.layout(e).find(e, f.line.Text).Len()
	if n == 0 {
		return e.backWith(noMatch, f.line.Text)
	}
	*f.below = f.preview
	return e.backWith("%d of %d. n goes to the next, N to the one before.", f.preview.matchIndex+1, n)
}

const noMatch = "Nothing here says %s"

func (f *findPrompt) update(e env, msg tea.Msg) (move, tea.Cmd) {
	if !f.line.Edit(msg) {
		return move{kind: pass}, nil
	}
	f.preview = *f.below
	f.preview.findText = f.line.Text
	s := f.preview.layout(e)
	if all := s.find(e, f.line.Text); all.Len() > 0 {
		f.preview.matchIndex = min(all.From(f.below.top(e, s)-len(s.head)), all.Len()-1)
		f.preview.reveal(e, s, all.Line(f.preview.matchIndex))
	}
	return move{}, nil
}

func (f *findPrompt) status(e env) string {
	if f.line.Text == "" {
		return ""
	}
	return e.words.Count(f.preview.layout(e).find(e, f.line.Text).Len(), "%d found", "%d found")
}

func (f *findPrompt) view(e env) []string {
	measure, margin := e.measure()
	lines := f.preview.view(e)
	for len(lines) < e.height {
		lines = append(lines, "")
	}
	if len(lines) > 0 {
		lines[len(lines)-1] = strings.Repeat(" ", margin) + prompt("/", &f.line, measure)
	}
	return lines
}
