package tui

import "strings"

// The App's own keys, for whatever a screen has no use for.
var (
	helpKey = hinted(named("?", "help", "?"))
	backKey = named("esc", "back", "esc", "backspace", "left", "h")
	quitKey = hinted(named("q", "quit", "q", "ctrl+c"))
	appKeys = []binding{helpKey, backKey, quitKey}
)

// footer returns the last line: what the server has to say, or the few keys that matter, fewer when the terminal is
// narrow, and where the reader is.
func (a *App) footer(e env) string {
	measure, margin := e.measure()
	blanks := strings.Repeat(" ", margin)
	if a.notice != "" {
		return blanks + bold(cut(a.notice, measure))
	}
	status := a.top().status(e)
	return blanks + spread(a.hints(measure-width(status)-2), faint(status), measure)
}

// hints names keys until n cells are full.
func (a *App) hints(n int) string {
	var b strings.Builder
	used := 0
	show := func(bindings []binding) {
		for _, k := range bindings {
			h := k.Help()
			w := width(h.Key) + 1 + width(h.Desc)
			if used > 0 {
				w += 3
			}
			if !k.hint || used+w > n {
				continue
			}
			if used > 0 {
				b.WriteString("   ")
			}
			b.WriteString(h.Key + " " + faint(h.Desc))
			used += w
		}
	}
	show(a.top().keys())
	if len(a.stack) > 1 {
		show([]binding{hinted(backKey)})
	}
	show(appKeys)
	return b.String()
}
