package tui

import (
	"slices"
	"strings"

	"postern/sshapp/bidi"
	"postern/sshapp/cell"
)

// notices returns the lines of a notice that the last lines of the screen have room for.
func (a *App) notices(e env) []string {
	measure, margin := e.measure()
	lines := cell.WrapToStart(a.notice, measure)
	if room := a.footerHeight(); len(lines) > room {
		lines = append(lines[:room-1], cell.CutToStart(strings.Join(lines[room-1:], " "), measure))
	}
	for i, l := range lines {
		lines[i] = cell.Bold(l)
	}
	return cell.Indent(lines, margin)
}

// footer returns the last line: the hinted keys that fit and the status of the top screen.
func (a *App) footer(e env) string {
	measure, margin := e.measure()
	status := a.top().status(e)
	return strings.Repeat(" ", margin) + cell.Spread(a.hints(e, measure-cell.LineWidth(status)-2), cell.Faint(status), measure)
}

// A typingScreen is a screen on which a letter is text, so that the App's keys don't work there.
type typingScreen interface{ takesText() }

func (*searchScreen) takesText() {}
func (*findPrompt) takesText()   {}
func (*links) takesText()        {}

var _ = []typingScreen{&searchScreen{}, &findPrompt{}, &links{}}

// hints returns the hinted keys that fit into n cells.
func (a *App) hints(e env, n int) string {
	_, isTyping := a.top().(typingScreen)
	want := footerHints{words: e.words, room: n, canGoBack: len(a.stack) > 1, isTyping: isTyping, authoring: e.authoring != nil}
	keys := a.top().keys()
	if len(keys) > 0 {
		want.keys = &keys[0]
	}
	for i := range keys {
		if k := &keys[i]; k.hints != nil && !k.hints(a.top(), e) {
			want.leftOut |= 1 << i
		}
	}
	have := &e.kept.hints
	if want.text = have.text; want != *have {
		want.text = a.makeHints(e, want)
		*have = want
	}
	return have.text
}

// A hint is what the footer says of a binding.
type hint struct {
	name, desc string
	isUrgent   bool // it is among the last to be left out
	fits       bool
}

// hintGap stands between two hints.
const hintGap = "   "

func (h hint) width() int { return cell.LineWidth(h.name) + 1 + cell.LineWidth(h.desc) + len(hintGap) }

// makeHints shows the hints that fit, in the order of the bindings. The last to be left out are the way back and the help, which a lost
// reader needs, and what an author is there for; of a prompt, its answers.
func (a *App) makeHints(e env, h footerHints) string {
	hints := make([]hint, 0, 16)
	add := func(k binding, isUrgent bool) {
		if k.hinted {
			hints = append(hints, hint{name: e.words.Say(k.Help().Key), desc: e.words.Say(k.Help().Desc), isUrgent: isUrgent})
		}
	}
	_, isPrompt := a.top().(*copyPrompt)
	for i, k := range a.top().keys() {
		if h.leftOut>>i&1 == 0 {
			add(k, isPrompt)
		}
	}
	if h.canGoBack {
		add(backHint, true)
	}
	if !h.isTyping {
		for _, k := range e.appKeys() {
			if e.offers(k) && !bindsKeyOf(a.top(), k.binding) {
				add(k.binding, k.isUrgent && !isPrompt)
			}
		}
	}
	room := h.room + len(hintGap)
	for _, isUrgent := range [...]bool{true, false} {
		for i, x := range hints {
			if w := x.width(); x.isUrgent == isUrgent && w <= room {
				hints[i].fits = true
				room -= w
			}
		}
	}
	var b strings.Builder
	b.Grow(2 * max(h.room, 0))
	for _, x := range hints {
		if !x.fits {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(hintGap)
		}
		if cell.IsRightToLeft(x.desc) { // a key is to the left of all of them
			b.WriteString(bidi.LeftToRight)
		}
		for _, part := range [...]string{x.name, " ", cell.BeginFaint, x.desc, cell.Reset} {
			b.WriteString(part)
		}
	}
	return b.String()
}

// bindsKeyOf reports whether a screen has its own use for the first key of a binding, as help has for "?".
func bindsKeyOf(s screen, b binding) bool {
	return slices.ContainsFunc(s.keys(), func(k binding) bool { return slices.Contains(k.Keys(), b.Keys()[0]) })
}
