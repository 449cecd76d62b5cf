package tui

import (
	tea "charm.land/bubbletea/v2"

	"postern/content"
	"postern/sshapp/page"
)

// A screen is one page of the blog: the list, a post, the help. It keeps only its own state, in names and positions, so
// that a session asleep holds neither content nor pages: sizes, posts and pages arrive with each call as an env. It
// never sees the stack or another screen; it navigates by returning a move.
type screen interface {
	title(env) string                    // for the window's title; empty for the blog's own
	keys() []binding                     // the only place where a key is bound: dispatch, footer and help read it
	update(env, tea.Msg) (move, tea.Cmd) // what no key matched, such as text
	view(env) []string                   // at most env.height lines of at most env.width cells
	status(env) string                   // where the reader is, at the right of the footer; may be empty
}

// An env is what a screen may know of the world, made anew for each call.
type env struct {
	width, height int // in cells, the footer taken off
	now           *content.Edition
	pages         *page.Cache
	theme         *page.Theme
}

// measure is the width of the column that holds the text, and margin the blanks to its left that centre it.
func (e env) measure() (measure, margin int) {
	const gutter = 2 // text that touches the edge of its window is hard to read
	inner := e.width
	if e.width >= page.MinMeasure+2*gutter {
		inner -= 2 * gutter
	}
	measure = min(page.Measure(inner), e.width)
	return measure, (e.width - measure) / 2
}

// A move is what a screen wants to become of the stack. The zero move stays.
type move struct {
	kind   moveKind
	screen screen // for open
}

type moveKind int

const (
	stay moveKind = iota
	pass          // the screen had no use for the message: the App's own keys are next
	back
	open
)

func opening(s screen) move { return move{open, s} }
