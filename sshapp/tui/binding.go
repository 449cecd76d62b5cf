package tui

import (
	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
)

// A binding ties keys to what they do on one screen. The tables of bindings are made once, and all sessions share them.
type binding struct {
	key.Binding
	hinted bool                   // the footer names it, and not the help alone
	hints  func(screen, env) bool // whether the footer names it now; nil if it always does
	do     func(screen, env) move
}

// bind makes a binding for screens of type S, which may be an interface. shown and desc are the key and the description in
// the help, in English; keys are the names of all its keys, as Bubble Tea spells them.
func bind[S screen](do func(S, env) move, shown, desc string, keys ...string) binding {
	b := newBinding(shown, desc, keys...)
	b.do = func(s screen, e env) move { return do(s.(S), e) }
	return b
}

// newBinding makes a binding that does nothing on a screen; see appBinding.
func newBinding(shown, desc string, keys ...string) binding {
	return binding{Binding: key.NewBinding(key.WithKeys(keys...), key.WithHelp(shown, desc))}
}

// hinted marks a binding to be shown in the footer too.
func hinted(b binding) binding {
	b.hinted = true
	return b
}

// hintedIf marks a binding to be shown in the footer too while there is something of what it is for.
func hintedIf[S screen](exists func(S, env) bool, b binding) binding {
	b.hints = func(s screen, e env) bool { return exists(s.(S), e) }
	return hinted(b)
}

// goBack closes the screen.
func goBack(screen, env) move { return move{kind: back} }

// matches reports whether a key of the binding was pressed.
func (b binding) matches(press tea.KeyPressMsg) bool { return key.Matches(press, b.Binding) }
