package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"postern/content"
	"postern/sshapp/lineedit"
	"postern/sshapp/page"
)

// goTo opens a post at what a search has found in it.
func (p *post) goTo(e env, h content.Hit) {
	x := h.Excerpt()
	if len(x.Marks) == 0 {
		return
	}
	p.find = x.Text[x.Marks[0][0]:x.Marks[0][1]]
	s := p.sheet(e)
	if line, ok := s.page.Seek(x); ok && x.Line > 0 {
		p.show(e, s, line)
	}
}

// look opens the prompt.
func (p *post) look(env) move { return opening(&finding{of: p, seen: *p}) }

// endFind lets go of what is found.
func (p *post) endFind(env) move {
	if p.find == "" {
		return move{kind: pass}
	}
	p.find = ""
	return move{}
}

func (p *post) nextFind(e env) move     { return p.toFind(e, 1) }
func (p *post) previousFind(e env) move { return p.toFind(e, -1) }

// toFind goes to the next find below the one that is looked at, or above it.
func (p *post) toFind(e env, step int) move {
	if p.find == "" {
		return move{kind: pass}
	}
	s := p.sheet(e)
	all := page.Finds(s.page.Lines, p.find)
	if len(all) == 0 {
		return saying(nowhere(p.find))
	}
	p.nth = (min(p.nth, len(all)-1) + step + len(all)) % len(all)
	p.show(e, s, all[p.nth][0].Line)
	return saying(fmt.Sprintf("%d of %d: %s", p.nth+1, len(all), p.find))
}

// mark shows the finds on the lines of a window that begins at top.
func (p *post) mark(s sheet, top int, lines []string) {
	spans := map[int][][2]int{}
	first := min(max(top-len(s.head)-1, 0), len(s.page.Lines)) // a find may begin on the line above
	last := max(min(top-len(s.head)+len(lines)+1, len(s.page.Lines)), first)
	for _, f := range page.Finds(s.page.Lines[first:last], p.find) {
		for _, x := range f {
			if i := first + x.Line + len(s.head) - top; i >= 0 && i < len(lines) {
				spans[i] = append(spans[i], [2]int{x.From, x.To})
			}
		}
	}
	for i, s := range spans {
		lines[i] = highlight(lines[i], s)
	}
}

// finding is a post while what is to be found in it is typed. What is seen of it then is a copy, so that esc comes back
// to where the reader was.
type finding struct {
	of     *post
	seen   post
	prompt lineedit.Line
}

var findingKeys = []binding{
	hinted(on((*finding).accept, "enter", "find", "enter")),
}

func (f *finding) keys() []binding    { return findingKeys }
func (f *finding) title(e env) string { return f.of.title(e) }

// accept stays where the find is, and says which one it is and how to come to the others.
func (f *finding) accept(e env) move {
	if f.prompt.Text == "" {
		return move{kind: back}
	}
	n := len(page.Finds(f.seen.sheet(e).page.Lines, f.prompt.Text))
	if n == 0 {
		return move{kind: back, say: nowhere(f.prompt.Text)}
	}
	*f.of = f.seen
	return move{kind: back, say: fmt.Sprintf("%d of %d. n goes to the next, N to the one before.", f.seen.nth+1, n)}
}

func nowhere(text string) string { return "Nothing here says " + text }

func (f *finding) update(e env, msg tea.Msg) (move, tea.Cmd) {
	if !f.prompt.Edit(msg) {
		return move{kind: pass}, nil
	}
	f.seen = *f.of
	f.seen.find = f.prompt.Text
	s := f.seen.sheet(e)
	from := f.of.top(e, s) - len(s.head)
	for i, x := range page.Finds(s.page.Lines, f.prompt.Text) {
		if f.seen.nth = i; x[0].Line >= from {
			break
		}
	}
	if all := page.Finds(s.page.Lines, f.prompt.Text); len(all) > 0 {
		f.seen.show(e, s, all[f.seen.nth][0].Line)
	}
	return move{}, nil
}

func (f *finding) status(e env) string {
	if f.prompt.Text == "" {
		return ""
	}
	return fmt.Sprintf("%d found", len(page.Finds(f.seen.sheet(e).page.Lines, f.prompt.Text)))
}

func (f *finding) view(e env) []string {
	measure, margin := e.measure()
	lines := f.seen.view(e)
	for len(lines) < e.height {
		lines = append(lines, "")
	}
	if len(lines) > 0 {
		lines[len(lines)-1] = strings.Repeat(" ", margin) + prompt("/", &f.prompt, measure)
	}
	return lines
}
