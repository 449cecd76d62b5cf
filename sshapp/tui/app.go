// Package tui is what a reader sees: a stack of screens, what is on top being the state, under one [tea.Model]. It
// knows no SSH; a session, a preview and a test run the same App.
package tui

import (
	"strings"
	"time"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"postern/content"
	"postern/sshapp/page"
)

// A Blog is what all sessions share. It is safe for concurrent use, and nothing in it is held by an App between two
// messages: what is published shows at a reader's next key.
type Blog struct {
	Library func() *content.Library // the newest one; called often, and must be cheap
	Pages   *page.Cache
	Theme   *page.Theme // for terminals that can show it
}

// An App is one reader's place in a blog. It is a [tea.Model] and never waits: its commands, if any, return at once,
// so that a program that runs it can be ended at any time and the App be run on by another.
type App struct {
	blog          *Blog
	theme         *page.Theme
	width, height int // of the terminal, in cells; 0 until it is known
	stack         []screen
	notice        string   // a line from the server, shown in place of the footer until a key is pressed
	read          []string // the addresses of the posts that were opened, oldest first
	left          bool
}

// maxRead bounds how many addresses an App remembers.
const maxRead = 20

// New returns an App at the list of posts, in a theme; at is the address of a post to open on top of it, ignored if there is
// none of that name.
func New(blog *Blog, theme *page.Theme, at string) *App {
	a := &App{blog: blog, theme: theme, stack: []screen{&list{}}}
	if p, ok := a.edition().Find(at); ok {
		a.apply(opening(&post{slug: p.Slug}))
	}
	return a
}

// A NoticeMsg tells the reader something in a line.
type NoticeMsg string

// Left reports whether the reader has quit.
func (a *App) Left() bool { return a.left }

// Posts returns the addresses of the posts that the reader has opened, the first 20 of them.
func (a *App) Posts() []string { return a.read }

// Init implements [tea.Model].
func (a *App) Init() tea.Cmd { return nil }

// Update implements [tea.Model]. The App that it returns is the receiver.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		a.width, a.height = max(0, msg.Width), max(0, msg.Height)
		return a, nil
	case NoticeMsg:
		a.notice = string(msg)
		return a, nil
	case tea.KeyPressMsg:
		a.notice = ""
		return a, a.press(msg)
	case tea.PasteMsg:
		return a, a.offer(msg)
	}
	return a, nil
}

// press sends a key through the top screen's bindings, then its update, then the App's own bindings.
func (a *App) press(msg tea.KeyPressMsg) tea.Cmd {
	top := a.top()
	if b, ok := match(top.keys(), msg); ok {
		a.apply(b.do(top, a.env()))
		return nil
	}
	m, cmd := top.update(a.env(), msg)
	if m.kind != pass {
		a.apply(m)
		return cmd
	}
	switch {
	case key.Matches(msg, helpKey.Binding):
		a.apply(opening(&help{of: top}))
	case key.Matches(msg, backKey.Binding):
		a.apply(move{kind: back})
	case key.Matches(msg, quitKey.Binding):
		a.left = true
		return tea.Quit
	}
	return cmd
}

func (a *App) offer(msg tea.Msg) tea.Cmd {
	m, cmd := a.top().update(a.env(), msg)
	a.apply(m)
	return cmd
}

func (a *App) apply(m move) {
	switch m.kind {
	case back:
		if len(a.stack) > 1 {
			a.stack = a.stack[:len(a.stack)-1]
		}
	case open:
		a.stack = append(a.stack, m.screen)
		if p, ok := m.screen.(*post); ok && len(a.read) < maxRead {
			a.read = append(a.read, p.slug)
		}
	}
}

func (a *App) top() screen { return a.stack[len(a.stack)-1] }

func (a *App) edition() *content.Edition { return a.blog.Library().At(time.Now()) }

func (a *App) env() env {
	footer := 1
	if a.height >= 12 {
		footer = 2 // with a blank line above it
	}
	return env{width: a.width, height: max(0, a.height-footer), now: a.edition(), pages: a.blog.Pages, theme: a.theme}
}

// View implements [tea.Model].
func (a *App) View() tea.View {
	e := a.env()
	v := tea.NewView(strings.Join(a.lines(e), "\n"))
	v.AltScreen = true
	v.ForegroundColor, v.BackgroundColor = colour(a.theme.Foreground), colour(a.theme.Background)
	v.WindowTitle = e.now.Settings().Title
	if t := a.top().title(e); t != "" {
		v.WindowTitle = t + " – " + v.WindowTitle
	}
	return v
}

// lines returns exactly as many lines as the terminal has, none of them wider than it.
func (a *App) lines(e env) []string {
	if a.width == 0 || a.height == 0 {
		return nil
	}
	lines := a.top().view(e)
	lines = lines[:min(len(lines), e.height)]
	out := make([]string, a.height)
	for i, l := range lines {
		out[i] = cut(l, a.width)
	}
	out[a.height-1] = a.footer(e)
	return out
}
