package tui

import (
	tea "charm.land/bubbletea/v2"

	"postern/content"
	"postern/sshapp/blog"
	"postern/sshapp/page"
)

// A screen is one page of the blog: the list, a post, the help. It keeps only its own state, in names and positions, so
// that a session asleep holds neither content nor pages: sizes, posts and pages arrive with each call as an env. It
// never sees the stack; it navigates by returning a move.
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
	column        int // the widest measure that the reader wants
	lang          string
	host          content.Host
	edition       *content.Edition
	pages         *page.Cache
	theme         *page.Theme
	cache         *rowCache
	laidOut       *layout // the one that was laid out last for this env
	authoring     *blog.Authoring
	problemBar    []string // lines above the screen, taken off its height: what is wrong with what is on it
}

// measure is the width of the column that holds the text, and margin the blanks to its left that centre it, or bring it as
// near to the middle as the contents beside it let it be: on all screens alike, so that the column stays where it is.
func (e env) measure() (measure, margin int) {
	const gutter = 2 // text that touches the edge of its window is hard to read
	inner := e.width
	if e.width >= page.MinMeasure+2*gutter {
		inner -= 2 * gutter
	}
	measure = min(max(inner, page.MinMeasure), e.column, e.width)
	margin = (e.width - measure) / 2
	if e.hasSide(measure) {
		margin = min(margin, e.width-measure-sideGap-sideCols)
	}
	return measure, margin
}

// A move is what a screen wants to become of the stack, and what it wants to be said and copied. The zero move stays.
type move struct {
	kind   moveKind
	screen screen // for open and turn
	say    string // shown until a key is pressed
	copy   string // for the reader's clipboard
}

type moveKind int

const (
	stay moveKind = iota
	pass          // the screen had no use for the message: the App's own keys are next
	back
	backAndPass // back, and the key is for the screen below
	open        // on top of this screen
	replace     // in this screen's place
)

func opening(s screen) move   { return move{kind: open, screen: s} }
func replacing(s screen) move { return move{kind: replace, screen: s} }
func saying(s string) move    { return move{say: s} }

// listing returns the edition as this reader is shown it.
func (e env) listing() blog.Listing { return blog.Listing{Edition: e.edition, Lang: e.lang} }
