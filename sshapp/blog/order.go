package blog

import (
	"postern/content/settings"
	"postern/sshapp/state"
)

// An Order says whether right-to-left text is put in the order in which it is seen before it is sent to a reader's terminal, or left
// to that. What the reader chooses in a session counts most, and then what the terminal says of itself. A choice that is remembered,
// and after it the blog's setting, counts for a terminal that says nothing: readers have several, and a choice for one that says
// nothing must not spoil another that does.
type Order struct {
	Reorders, Known bool // whether the terminal reorders such text, and whether that is known

	chosen state.OrderSetting
	isNew  bool // the choice is of this session
}

// Visual reports whether text is put in the order in which it is seen.
func (o Order) Visual(s settings.Settings) bool {
	switch {
	case o.chosen != state.OrderAsBlogSays && (o.isNew || !o.Known):
		return o.chosen == state.Reordered
	case o.Known:
		return !o.Reorders
	}
	return s.RightToLeft == settings.Reorder
}

// Answer takes note of a terminal's answer to whether it reorders text. The first one counts.
func (o *Order) Answer(reorders bool) {
	if !o.Known {
		o.Reorders, o.Known = reorders, true
	}
}

// Recall takes over what the reader chose before.
func (o *Order) Recall(m *state.Memory) { o.chosen = m.Settings().Order }

// Toggle chooses what wasn't done. The choice is to be kept if the terminal has said nothing.
func (o *Order) Toggle(s settings.Settings) (chosen state.OrderSetting, keep bool) {
	chosen = state.Reordered
	if o.Visual(s) {
		chosen = state.LeftToTerminal
	}
	o.chosen, o.isNew = chosen, true
	return chosen, !o.Known
}
