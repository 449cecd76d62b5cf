package theme

// sgr has the parameters that set an attribute and take it back (ECMA-48, 8.3.117). Bold and faint are
// taken back together.
var sgr = [...]struct {
	Attributes
	on, off string
}{{Bold, "1", "22"}, {Faint, "2", "22"}, {Italic, "3", "23"}, {Underline, "4", "24"}, {Reverse, "7", "27"}, {Strikethrough, "9", "29"}}

// AppendChange appends the shortest sequence that turns the pen from one style to another.
func AppendChange(b []byte, from, to Style) []byte {
	if from == to {
		return b
	}
	if to == (Style{}) {
		return append(b, "\x1b[m"...)
	}
	change := parameters(nil, from, to)
	if from != (Style{}) {
		if fresh := parameters([]byte("0"), Style{}, to); len(fresh) < len(change) {
			change = fresh
		}
	}
	b = append(b, "\x1b["...)
	b = append(b, change...)
	return append(b, 'm')
}

func parameters(b []byte, from, to Style) []byte {
	add := func(p string) {
		if len(b) > 0 {
			b = append(b, ';')
		}
		b = append(b, p...)
	}
	gone := from.Attributes &^ to.Attributes
	have := from.Attributes &^ gone
	if gone&(Bold|Faint) != 0 {
		have &^= Bold | Faint
		gone = gone&^(Bold|Faint) | Bold
	}
	for _, a := range sgr {
		if gone&a.Attributes != 0 {
			add(a.off)
		}
	}
	for _, a := range sgr {
		if to.Attributes&^have&a.Attributes != 0 {
			add(a.on)
		}
	}
	if from.Foreground != to.Foreground {
		add(to.Foreground.parameter(30))
	}
	if from.Background != to.Background {
		add(to.Background.parameter(40))
	}
	return b
}
