package tui

import (
	"postern/sshapp/blog"
	"postern/sshapp/cell"
)

// helpText is the text of the help: a line for each key of a screen, made from its bindings. Of two bindings of a key, the first
// says what it does, since that one is asked first.
type helpText struct{}

func (helpText) lines(e env, about screen) []string {
	measure, _ := e.measure()
	var lines []string
	named := map[string]bool{}
	add := func(b binding) {
		if k := b.Help(); !named[k.Key] {
			named[k.Key] = true
			lines = append(lines, helpLine(e.words.Say(k.Key), e.words.Say(k.Desc), measure))
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
		lines = append(append(lines, ""), e.linearHint(measure)...)
	}
	return lines
}

// helpLine returns the line of a key, which stands before what it does.
func helpLine(key, desc string, measure int) string {
	const column = 8
	if cell.IsRightToLeft(desc) {
		return cell.SpreadToEnd(key, cell.ToEnd(cell.Faint(desc), measure-column), measure)
	}
	return key + cell.Pad(key, column) + cell.Faint(desc)
}

// linearHint says how to read line by line, without the screens. The command is on one line if the measure is wide enough.
func (e env) linearHint(measure int) []string {
	what := e.words.Say("To listen, line by line:")
	command := blog.LinearCommand(e.host)
	if whole := what + " " + command; cell.LineWidth(whole) <= measure {
		return []string{cell.CutToStart(whole, measure)}
	}
	return append(cell.WrapToStart(what, measure), cell.Wrap(command, measure)...)
}
