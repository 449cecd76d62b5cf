package tui

import (
	"cmp"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"postern/content"
	"postern/sshapp/cell"
	"postern/sshapp/page"
)

// links shows a post while a link is chosen: each visible link has a label, and typing the label follows it.
type links struct {
	of    *post
	typed string
}

// A choice is a visible link, or a visible target of the ending.
type choice struct {
	label string
	line  int // of the screen
	at    int // in bytes of the line's text, without its escapes
	link  page.Link
	post  *content.Post
}

// letters are the letters of labels. Those of the home row come first.
const letters = "asdfghjklqwertyuiopzxcvbnm"

func (l *links) keys() []binding    { return nil } // every letter is a label
func (l *links) title(e env) string { return l.of.title(e) }
func (l *links) status(env) string  { return "type a link's letter" }

func (p *post) links(e env) move {
	if len(p.choices(e, p.layout(e))) == 0 {
		return saying("There is no link on this screen.")
	}
	return opening(&links{of: p})
}

// choices returns what can be chosen on the screen, in order, with labels of equal length.
func (p *post) choices(e env, s layout) []choice {
	top := p.top(e, s)
	var all []choice
	for _, link := range s.page.Links {
		c := choice{line: len(s.head) + link.Line - top, at: link.At, link: link}
		if c.line >= 0 && c.line < e.height {
			all = append(all, c)
		}
	}
	for i, t := range s.end.targets {
		line := len(s.head) + len(s.page.Lines) + endHead + i
		if line >= top && line < top+e.height {
			all = append(all, choice{line: line - top, at: endColumn, post: t.post})
		}
	}
	for i := range all {
		all[i].label = linkLabel(i, len(all))
	}
	return all
}

// linkLabel returns label i of n: one letter if there are enough of them, else two.
func linkLabel(i, n int) string {
	if n <= len(letters) {
		return letters[i : i+1]
	}
	i %= len(letters) * len(letters)
	return letters[i/len(letters):][:1] + letters[i%len(letters):][:1]
}

func (l *links) update(e env, msg tea.Msg) (move, tea.Cmd) {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok || k.Text == "" {
		return move{kind: pass}, nil
	}
	typed := l.typed + k.Text
	s := l.of.layout(e)
	for _, c := range l.of.choices(e, s) {
		if c.label == typed {
			return l.of.followLink(e, s, c), nil
		}
		if strings.HasPrefix(c.label, typed) {
			l.typed = typed
			return move{}, nil
		}
	}
	return move{kind: back, say: "No link is called " + cell.Cut(typed, 10)}, nil
}

func (l *links) view(e env) []string {
	s := l.of.layout(e)
	lines := l.of.window(e, s)
	for _, c := range slices.Backward(l.of.choices(e, s)) {
		lines[c.line] = cell.Overwrite(lines[c.line], c.at, c.label)
	}
	return l.of.framed(e, s, lines)
}

// followLink goes where a link leads. It replaces the screen of labels, so that esc returns to this line.
func (p *post) followLink(e env, s layout, c choice) move {
	if c.post != nil {
		return replacing(newPost(e.edition, c.post))
	}
	if c.link.Kind == page.LinkNote || c.link.Kind == page.LinkHeading {
		line, ok := s.page.Anchor(c.link.Target)
		switch {
		case !ok:
			return move{kind: back, say: "This link leads to no heading."}
		case strings.HasPrefix(c.link.Target, "#fn:"):
			return replacing(&footnote{of: p, name: c.link.Target, line: c.link.Line})
		}
		there := *p
		there.scrollTo(e, s, len(s.head)+line)
		return replacing(&there)
	}
	to := e.edition.Resolve(s.post, c.link.Target)
	switch {
	case to.Post != nil:
		there := newPost(e.edition, to.Post)
		m := replacing(there)
		m.say = there.goToAnchor(e, to.Anchor)
		return m
	case to.URL != "":
		m := replacing(&external{url: to.URL})
		m.say, m.copy = copied("the address"), to.URL
		return m
	}
	return move{kind: back, say: "This can't be shown here: " + cmp.Or(to.File, c.link.Target)}
}
