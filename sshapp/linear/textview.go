package linear

// An textView is a view of text to be read once, such as the help.
type textView struct {
	span
	title string
	lines []string
}

func (a *textView) name(env) string     { return a.title }
func (a *textView) prompt() string      { return a.remaining(a.title) }
func (a *textView) atEnd(env) string    { return "That was all. Type back to return." }
func (a *textView) position(env) string { return a.rangeOf(a.title+", lines", 0) }
func (a *textView) transient() bool     { return true }
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
