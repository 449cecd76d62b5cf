// Package tui has the screens: a stack of them in one [tea.Model], of which the top one is shown. It knows nothing of SSH, so
// that sessions, previews and tests run the same App. Each screen has a file of its own, named after it.
package tui

import (
	"cmp"
	"image/color"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"

	"postern/content"
	"postern/sshapp/blog"
	"postern/sshapp/cell"
	"postern/sshapp/phrase"
	"postern/sshapp/picture"
	"postern/sshapp/state"
)

// An App is the [tea.Model] of one reader. It is not safe for concurrent use.
type App struct {
	blog          *blog.Blog
	reader        blog.Reader
	theme         int    // index into the result of themes
	measure       int    // index into measures
	lang          string // preferred by lists; empty for the blog's own
	width, height int    // of the terminal, in cells; 0 until it is known
	stack         []screen
	notice        string // shown instead of the footer until a key is pressed
	opened        blog.OpenedPosts
	quitting      bool
	mouse         bool // the wheel scrolls
	pictures      state.PictureSetting
	cell          picture.Cell // of the terminal, as its client tells it; zero if it doesn't
	kept          kept
	lastPlace     place   // that the reader's memory was told
	left          []place // where the reader has left posts in this session, the last one last; at most maxLeft
}

// maxStack is how many screens the stack holds. The oldest one above the list goes first.
const maxStack = 24

// New returns an App that shows the list of posts or, if target is not empty, a post above the list. A target is the address of a
// post, with or without "#" and the anchor of a heading. A notice tells the reader of an unknown heading, and of an address that
// is nearly one. Any other address is ignored.
func New(b *blog.Blog, reader blog.Reader, target string) *App {
	a := &App{blog: b, reader: reader, stack: []screen{&list{}}}
	edition := a.edition()
	a.lang = blog.ReaderLanguage(edition, reader.Lang)
	address, anchor, _ := strings.Cut(target, "#")
	if p, ok := edition.Find(address); ok {
		dest := newPost(edition, p)
		m := opening(dest)
		m.notice = dest.goToAnchor(a.env(), anchor)
		a.apply(m)
	} else {
		a.notice = blog.NearPost(edition, a.Words(), address)
	}
	a.recall()
	if reader.Memory != nil && !reader.Memory.Agreed() {
		a.apply(opening(&consent{}))
	}
	return a
}

// A NoticeMsg is a line that is shown to the reader until a key is pressed.
type NoticeMsg string

// HasQuit reports whether the reader has quit.
func (a *App) HasQuit() bool { return a.quitting }

// Posts returns the addresses of the posts that the reader has opened, at most the first 20.
func (a *App) Posts() []string { return a.opened }

// Reading returns the address of the post that is shown, and whether its reader has gone on to its end; an empty address if no post
// is shown.
func (a *App) Reading() (address string, end bool) {
	s, ok := a.top().(postScreen)
	if !ok {
		return "", false
	}
	p := s.shownPost()
	return p.address, p.ended
}

// DropCache frees what can be computed again. Call it when no input is expected for a while.
func (a *App) DropCache() {
	a.kept = kept{}
	if p := a.Pictures(); p != nil {
		p.Kitty.DropLines()
	}
}

// Init implements [tea.Model].
func (a *App) Init() tea.Cmd { return nil }

// Update implements [tea.Model]. The App that it returns is the receiver.
func (a *App) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	defer a.keepPlace()
	a.renewPictures(msg)
	switch msg := msg.(type) {
	case ClientCellMsg:
		a.cell = picture.Cell(msg)
	case tea.WindowSizeMsg:
		a.width, a.height = max(0, msg.Width), max(0, msg.Height)
	case NoticeMsg:
		a.notify(string(msg))
	case ChangedMsg:
		a.changed(msg)
	case tea.KeyPressMsg:
		a.notice = ""
		return a, a.press(msg)
	case tea.MouseWheelMsg:
		a.notice = ""
		a.wheel(msg)
	case tea.PasteMsg:
		return a, a.paste(msg)
	}
	return a, nil
}

// press sends a key through the top screen's bindings, then its update, then the App's own bindings.
func (a *App) press(msg tea.KeyPressMsg) tea.Cmd {
	top := a.top()
	for _, b := range top.keys() {
		if !b.matches(msg) {
			continue
		}
		if m := b.do(top, a.env()); m.kind != pass {
			return a.apply(m)
		}
	}
	m, cmd := top.update(a.env(), msg)
	if m.kind == backAndPass {
		a.apply(move{kind: back})
		return a.press(msg)
	}
	if m.kind != pass {
		return tea.Batch(a.apply(m), cmd)
	}
	for _, b := range a.env().appKeys() {
		if b.matches(msg) {
			return b.act(a)
		}
	}
	return cmd
}

// paste sends pasted text to the top screen.
func (a *App) paste(msg tea.Msg) tea.Cmd {
	m, cmd := a.top().update(a.env(), msg)
	return tea.Batch(a.apply(m), cmd)
}

// apply does what a screen asks for.
func (a *App) apply(m move) tea.Cmd {
	switch m.kind {
	case back:
		if len(a.stack) > 1 {
			a.leave(a.top())
			a.stack = slices.Delete(a.stack, len(a.stack)-1, len(a.stack))
		}
	case replace:
		a.leave(a.top())
		a.stack[len(a.stack)-1] = m.screen
		a.opens(m.screen)
	case open:
		if len(a.stack) == maxStack {
			a.stack = slices.Delete(a.stack, 1, 2)
		}
		a.stack = append(a.stack, m.screen)
		a.opens(m.screen)
	}
	if m.notice != "" {
		a.notice = m.notice
	}
	if m.copy != "" {
		return tea.SetClipboard(m.copy)
	}
	return nil
}

// notify shows a notice that the reader hasn't asked for. It closes a copyPrompt, whose keys the notice hides.
func (a *App) notify(s string) {
	if _, ok := a.top().(*copyPrompt); ok && s != "" {
		a.apply(move{kind: back})
	}
	a.notice = s
}

// say shows a text, or a format and its arguments, in the reader's language until a key is pressed.
func (a *App) say(text string, args ...any) { a.notice = a.Words().Say(text, args...) }

// Words returns the language that the interface speaks: that of the lists.
func (a *App) Words() *phrase.Language {
	return blog.Listing{Edition: a.edition(), Lang: a.lang}.Words()
}

// opens notes the address of a post that is opened, and goes to where its reader left it.
func (a *App) opens(s screen) {
	p, ok := s.(*post)
	if !ok {
		return
	}
	a.opened.Add(p.address)
	if p.width > 0 { // something has gone to a place in it
		return
	}
	if p.resume(a.env(), a.left) {
		a.say("Here you left. g goes to the beginning.")
		a.lastPlace = place{p.address, p.viewport} // it stays exact until the reader moves on
	}
}

func (a *App) top() screen { return a.stack[len(a.stack)-1] }

func (a *App) edition() *content.Edition { return a.blog.Edition() }

func (a *App) env() env {
	e := env{
		width:      cmp.Or(a.width, 80), // until it is known; a position stays valid when it changes
		height:     max(0, a.height-a.footerHeight()),
		maxMeasure: measures[a.measure], lang: a.lang, words: a.Words(), host: a.reader.Host,
		edition: a.edition(), pages: a.pages(), alone: a.alone(), theme: a.currentTheme(), kept: &a.kept, shared: a.blog.Rows, authoring: a.blog.Authoring,
	}
	a.kept.layout = layout{}
	e.memory = a.reader.Memory
	e.problemBar = e.problemLines(a.top())
	e.height -= len(e.problemBar)
	return e
}

// View implements [tea.Model].
func (a *App) View() tea.View {
	v, lines := a.Frame()
	v.Content = strings.Join(lines, "\n")
	return v
}

// Frame returns a view without its content, and the lines of that: exactly as many as the terminal has, none of them wider than
// it. A session draws lines, so it need not join them, which would take a third of the memory that a key takes.
func (a *App) Frame() (v tea.View, lines []string) {
	e := a.env()
	lines = a.lines(e)
	for i, l := range lines {
		lines[i] = e.theme.Fill(l, a.width)
	}
	v.AltScreen = true
	if a.mouse {
		v.MouseMode = tea.MouseModeCellMotion
	}
	v.ForegroundColor, v.BackgroundColor = colour(e.theme.Foreground), colour(e.theme.Background)
	v.WindowTitle = e.edition.Settings().Title
	if t := a.top().title(e); t != "" {
		v.WindowTitle = t + " – " + v.WindowTitle
	}
	return v, lines
}

// The smallest terminal that can show text, in cells.
const (
	minWidth  = 20
	minHeight = 5
)

// lines returns the lines of a frame.
func (a *App) lines(e env) []string {
	if a.width == 0 || a.height == 0 {
		return nil
	}
	out := make([]string, a.height)
	if a.width < minWidth || a.height < minHeight {
		small := cell.Wrap(e.words.Say("Too small to read in: this needs 20×5."), a.width)
		for i := range min(len(out), len(small)) {
			out[i] = cell.Cut(small[i], a.width)
		}
		return out
	}
	n := copy(out, e.problemBar)
	lines := a.top().view(e)
	copy(out[n:], lines[:min(len(lines), e.height)])
	for i, l := range out {
		out[i] = cell.Cut(l, a.width)
	}
	if a.notice == "" {
		out[a.height-1] = cell.Cut(a.footer(e), a.width)
		return out
	}
	notices := a.notices(e)
	for i, l := range notices {
		out[a.height-len(notices)+i] = cell.Cut(l, a.width)
	}
	return out
}

// footerHeight is how many lines are below a screen: a blank one above the last if there is room, which a long notice takes.
func (a *App) footerHeight() int {
	if a.height < 12 {
		return 1
	}
	return 2
}

// colour returns a theme's colour, nil for the terminal's own.
func colour(s string) color.Color {
	if s == "" {
		return nil
	}
	return lipgloss.Color(s)
}
