package tui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// A binding ties keys to what they do on one screen. The tables of bindings are made once and shared by all sessions,
// so that a session holds none.
type binding struct {
	key.Binding
	hint bool // shown in the footer too, not only in the help
	do   func(screen, env) move
}

// bind makes a binding for screens of type S: what it does, the key that the help shows and what it says, and all keys
// that do it, by the names that Bubble Tea gives them.
func bind[S screen](do func(S, env) move, shown, desc string, keys ...string) binding {
	b := newBinding(shown, desc, keys...)
	b.do = func(s screen, e env) move { return do(s.(S), e) }
	return b
}

// newBinding makes a binding of the App's own, which does what the App does on it.
func newBinding(shown, desc string, keys ...string) binding {
	return binding{Binding: key.NewBinding(key.WithKeys(keys...), key.WithHelp(shown, desc))}
}

// hinted marks a binding as one of the few that matter most.
func hinted(b binding) binding {
	b.hint = true
	return b
}

// matches reports whether a key press is one of the binding's.
func (b binding) matches(press tea.KeyPressMsg) bool { return key.Matches(press, b.Binding) }
