package formula

import "strings"

// What commands take.

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

// arguments parses so many arguments.
func (p *parser) arguments(n int) []*node {
	all := make([]*node, n)
	for i := range all {
		all[i] = p.argument()
	}
	return all
}

// optionalList parses an argument in brackets; it returns nil if there is none.
func (p *parser) optionalList() *node {
	if !p.accept("[") {
		return nil
	}
	return p.rest("]")
}
