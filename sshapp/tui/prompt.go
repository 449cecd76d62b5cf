package tui

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"postern/content/sanitize"
)

// A Prompt is a line that a reader types: any Unicode, without controls, at most maxTyped bytes. It is typed at its end.
type Prompt struct{ Text string }

// maxTyped bounds a prompt, in bytes: what the search looks at, and far more than fits on a line.
const maxTyped = 256

// Take takes what is typed or pasted, and reports whether it was for a prompt.
func (p *Prompt) Take(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		p.add(msg.Content)
		return true
	case tea.KeyPressMsg:
		switch {
		case msg.Text != "":
			p.add(msg.Text)
		case p.Text == "":
			return false
		case msg.String() == "backspace":
			p.Text = p.Text[:lastCluster(p.Text)]
		case msg.String() == "ctrl+u":
			p.Text = ""
		case msg.String() == "ctrl+w":
			p.Text = p.Text[:strings.LastIndexByte(strings.TrimRight(p.Text, " "), ' ')+1]
		default:
			return false
		}
		return true
	}
	return false
}

// add adds a character as a whole or not at all.
func (p *Prompt) add(s string) {
	s = strings.NewReplacer("\n", " ", "\t", " ").Replace(sanitize.Text(s))
	for len(s) > 0 {
		c, _ := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
		if len(p.Text)+len(c) > maxTyped {
			return
		}
		p.Text += c
		s = s[len(c):]
	}
}

// lastCluster returns where the last character of s begins, as readers count characters.
func lastCluster(s string) int {
	at := 0
	for rest := s; len(rest) > 0; {
		c, _ := ansi.FirstGraphemeCluster(rest, ansi.GraphemeWidth)
		at = len(s) - len(rest)
		rest = rest[len(c):]
	}
	return at
}

// line shows the prompt behind a label in at most n cells: the end of what is typed, and a cursor that doesn't blink.
func (p *Prompt) line(label string, n int) string {
	text := p.Text
	for width(text) > max(0, n-width(label)-1) && text != "" {
		c, _ := ansi.FirstGraphemeCluster(text, ansi.GraphemeWidth)
		text = text[len(c):]
	}
	return bold(label) + text + reverse(" ")
}
