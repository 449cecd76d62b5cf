package tui

import (
	"postern/sshapp/blog"
	"postern/sshapp/cell"
)

// helpText is the text of the help: a line for each key of a screen, made from its bindings. Of two bindings of a key, the first
// says what it does, since that one is asked first.
type helpText struct{}

func (helpText) lines(e env, about screen) []string {
	var lines []string
	named := map[string]bool{}
	add := func(b binding) {
		if k := b.Help(); !named[k.Key] {
			named[k.Key] = true
			name := e.words.Say(k.Key)
			lines = append(lines, name+cell.Pad(name, 8)+cell.Faint(e.words.Say(k.Desc)))
		}
	}
	for _, b := range about.keys() {
		add(b)
	}
	for _, b := range e.appKeys() {
		if e.offers(b) {
			add(b.binding)
		}
	}
	if _, ok := about.(*list); ok {
		measure, _ := e.measure()
		lines = append(append(lines, ""), e.linearHint(measure)...)
	}
	return lines
}

// linearHint says how to read line by line, without the screens. The command is on one line if the measure is wide enough.
func (e env) linearHint(measure int) []string {
	what := e.words.Say("To listen, line by line:")
	command := blog.LinearCommand(e.host)
	if whole := what + " " + command; cell.LineWidth(whole) <= measure {
		return []string{whole}
	}
	return append(cell.Wrap(what, measure), cell.Wrap(command, measure)...)
}
