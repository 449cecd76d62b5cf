package linear

// An aside is text to be read once, such as the help.
type aside struct {
	span
	title string
	lines []string
}

func (a *aside) name(env) string                           { return a.title }
func (a *aside) prompt() string                            { return a.remaining(a.title) }
func (a *aside) atEnd(env) string                          { return "That was all. Type back to return." }
func (a *aside) where(env) string                          { return a.rangeOf(a.title+", lines", 0) }
func (a *aside) transient() bool                           { return true }
func (a *aside) setSpoken(_ env, _ speech, from, next int) { a.span = span{from, next, len(a.lines)} }

func (a *aside) speech(env) speech {
	return speech{parts: len(a.lines), part: func(i int) []string { return a.lines[i : i+1] }}
}

func (a *aside) choose(t *Talk, n int) []string {
	t.leaveAsides()
	return t.place().choose(t, n)
}
