package formula

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A parser reads TeX's source. Where it meets what it doesn't know it fails, and comes to the end at once.
type parser struct {
	source   string
	at       int
	depth    int
	alphabet string // that letters are written in; see alphabets
	failed   bool
	unknown  string // what made it fail, if that is a name
}

// parse returns a formula's tree. It reports false for one that isn't understood as a whole.
func parse(source string) (*node, bool) {
	if len(source) > maxSource || hasProse(source) {
		return nil, false
	}
	p := &parser{source: source}
	tree := p.rows(alignment("", 0))
	if p.at < len(p.source) {
		p.fail()
	}
	return tree, !p.failed
}

// Unknown returns what of a formula isn't known, such as "\nosuch" or "\begin{nosuch}"; "" if its names are. It reports whether it is prose
// between two dollars, and no formula.
func Unknown(source string) (name string, isProse bool) {
	if len(source) > maxSource || hasProse(source) {
		return "", true
	}
	p := &parser{source: source}
	p.rows(alignment("", 0))
	return p.unknown, false
}

// hasProse reports whether a source is text between two dollars that mean money or a shell's variables, such as "5 a day, or ". In
// mathematics no two words stand beside each other.
func hasProse(source string) bool {
	if strings.ContainsAny(source, `\^_{}=`) {
		return false
	}
	words := 0
	for _, w := range strings.Fields(source) {
		if len(strings.TrimFunc(w, unicode.IsLetter)) > 0 || len(w) < 3 {
			words = 0
		} else if words++; words == 2 {
			return true
		}
	}
	return false
}

// failFor gives up for a name.
func (p *parser) failFor(name string) *node {
	if !p.failed {
		p.unknown = name
	}
	return p.fail()
}

// fail gives up. It returns an empty node, so that its callers need no second way out.
func (p *parser) fail() *node {
	p.failed = true
	p.at = len(p.source)
	return &node{kind: list}
}

// enter counts a level of nesting, until leave is called.
func (p *parser) enter() {
	if p.depth++; p.depth > maxDepth {
		p.fail()
	}
}

func (p *parser) leave() { p.depth-- }

// skipBlanks passes over blanks and comments.
func (p *parser) skipBlanks() {
	for p.at < len(p.source) {
		switch c := p.source[p.at]; {
		case c == ' ' || c == '\n' || c == '\t':
			p.at++
		case c == '%':
			end := strings.IndexByte(p.source[p.at:], '\n')
			if end < 0 { // its line may have been joined to the next
				p.fail()
				return
			}
			p.at += end
		default:
			return
		}
	}
}

// peek returns the command that comes next, without its backslash, or else the character; "" at the end.
func (p *parser) peek() (token string, isCommand bool) {
	p.skipBlanks()
	rest := p.source[p.at:]
	if rest == "" {
		return "", false
	}
	if rest[0] != '\\' {
		_, size := utf8.DecodeRuneInString(rest)
		return rest[:size], false
	}
	n := 1
	for n < len(rest) && isASCIILetter(rest[n]) {
		n++
	}
	if n == 1 && len(rest) > 1 {
		_, size := utf8.DecodeRuneInString(rest[1:])
		n += size
	}
	return rest[1:n], true
}

func isASCIILetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

// accept passes over a character or a command, written with its backslash, if it comes next.
func (p *parser) accept(want string) bool {
	token, isCommand := p.peek()
	name, wantsCommand := strings.CutPrefix(want, `\`)
	if isCommand != wantsCommand || token != name || token == "" && !isCommand {
		return false
	}
	p.at += len(want)
	return true
}

// atStop reports whether what comes next ends a list.
func (p *parser) atStop() bool {
	token, isCommand := p.peek()
	if !isCommand {
		return token == "" || token == "}" || token == "&"
	}
	switch token {
	case `\`, "cr", "end", "right", "middle":
		return true
	}
	return false
}

// list parses up to the end of a group, a cell, or what else holds a list.
func (p *parser) list() *node { return p.listUntil("") }

// listUntil parses a list that a character ends, too; "" for none.
func (p *parser) listUntil(end string) *node {
	p.enter()
	defer p.leave()
	defer func(outer string) { p.alphabet = outer }(p.alphabet)
	n := &node{kind: list}
	for !p.atStop() {
		if end != "" && p.source[p.at:p.at+1] == end {
			break
		}
		if infix := p.infix(); infix != nil {
			rest := p.listUntil(end)
			infix.parts = []*node{n, rest}
			return &node{kind: list, parts: []*node{infix}}
		}
		if item := p.item(); item != nil {
			n.parts = append(n.parts, item)
		}
	}
	return n
}

// infix returns what a command such as \over makes of what stands before and behind it.
func (p *parser) infix() *node {
	switch {
	case p.accept(`\over`):
		return &node{kind: fraction, hasRule: true, class: quotient}
	case p.accept(`\atop`):
		return &node{kind: fraction, class: quotient}
	case p.accept(`\choose`):
		return &node{kind: binomial, open: "(", shut: ")"}
	case p.accept(`\brack`):
		return &node{kind: binomial, open: "[", shut: "]"}
	case p.accept(`\brace`):
		return &node{kind: binomial, open: "{", shut: "}"}
	}
	return nil
}

// item parses a part of a list with its scripts. It returns nil for what shows nothing.
func (p *parser) item() *node {
	var base *node
	if next, isCommand := p.peek(); isCommand || next != "^" && next != "_" && next != "'" {
		if base = p.atom(); base == nil || base.kind == space || base.kind == number {
			return base
		}
	} else {
		base = &node{kind: list}
	}
	n := &node{kind: scripts, class: base.class, parts: []*node{base, nil, nil}, limits: base.class == sum || base.kind == brace}
	for {
		switch {
		case p.accept(`\limits`):
			n.limits = true
		case p.accept(`\nolimits`):
			n.limits = false
		case p.accept("_") || p.acceptEscaped():
			n.parts[1] = p.addScript(n.parts[1], p.argument())
		case p.accept("^"):
			n.parts[2] = p.addScript(n.parts[2], p.argument())
		case p.accept("'"):
			prime := "′"
			for p.accept("'") {
				prime += "′"
			}
			n.parts[2] = p.addScript(n.parts[2], &node{text: prime})
		default:
			if n.parts[1] == nil && n.parts[2] == nil {
				if base.isText && base.class == sum {
					base.class = operator // without limits it is a function, such as max(a, b)
				}
				return base
			}
			return n
		}
	}
}

// acceptEscaped passes over the \_ of a subscript, which authors write whose Markdown takes an underscore for emphasis. Before more
// than one letter it is an underscore.
func (p *parser) acceptEscaped() bool {
	rest, escaped := strings.CutPrefix(p.source[p.at:], `\_`)
	if !escaped || rest == "" || rest[0] != '{' && len(rest) > 1 && isASCIILetter(rest[1]) {
		return false
	}
	p.at += len(`\_`)
	return true
}

// addScript puts a script behind one that is there already, which only primes may be.
func (p *parser) addScript(before, script *node) *node {
	if before == nil {
		return script
	}
	if !strings.HasPrefix(before.text, "′") && !strings.HasPrefix(script.text, "′") {
		return p.fail()
	}
	return &node{kind: list, parts: []*node{before, script}}
}

// argument parses what a command takes: a group, or else one character or command.
func (p *parser) argument() *node {
	if p.accept("{") {
		return p.rest("}")
	}
	if p.atStop() {
		return p.fail()
	}
	if c := p.source[p.at]; c >= '0' && c <= '9' {
		p.at++
		return &node{text: string(c)}
	}
	p.enter()
	defer p.leave()
	if n := p.atom(); n != nil {
		return n
	}
	return p.fail()
}

// rest parses a list up to its end.
func (p *parser) rest(end string) *node {
	n := p.listUntil(end)
	if !p.accept(end) {
		return p.fail()
	}
	return n
}

// optional returns the source of an argument in brackets; "" if there is none.
func (p *parser) optional() string {
	if !p.accept("[") {
		return ""
	}
	end := strings.IndexByte(p.source[p.at:], ']')
	if end < 0 {
		p.fail()
		return ""
	}
	inside := p.source[p.at : p.at+end]
	p.at += end + 1
	return inside
}

// name returns the source of an argument that is a name and no formula.
func (p *parser) name() string {
	if !p.accept("{") {
		p.fail()
		return ""
	}
	end := strings.IndexByte(p.source[p.at:], '}')
	if end < 0 {
		p.fail()
		return ""
	}
	inside := p.source[p.at : p.at+end]
	p.at += end + 1
	return strings.TrimSpace(inside)
}

// atom parses a part of a list without its scripts. It returns nil for what shows nothing.
func (p *parser) atom() *node {
	token, isCommand := p.peek()
	if isCommand {
		p.at += 1 + len(token)
		return p.command(token)
	}
	if token >= "0" && token <= "9" {
		return p.digits()
	}
	if word := leadingWord(p.source[p.at:]); word != "" {
		p.at += len(word)
		return &node{text: word, isText: true}
	}
	p.at += len(token)
	switch token {
	case "{":
		return p.rest("}")
	case "~":
		return &node{kind: space, cells: 1}
	case "$", "#", "}", "&", "":
		return p.fail()
	}
	if shown, known := characters()[token]; known {
		return &node{text: shown.text, class: shown.class}
	}
	return &node{text: alphabets[p.alphabet].write(token)}
}

// leadingWord returns the letters that a text begins with, of scripts in which none stands for a quantity, such as Chinese.
func leadingWord(s string) string {
	for i, r := range s {
		if r < 0x2e80 || !unicode.IsLetter(r) || r >= 0x1d400 && r < 0x1d800 {
			return s[:i]
		}
	}
	return s
}

// digits parses a number.
func (p *parser) digits() *node {
	begin := p.at
	for p.at < len(p.source) {
		c := p.source[p.at]
		point := c == '.' && p.at+1 < len(p.source) && p.source[p.at+1] >= '0' && p.source[p.at+1] <= '9'
		if (c < '0' || c > '9') && !point {
			break
		}
		p.at++
	}
	return &node{text: alphabets[p.alphabet].write(p.source[begin:p.at])}
}
