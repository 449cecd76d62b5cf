package tui

import "strings"

// footer returns the last line: what there is to say, or the few keys that matter, fewer when the terminal is narrow,
// and where the reader is.
func (a *App) footer(e env) string {
	measure, margin := e.measure()
	blanks := strings.Repeat(" ", margin)
	if a.notice != "" {
		return blanks + bold(cut(a.notice, measure))
	}
	status := a.top().status(e)
	return blanks + spread(a.hints(e, measure-width(status)-2), faint(status), measure)
}

// A textScreen is a screen that takes letters for text: the App's own don't work on it.
type textScreen interface{ takesText() }

func (*search) takesText()     {}
func (*findPrompt) takesText() {}
func (*links) takesText()      {}

// hints names keys until n cells are full.
func (a *App) hints(e env, n int) string {
	var b strings.Builder
	used := 0
	show := func(k binding) {
		h := k.Help()
		w := width(h.Key) + 1 + width(h.Desc)
		if used > 0 {
			w += 3
		}
		if !k.hint || used+w > n {
			return
		}
		if used > 0 {
			b.WriteString("   ")
		}
		b.WriteString(h.Key + " " + faint(h.Desc))
		used += w
	}
	for _, k := range a.top().keys() {
		show(k)
	}
	if len(a.stack) > 1 {
		show(backHint)
	}
	if _, ok := a.top().(textScreen); !ok {
		for _, k := range e.appKeys() {
			show(k.binding)
		}
	}
	return b.String()
}
