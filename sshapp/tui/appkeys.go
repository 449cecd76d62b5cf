package tui

import (
	"slices"

	tea "charm.land/bubbletea/v2"

	"postern/sshapp/blog"
	"postern/sshapp/page"
	"postern/sshapp/page/theme"
	"postern/sshapp/state"
)

// An appBinding ties keys to what the App does, on all screens that don't bind these keys themselves.
type appBinding struct {
	binding
	act func(*App) tea.Cmd

	// works reports whether the footer and the help name the binding; nil if they always do. Its key says why it does nothing.
	works    func(*blog.Authoring) bool
	isUrgent bool // the footer leaves it out only if nothing else can be
}

// appKeys are the App's bindings for readers.
var appKeys = []appBinding{
	{binding: newBinding("w", "narrower or wider text", "w"), act: (*App).nextMeasure},
	{binding: newBinding("T", "the next theme", "T"), act: (*App).nextTheme},
	{binding: newBinding("B", "bookmark, or a list of them", "B"), act: (*App).bookmark},
	{binding: newBinding("i", "pictures or captions", "i"), act: (*App).togglePictures},
	{binding: newBinding("m", "mouse wheel on or off", "m"), act: (*App).toggleMouse},
	{binding: newBinding("D", "right-to-left text reordered or not", "D"), act: (*App).toggleOrder},
	{binding: newBinding("L", "the next language", "L"), act: (*App).nextLanguage},
	{binding: hinted(newBinding("?", "help", "?")), act: (*App).help, isUrgent: true},
	{binding: newBinding("esc", "back", "esc", "backspace", "left", "h"), act: (*App).back},
	{binding: hinted(newBinding("q", "quit", "q", "ctrl+c")), act: (*App).quit},
}

// authorKeys are the App's bindings for authors.
var authorKeys = slices.Insert(slices.Clone(appKeys), 0,
	appBinding{binding: hinted(newBinding("e", "edit", "e")), act: (*App).edit, works: func(a *blog.Authoring) bool { return a.Edit != nil }, isUrgent: true},
	appBinding{binding: newBinding("!", "problems", "!"), act: (*App).showProblems},
	appBinding{binding: newBinding("H", "what was published", "H"), act: (*App).showHistory, works: func(a *blog.Authoring) bool { return a.History != nil }},
	appBinding{binding: newBinding("%", "how often posts are read", "%"), act: (*App).showStats, works: func(a *blog.Authoring) bool { return a.Reads != nil }})

func (e env) appKeys() []appBinding {
	if e.authoring == nil {
		return appKeys
	}
	return authorKeys
}

// offers reports whether the footer and the help may name a binding.
func (e env) offers(k appBinding) bool { return k.works == nil || k.works(e.authoring) }

var backHint = hinted(newBinding("esc", "back"))

func (a *App) help() tea.Cmd {
	return a.apply(opening(&pager{name: a.Words().Say("Keys"), below: a.top(), text: helpText{}}))
}
func (a *App) back() tea.Cmd { return a.apply(move{kind: back}) }

func (a *App) quit() tea.Cmd {
	a.quitting = true
	return tea.Quit
}

// measures are the widths of the column of text to choose from, in cells: the default, a narrow one that is easier to read,
// and a wide one for tables and code.
var measures = []int{page.MaxMeasure, 56, 100}

func (a *App) nextMeasure() tea.Cmd {
	a.measure = (a.measure + 1) % len(measures)
	a.keep(func(s *state.Settings) { s.Width = measures[a.measure] })
	a.say("The text is up to %d columns wide.", measures[a.measure])
	return nil
}

func (a *App) nextTheme() tea.Cmd {
	a.theme = (a.theme + 1) % len(a.themes())
	name := a.currentTheme().Name
	a.keep(func(s *state.Settings) {
		s.Theme = name
		if a.theme == 0 { // the blog's own, whose name may change
			s.Theme = ""
		}
	})
	a.say("Theme: %s", name)
	return nil
}

// themes returns the themes that the reader's terminal can show. The first is the default: the blog's own theme if the
// terminal has enough colours, else the theme of the terminal's palette, else the one without colours.
func (a *App) themes() []*theme.Theme { return a.appendThemes(nil) }

func (a *App) appendThemes(themes []*theme.Theme) []*theme.Theme {
	for _, t := range []*theme.Theme{a.blog.Theme(), theme.Terminal(), theme.Lookup("dark"), theme.Lookup("light"), theme.None()} {
		if t.Colors <= a.reader.Colors && !slices.Contains(themes, t) {
			themes = append(themes, t)
		}
	}
	return themes
}

// currentTheme returns the chosen theme. A change of the blog's own theme may have left fewer themes than there were at the
// choice.
func (a *App) currentTheme() *theme.Theme {
	var room [5]*theme.Theme // one of them is needed for each frame
	themes := a.appendThemes(room[:0])
	return themes[a.theme%len(themes)]
}

func (a *App) nextLanguage() tea.Cmd {
	edition := a.edition()
	if len(edition.Languages()) < 2 {
		a.say("This blog is in one language.")
		return nil
	}
	a.lang = blog.NextLanguage(edition, a.lang)
	a.say("Posts are listed in this language where they can be: %s", blog.LanguageName(a.Words(), a.lang, edition.Settings().Language))
	return nil
}

// Order returns who puts right-to-left text in the order in which it is seen.
func (a *App) Order() *blog.Order { return &a.reader.Order }

// Reorders reports whether such text is put in that order before it is sent to the terminal.
func (a *App) Reorders() bool { return a.reader.Order.Visual(a.edition().Settings()) }

func (a *App) toggleOrder() tea.Cmd {
	if chosen, keep := a.reader.Order.Toggle(a.edition().Settings()); keep {
		a.keep(func(s *state.Settings) { s.Order = chosen })
	}
	if a.Reorders() {
		a.say("Right-to-left text is reordered for your terminal.")
	} else {
		a.say("Right-to-left text is left to your terminal.")
	}
	return nil
}

func (a *App) toggleMouse() tea.Cmd {
	a.mouse = !a.mouse
	if a.mouse {
		a.say("The wheel scrolls. Hold shift to select text.")
	} else {
		a.say("The wheel is your terminal's again.")
	}
	return nil
}

// wheel presses up or down for a notch of the wheel: once in a list, three times in a post.
func (a *App) wheel(msg tea.MouseWheelMsg) {
	key := tea.KeyPressMsg{Code: tea.KeyDown}
	switch {
	case !a.mouse:
		return
	case msg.Button == tea.MouseWheelUp:
		key.Code = tea.KeyUp
	case msg.Button != tea.MouseWheelDown:
		return
	}
	lines := 1
	if _, ok := a.top().(*post); ok {
		lines = 3
	}
	for range lines {
		a.press(key)
	}
}
