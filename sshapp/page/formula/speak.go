package formula

import (
	"cmp"
	"fmt"
	"strings"
)

// Speak returns a formula in words, as it is read to somebody: "the sum from i equals 1 to n of x sub i". It reports false if the
// formula has something that isn't known.
func Speak(source string) (string, bool) {
	tree, ok := parse(source)
	if !ok {
		return "", false
	}
	var s speaker
	s.node(tree)
	return s.text(), len(s.words) > 0
}

// A speaker puts nodes into words.
type speaker struct{ words []string }

func (s *speaker) say(words ...string) {
	for _, w := range words {
		if w != "" {
			s.words = append(s.words, w)
		}
	}
}

// text returns what has been said, with no blank within parentheses and before commas.
func (s *speaker) text() string {
	return spokenBlanks.Replace(strings.Join(s.words, " "))
}

var spokenBlanks = strings.NewReplacer(" ,", ",", " ;", ";", " .", ".", " :", ":", "( ", "(", " )", ")", "[ ", "[", " ]", "]", "{ ", "{", " }", "}")

// aside says a node, and where it ends unless it is a single symbol.
func (s *speaker) aside(n *node, end string) {
	s.node(n)
	if n.single().kind != symbol {
		s.say("end of " + end)
	}
}

func (s *speaker) node(n *node) {
	switch n.kind {
	case symbol:
		if n.isText && n.class == ordinary {
			s.say(strings.TrimSpace(n.text))
			return
		}
		s.say(wordFor(n.text))
	case list:
		s.list(n.parts)
	case fraction:
		if n.parts[0].single().kind != symbol || n.parts[1].single().kind != symbol {
			s.say("the fraction")
		}
		s.node(n.parts[0])
		s.say("over")
		s.aside(n.parts[1], "fraction")
	case binomial:
		s.node(n.parts[0])
		s.say(choices[n.open])
		s.aside(n.parts[1], "choice")
	case root:
		s.root(n)
	case scripts:
		s.scripts(n)
	case accent:
		s.node(n.parts[0])
		s.say(spokenAccents[n.text])
	case brace, framed:
		s.node(n.parts[0])
	case fenced:
		s.fenced(n)
	case table:
		s.table(n)
	case space:
		if n.cells > 1 {
			s.pause()
		}
	case number:
		s.pause()
		s.say("number " + strings.Trim(n.text, "()"))
	}
}

// pause says a comma, unless there is a stop.
func (s *speaker) pause() {
	if n := len(s.words); n == 0 || !strings.ContainsAny(s.words[n-1][len(s.words[n-1])-1:], ",;.:") {
		s.say(",")
	}
}

// list says parts, and letters that stand beside each other one by one.
func (s *speaker) list(parts []*node) {
	for i, n := range parts {
		if n.kind == symbol && n.text == "−" && (i == 0 || !isBetween(parts[i-1].rightClass(), following(parts[i+1:]))) {
			s.say("minus")
			continue
		}
		s.node(n)
	}
}

func (s *speaker) root(n *node) {
	switch degree := n.parts[1]; {
	case degree == nil:
		s.say("the square root of")
	case degree.single().text == "3":
		s.say("the cube root of")
	default:
		s.say("the root of degree")
		s.node(degree)
		s.say("of")
	}
	s.aside(n.parts[0], "root")
}

// scripts says a base with its scripts, and what has limits with these.
func (s *speaker) scripts(n *node) {
	base, sub, sup := n.parts[0], n.parts[1], n.parts[2]
	switch {
	case base.class == sum:
		s.limits(base, sub, sup)
		return
	case base.kind == brace:
		s.node(base)
		for _, label := range n.parts[1:] {
			if label != nil {
				s.say("(")
				s.node(label)
				s.say(")")
			}
		}
		return
	}
	if base.kind == fenced && base.open == "" && base.shut == "|" {
		s.evaluation(base, sub, sup)
		return
	}
	s.node(base)
	if sup != nil && strings.HasPrefix(sup.text, "′") {
		s.power(sup)
		sup = nil
	}
	if sub != nil {
		s.say("sub")
		s.aside(sub, "sub")
	}
	if sup != nil {
		s.power(sup)
	}
}

// evaluation says what stands in front of a line, and where it is evaluated.
func (s *speaker) evaluation(n, from, to *node) {
	for _, part := range n.parts {
		s.node(part)
	}
	switch {
	case from != nil && to != nil:
		s.say("evaluated from")
		s.node(from)
		s.say("to")
		s.node(to)
	case from != nil:
		s.say("evaluated at")
		s.node(from)
	default:
		s.say("evaluated up to")
		s.node(to)
	}
}

// power says a superscript.
func (s *speaker) power(n *node) {
	n = n.single()
	if n.kind == list && len(n.parts) > 1 && strings.HasPrefix(n.parts[0].text, "′") {
		s.say(wordFor(n.parts[0].text))
		s.power(&node{kind: list, parts: n.parts[1:]})
		return
	}
	switch n.text {
	case "2":
		s.say("squared")
	case "3":
		s.say("cubed")
	case "′", "″", "‴", "∗", "+", "⊤", "†":
		s.say(wordFor(n.text))
	case "∘":
		s.say("degrees")
	default:
		s.say("to the power of")
		s.aside(n, "power")
	}
}

func (s *speaker) limits(base, sub, sup *node) {
	s.say("the")
	s.node(base)
	switch {
	case sub != nil && sup != nil:
		s.say("from")
		s.node(sub)
		s.say("to")
		s.node(sup)
	case sub != nil && base.text == "lim":
		s.say("as")
		s.node(sub)
	case sub != nil:
		s.say("over")
		s.node(sub)
	case sup != nil:
		s.say("to")
		s.node(sup)
	}
	s.say("of")
}

// spokenFences say what two delimiters mean.
var spokenFences = map[string]string{"||": "the absolute value of", "‖‖": "the norm of", "⌊⌋": "the floor of", "⌈⌉": "the ceiling of"}

func (s *speaker) fenced(n *node) {
	name, known := spokenFences[n.open+n.shut]
	if inner := n.parts[0].single(); len(n.parts) == 1 && inner.kind == table {
		s.rows(inner, cmp.Or(tableNames[n.open], "table"))
		return
	}
	if known {
		s.say(name)
		s.aside(n.parts[0], strings.TrimSuffix(strings.TrimPrefix(name, "the "), " of"))
		return
	}
	s.say(wordFor(n.open))
	for _, part := range n.parts {
		s.node(part)
	}
	s.say(wordFor(n.shut))
}

// tableNames say what a table is, by the delimiter in front of it.
var tableNames = map[string]string{"(": "matrix", "[": "matrix", "|": "determinant", "{": "choice"}

// table says the rows of a table: as one, unless they are formulas below each other, or lines of a limit.
func (s *speaker) table(n *node) {
	if n.isAlignment || n.gap == 0 {
		s.rows(n, "")
		return
	}
	s.rows(n, "table")
}

// rows says the rows of a table that has a name. One that has none isn't announced.
func (s *speaker) rows(n *node, name string) {
	rows := n.rows
	if last := rows[len(rows)-1]; last.isEmpty() {
		rows = rows[:len(rows)-1]
	}
	if name != "" {
		s.say(fmt.Sprintf("a %s of %d %s:", name, len(rows), map[bool]string{true: "row", false: "rows"}[len(rows) == 1]))
	}
	for i, r := range rows {
		if i > 0 {
			s.say(";")
		}
		for j, c := range r.cells {
			if j > 0 && !n.isAlignment {
				s.say(",")
			}
			if s.node(c); c.isEmpty() && !n.isAlignment {
				s.say("blank")
			}
		}
		if r.number != nil {
			s.node(r.number)
		}
	}
	if name != "" {
		s.say(", end of " + name)
	}
}

// spokenAccents have the words for marks.
var spokenAccents = map[string]string{
	"\u0302": "hat", "\u030c": "check", "\u0303": "tilde", "\u0301": "acute", "\u0300": "grave", "\u0307": "dot", "\u0308": "double dot", "\u20db": "triple dot", "\u0306": "breve",
	"\u0304": "bar", "\u20d7": "vector", "\u030a": "ring", "\u0305": "bar", "\u0332": "underlined", "\u20d6": "vector to the left", "\u20e1": "vector both ways",
	"\u0338": "struck out", "\u0336": "struck out",
}
