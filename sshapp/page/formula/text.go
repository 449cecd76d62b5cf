package formula

import "strings"

// words parses text that stands in a formula, such as that of \text. Formulas may stand in it between dollars.
func (p *parser) words() *node {
	if token, isCommand := p.peek(); !isCommand && token != "{" && token != "" {
		p.at += len(token)
		return &node{text: token, isText: true}
	}
	if !p.accept("{") {
		return p.fail()
	}
	p.enter()
	defer p.leave()
	all := &node{kind: list}
	var text strings.Builder
	flush := func() {
		if text.Len() > 0 {
			all.parts = append(all.parts, &node{text: text.String(), isText: true})
			text.Reset()
		}
	}
	for depth := 1; ; {
		if p.at == len(p.source) {
			return p.fail()
		}
		c := p.source[p.at]
		p.at++
		switch c {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				flush()
				if len(all.parts) == 1 {
					return all.parts[0]
				}
				return all
			}
		case '$':
			flush()
			all.parts = append(all.parts, p.rest("$"))
		case '\\':
			text.WriteString(p.escape())
		case '~', '\n', '\t':
			text.WriteByte(' ')
		default:
			text.WriteByte(c)
		}
	}
}

// escape returns what a backslash means in front of the next character of a text.
func (p *parser) escape() string {
	if p.at == len(p.source) || !strings.ContainsRune(`_%#&{}$ ,;`, rune(p.source[p.at])) {
		p.fail()
		return ""
	}
	c := p.source[p.at : p.at+1]
	p.at++
	if c == "," || c == ";" {
		return " "
	}
	return c
}
