package tui

import tea "charm.land/bubbletea/v2"

// A count is the number that is typed before a key that moves, as in 10j; 0 until a digit is typed.
type count int

// maxCount is more lines than a post has.
const maxCount = 99_999

// digit adds a digit, and reports whether the key was one. A count doesn't begin with 0.
func (c *count) digit(msg tea.Msg) bool {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok || len(k.Text) != 1 || k.Text[0] < '0' || k.Text[0] > '9' || *c == 0 && k.Text == "0" {
		return false
	}
	*c = min(*c*10+count(k.Text[0]-'0'), maxCount)
	return true
}

// update adds a digit. Any other key resets the count, and is passed on.
func (c *count) update(msg tea.Msg) (move, tea.Cmd) {
	if c.digit(msg) {
		return move{}, nil
	}
	*c = 0
	return move{kind: pass}, nil
}

// take returns the count, or 1 if none was typed, and resets it.
func (c *count) take() int {
	n := max(1, int(*c))
	*c = 0
	return n
}
