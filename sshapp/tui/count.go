package tui

import tea "charm.land/bubbletea/v2"

// A count is the number that is typed before a motion, as in 10j; 0 if there is none.
type count int

// maxCount bounds a count: more lines than a post has.
const maxCount = 99_999

// digit takes a digit, and reports whether the key was one. A zero begins no count.
func (c *count) digit(msg tea.Msg) bool {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok || len(k.Text) != 1 || k.Text[0] < '0' || k.Text[0] > '9' || *c == 0 && k.Text == "0" {
		return false
	}
	*c = min(*c*10+count(k.Text[0]-'0'), maxCount)
	return true
}

// update takes a digit. Any other key forgets the count, and is passed on.
func (c *count) update(msg tea.Msg) (move, tea.Cmd) {
	if c.digit(msg) {
		return move{}, nil
	}
	*c = 0
	return move{kind: pass}, nil
}

// take returns the count, or 1 if none was typed, and forgets it.
func (c *count) take() int {
	n := max(1, int(*c))
	*c = 0
	return n
}
