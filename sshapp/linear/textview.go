package linear

// An textView is a view of text to be read once, such as the help.
type textView struct {
	span
	title string
	lines []string
}

func (a *textView) name(env) string     { return a.title }
func (a *textView) prompt(e env) string { return a.remaining(e, a.title) }
func (a *textView) atEnd(e env) string  { return e.Words().Say("That was all. Type back to return.") }
func (a *textView) position(e env) string {
	return a.rangeOf(e, e.Words().Say("%s, lines", a.title), 0)
}
func (a *textView) transient() bool { return true }
func (a *textView) setPrinted(_ env, _ parts, from, next int) {
	a.span = span{from, next, len(a.lines)}
}

func (a *textView) parts(env) parts {
	return parts{count: len(a.lines), lines: func(i int) []string { return a.lines[i : i+1] }}
}

func (a *textView) choose(s *Session, n int) []string {
	s.closeTransient()
	return s.view().choose(s, n)
}
