// Package lineedit edits one line of text, for screens and for sessions that are read line by line.
package lineedit

import (
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"postern/content/sanitize"
)

// A Line is a line that a reader types: any Unicode without control characters, at most 256 bytes. It is edited only at its end.
// The zero Line is empty and ready to use.
type Line struct{ Text string }

// maxBytes is the length of the longest line: as much as a search uses, and more than a line of a terminal shows.
const maxBytes = 256

// Edit applies a key or a paste, and reports whether it has a meaning in a line.
func (l *Line) Edit(msg tea.Msg) bool {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		l.add(msg.Content)
		return true
	case tea.KeyPressMsg:
		switch {
		case msg.Text != "":
			l.add(msg.Text)
		case l.Text == "":
			return false
		case msg.String() == "backspace":
			l.Text = l.Text[:lastCluster(l.Text)]
		case msg.String() == "ctrl+u":
			l.Text = ""
		case msg.String() == "ctrl+w":
			l.Text = l.Text[:strings.LastIndexByte(strings.TrimRight(l.Text, " "), ' ')+1]
		default:
			return false
		}
		return true
	}
	return false
}

// add appends text up to maxBytes, and never a part of a grapheme cluster.
func (l *Line) add(s string) {
	s = strings.NewReplacer("\n", " ", "\t", " ").Replace(sanitize.Text(s))
	for len(s) > 0 {
		c, _ := ansi.FirstGraphemeCluster(s, ansi.GraphemeWidth)
		if len(l.Text)+len(c) > maxBytes {
			return
		}
		l.Text += c
		s = s[len(c):]
	}
}

// lastCluster returns the index of the last grapheme cluster in s.
func lastCluster(s string) int {
	at := 0
	for rest := s; len(rest) > 0; {
		c, _ := ansi.FirstGraphemeCluster(rest, ansi.GraphemeWidth)
		at = len(s) - len(rest)
		rest = rest[len(c):]
	}
	return at
}

// Tail returns as many grapheme clusters from the end of the line as fit into n cells, as the func width counts them.
func (l *Line) Tail(n int, width func(string) int) string {
	text := l.Text
	for text != "" && width(text) > n {
		c, _ := ansi.FirstGraphemeCluster(text, ansi.GraphemeWidth)
		text = text[len(c):]
	}
	return text
}
