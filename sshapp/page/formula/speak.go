package formula

import (
	"strings"
	"unicode/utf8"

	"postern/sshapp/phrase"
)

// Speak returns a formula in the words of a language, as it is read to somebody: "the sum from i equals 1 to n of x sub i". It
// reports false if the formula has something that isn't known.
func Speak(source string, language *phrase.Language) (string, bool) {
	tree, ok := parse(source)
	if !ok {
		return "", false
	}
	s := speaker{language: language.Formulas()}
	s.node(tree)
	return s.text(), len(s.words) > 0
}

// A speaker puts nodes into words.
type speaker struct {
	language   *phrase.Language
	words      []string
	approaches bool // what is said is where a limit is taken: an arrow says what is approached
}

// say says a phrase in the language.
func (s *speaker) say(english string) { s.write(s.language.Say(english)) }

// write says words as they are.
func (s *speaker) write(words string) {
	if words != "" {
		s.words = append(s.words, words)
	}
}

// text returns what has been said, with no blank within parentheses and before commas.
func (s *speaker) text() string {
	return spokenBlanks.Replace(strings.Join(s.words, " "))
}

// decimalComma is a comma within a number, which has no blank behind it.
const decimalComma = ",\u2060"

var spokenBlanks = strings.NewReplacer(
	" "+decimalComma+" ", ",",
	" ,", ",", " ;", ";", " .", ".", " :", ":", "( ", "(", " )", ")", "[ ", "[", " ]", "]", "{ ", "{", " }", "}", " ،", "،", " ؛", "؛",
	" 、 ", "、", " 、", "、", "、 ", "、", " ， ", "，", " ，", "，", "， ", "，", "； ", "；", " ；", "；", "： ", "：",
)

// fill says a phrase with a node at each of its verbs, which are those of [fmt.Sprintf] for strings. Each node is said once, so what is
// said is no longer than the nodes are many.
func (s *speaker) fill(english string, nodes ...*node) {
	rest := s.language.Say(english)
	for next := 0; ; next++ {
		before, after, isVerb := strings.Cut(rest, "%")
		s.write(strings.TrimSpace(before))
		if !isVerb {
			return
		}
		if after[0] == '[' {
			next = int(after[1] - '1')
			after = after[len("[1]"):]
		}
		s.node(nodes[next])
		rest = after[len("s"):]
	}
}

// enclose says the first phrase with a node, and the second, which says where the node ends, unless that is a single symbol.
func (s *speaker) enclose(short, long string, n *node) {
	if !n.isSymbol() {
		short = long
	}
	s.fill(short, n)
}

func (s *speaker) node(n *node) {
	switch n.kind {
	case symbol:
		if n.isText && n.class == ordinary {
			s.write(strings.TrimSpace(n.text))
			return
		}
		s.symbol(n.text)
	case list:
		s.list(n.parts)
	case fraction:
		s.fraction(n.parts[0], n.parts[1])
	case binomial:
		choice := choicePhrases[n.open]
		if n.parts[1].isSymbol() {
			s.fill(choice.short, n.parts...)
		} else {
			s.fill(choice.long, n.parts...)
		}
	case root:
		s.root(n.parts[0], n.parts[1])
	case scripts:
		s.scripts(n)
	case accent:
		s.fill(accentPhrases[n.text], n.parts[0])
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
		s.write(s.language.Say("number %s", strings.Trim(n.text, "()")))
	}
}

func (s *speaker) symbol(text string) {
	if text == "→" && s.approaches {
		s.say("approaches")
		return
	}
	s.write(s.word(text))
}

// pause says a comma, unless there is a stop.
func (s *speaker) pause() {
	if n := len(s.words); n > 0 {
		if last, _ := utf8.DecodeLastRuneInString(s.words[n-1]); strings.ContainsRune(",;.:،؛、，；：", last) {
			return
		}
	}
	s.say(",")
}

// list says parts, and letters that stand beside each other one by one.
func (s *speaker) list(parts []*node) {
	for i, n := range parts {
		if n.kind == symbol && n.text == "−" && (i == 0 || !isBetween(parts[i-1].rightClass(), following(parts[i+1:]))) {
			s.say("negative")
			continue
		}
		if isDecimalComma(parts, i) {
			s.write(decimalComma)
			continue
		}
		s.node(n)
	}
}

// isDecimalComma reports whether a part is {,} between digits.
func isDecimalComma(parts []*node, i int) bool {
	if n := parts[i]; n.kind != list || n.single().text != "," || i == 0 || i == len(parts)-1 {
		return false
	}
	next := parts[i+1]
	if next.kind == scripts {
		next = next.parts[0]
	}
	return isNumber(parts[i-1]) && isNumber(next)
}

func isNumber(n *node) bool {
	return n.kind == symbol && n.text != "" && n.text[0] >= '0' && n.text[0] <= '9'
}

func (s *speaker) fraction(above, below *node) {
	switch {
	case !below.isSymbol():
		s.fill("the fraction %s over %s end of fraction", above, below)
	case !above.isSymbol():
		s.fill("the fraction %s over %s", above, below)
	default:
		s.fill("%s over %s", above, below)
	}
}

func (s *speaker) root(radicand, degree *node) {
	switch {
	case degree == nil:
		s.enclose("the square root of %s", "the square root of %s end of root", radicand)
	case degree.single().text == "3":
		s.enclose("the cube root of %s", "the cube root of %s end of root", radicand)
	case radicand.isSymbol():
		s.fill("the root of degree %s of %s", degree, radicand)
	default:
		s.fill("the root of degree %s of %s end of root", degree, radicand)
	}
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
				s.fill("(%s)", label)
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
		s.enclose("sub %s", "sub %s end of sub", sub)
	}
	if sup != nil {
		s.power(sup)
	}
}

// evaluation says what stands in front of a line, and where it is evaluated.
func (s *speaker) evaluation(n, from, to *node) {
	s.list(n.parts)
	switch {
	case from != nil && to != nil:
		s.fill("evaluated from %s to %s", from, to)
	case from != nil:
		s.fill("evaluated at %s", from)
	default:
		s.fill("evaluated up to %s", to)
	}
}

// power says a superscript.
func (s *speaker) power(n *node) {
	n = n.single()
	if n.kind == list && len(n.parts) > 1 && strings.HasPrefix(n.parts[0].text, "′") {
		s.symbol(n.parts[0].text)
		s.power(&node{kind: list, parts: n.parts[1:]})
		return
	}
	switch n.text {
	case "2":
		s.say("squared")
	case "3":
		s.say("cubed")
	case "⊤":
		s.say("transposed")
	case "′", "″", "‴", "∗", "+", "−", "†":
		s.symbol(n.text)
	case "∘":
		s.say("degrees")
	default:
		s.enclose("to the power of %s", "to the power of %s end of power", n)
	}
}

func (s *speaker) limits(base, sub, sup *node) {
	switch {
	case sub != nil && sup != nil:
		s.fill("the %s from %s to %s of", base, sub, sup)
	case sub != nil && strings.HasPrefix(base.text, "lim"):
		s.approaches = true
		s.fill("the %s as %s of", base, sub)
		s.approaches = false
	case sub != nil:
		s.fill("the %s over %s of", base, sub)
	case sup != nil:
		s.fill("the %s to %s of", base, sup)
	}
}

func (s *speaker) fenced(n *node) {
	if len(n.parts) == 1 {
		if inner := n.parts[0].single(); inner.kind == table {
			s.rows(inner, n.open)
			return
		}
		if fence, known := fencePhrases[n.open+n.shut]; known {
			s.enclose(fence.short, fence.long, n.parts[0])
			return
		}
	}
	s.symbol(n.open)
	for _, part := range n.parts {
		s.node(part)
	}
	s.symbol(n.shut)
}

// table says the rows of a table: as one, unless they are formulas below each other, or lines of a limit.
func (s *speaker) table(n *node) {
	if n.isAlignment || n.gap == 0 {
		s.cells(n, n.spokenRows())
		return
	}
	s.rows(n, "")
}

// rows says a table behind a delimiter, and where it begins and ends.
func (s *speaker) rows(n *node, delimiter string) {
	name, known := tablePhrases[delimiter]
	if !known {
		name = tablePhrases[""]
	}
	rows := n.spokenRows()
	s.write(s.language.Count(len(rows), name.one, name.other))
	s.cells(n, rows)
	s.say(",")
	s.say(name.end)
}

// spokenRows returns the rows of a table but for an empty one at its end.
func (n *node) spokenRows() []tableRow {
	last := len(n.rows) - 1
	if n.rows[last].isEmpty() {
		return n.rows[:last]
	}
	return n.rows
}

// cells says the cells of a table's rows.
func (s *speaker) cells(n *node, rows []tableRow) {
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
}
