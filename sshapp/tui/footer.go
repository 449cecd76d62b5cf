package tui

import (
	"strings"

	"postern/sshapp/cell"
)

// footer returns the last line: a notice, or else the hinted keys that fit and the status of the top screen.
func (a *App) footer(e env) string {
	measure, margin := e.measure()
	blanks := strings.Repeat(" ", margin)
	if a.notice != "" {
		return blanks + cell.Bold(cell.Cut(a.notice, measure))
	}
	status := a.top().status(e)
	return blanks + cell.Spread(a.hints(e, measure-cell.LineWidth(status)-2), cell.Faint(status), measure)
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
	if keys := a.top().keys(); len(keys) > 0 {
		want.keys = &keys[0]
	}
	have := &e.kept.hints
	if want.text = have.text; want != *have {
		want.text = a.makeHints(e, want)
		*have = want
	}
	return have.text
}

func (a *App) makeHints(e env, h footerHints) string {
	const hintGap = "   "
	var b strings.Builder
	b.Grow(2 * max(h.room, 0))
	used := 0
	show := func(k binding) {
		if !k.hinted {
			return
		}
		name, desc := e.words.Say(k.Help().Key), e.words.Say(k.Help().Desc)
		w := cell.LineWidth(name) + 1 + cell.LineWidth(desc)
		if used > 0 {
			w += len(hintGap)
		}
		if used+w > h.room {
			return
		}
		if used > 0 {
			b.WriteString(hintGap)
		}
		b.WriteString(name)
		b.WriteByte(' ')
		b.WriteString(cell.BeginFaint)
		b.WriteString(desc)
		b.WriteString(cell.Reset)
		used += w
	}
	for _, k := range a.top().keys() {
		show(k)
	}
	if h.canGoBack {
		show(backHint)
	}
	if !h.isTyping {
		for _, k := range e.appKeys() {
			show(k.binding)
		}
	}
	return b.String()
}
