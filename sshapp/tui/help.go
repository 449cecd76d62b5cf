package tui

import "strings"

// help is every key of a screen, out of the bindings themselves.
type help struct{}

func (help) lines(e env, of screen) []string {
	var lines []string
	add := func(b binding) {
		lines = append(lines, b.Help().Key+pad(b.Help().Key, 8)+faint(b.Help().Desc))
	}
	for _, b := range of.keys() {
		add(b)
	}
	for _, b := range e.appKeys() {
		add(b.binding)
	}
	if _, ok := of.(*list); ok {
		measure, _ := e.measure()
		lines = append(append(lines, ""), e.linearHint(measure)...)
	}
	return lines
}

// linearHint says how to read without these screens. A command stands on one line, if that can hold it.
func (e env) linearHint(measure int) []string {
	const what = "To listen, line by line:"
	command := "ssh -t" + strings.TrimPrefix(e.host.Command(""), "ssh") + " linear"
	if whole := what + " " + command; width(whole) <= measure {
		return []string{whole}
	}
	return append(wrap(what, measure), wrap(command, measure)...)
}
