package formula

import (
	"strings"
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
	tree, ok := parseAsIs(source)
	if plain := escapedBraces.Replace(source); !ok && plain != source {
		return parseAsIs(plain)
	}
	return tree, ok
}

// escapedBraces takes away the backslash that authors write in front of \{ and \} whose Markdown takes away one.
var escapedBraces = strings.NewReplacer(`\\{`, `\{`, `\\}`, `\}`)

func parseAsIs(source string) (*node, bool) {
	p := &parser{source: source}
	tree := p.rows(alignment("", 0))
	return tree, !p.failed && p.at == len(p.source)
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
			n.parts = paired(n.parts)
			infix.parts = []*node{n, rest}
			return &node{kind: list, parts: []*node{infix}}
		}
		if item := p.item(); item != nil {
			n.parts = append(n.parts, item)
		}
	}
	n.parts = paired(n.parts)
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
	switch rest := p.source[p.at:]; {
	case strings.HasPrefix(rest, "..."):
		p.at += len("...")
		return &node{text: "…"}
	case strings.HasPrefix(rest, ":="):
		p.at += len(":=")
		return &node{text: ":=", class: relation}
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
