package tui

import (
	tea "charm.land/bubbletea/v2"

	"postern/content"
	"postern/content/settings"
	"postern/sshapp/blog"
	"postern/sshapp/page"
	"postern/sshapp/page/theme"
	"postern/sshapp/phrase"
	"postern/sshapp/picture"
	"postern/sshapp/state"
)

// A screen is a list, a post, the help, and so on. It keeps only its own state, as names and positions: posts, pages and the
// size of the terminal arrive with each call as an env, so that an idle session holds none of them. A screen never sees the
// stack; it navigates by returning a move.
type screen interface {
	title(env) string                    // for the window's title; empty for the blog's own
	keys() []binding                     // App.press, the footer and the help all use this table
	update(env, tea.Msg) (move, tea.Cmd) // takes what no binding matched, such as text
	view(env) []string                   // at most env.height lines of at most env.width cells
	status(env) string                   // where the reader is, at the right of the footer; may be empty
}

// An env is what a screen can know in one call. It is made anew for each.
type env struct {
	width, height int // in cells, without the footer and the problems
	maxMeasure    int // the width of the column of text that the reader has chosen, in cells
	lang          string
	words         *phrase.Language // that the interface speaks
	host          settings.Host
	edition       *content.Edition
	pages         blog.Pages
	alone         picture.Box // of a picture that is shown alone, without its size; zero if none can be
	theme         *theme.Theme
	kept          *kept
	shared        *blog.Rows
	authoring     *blog.Authoring
	memory        *state.Memory // nil for a reader who has proved no key
	problemBar    []string      // the lines above the screen with its problems
}

// gutter is what stays free at the edges of a window: text that touches them is hard to read.
const gutter = 2

// measure returns the width of the column of text and the margin to its left, in cells. The margin centres the column, as far
// as the sidebar leaves room for that. It is the same on all screens, so that the column doesn't jump between them.
func (e env) measure() (measure, margin int) {
	inner := e.width
	if e.width >= page.MinMeasure+2*gutter {
		inner -= 2 * gutter
	}
	measure = min(max(inner, page.MinMeasure), e.maxMeasure, e.width)
	margin = (e.width - measure) / 2
	if e.hasSidebar(measure) {
		margin = min(margin, e.width-measure-sidebarGap-sidebarColumns)
	}
	return measure, margin
}

// A move tells the App what to do with the stack of screens, what to tell the reader, and what to copy. The zero move does
// nothing.
type move struct {
	kind   moveKind
	screen screen // for open and replace
	notice string // shown until a key is pressed
	copy   string // for the reader's clipboard
}

type moveKind int

const (
	stay moveKind = iota
	pass          // the screen doesn't use the message: try the App's keys
	back
	backAndPass // go back, and pass the key to the screen below
	open        // put a screen on top of this one
	replace     // put a screen in place of this one
)

func opening(s screen) move   { return move{kind: open, screen: s} }
func replacing(s screen) move { return move{kind: replace, screen: s} }

// notice shows a text, or a format and its arguments, in the reader's language.
func (e env) notice(text string, args ...any) move { return move{notice: e.words.Say(text, args...)} }

// backWith goes back to the screen below, and shows a notice there.
func (e env) backWith(text string, args ...any) move {
	return move{kind: back, notice: e.words.Say(text, args...)}
}

// listing returns the edition as this reader is shown it.
func (e env) listing() blog.Listing {
	return blog.Listing{Edition: e.edition, Lang: e.lang, Turn: e.pages.Turn, Memory: e.memory}
}
