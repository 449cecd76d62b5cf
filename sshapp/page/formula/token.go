package formula

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

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
		if c := p.source[p.at]; (c < '0' || c > '9') && !isPoint(p.source[p.at:]) {
			break
		}
		p.at++
	}
	return &node{text: alphabets[p.alphabet].write(p.source[begin:p.at])}
}

// repeating is what marks the digits of a number that repeat.
var repeating = regexp.MustCompile(`^\\(?:overline|bar|dot)(?:[^A-Za-z]|$)`)

// isPoint reports whether a text within a number begins with a point, and not with a full stop: digits follow, or those that repeat.
func isPoint(s string) bool {
	rest, found := strings.CutPrefix(s, ".")
	if !found || rest == "" {
		return false
	}
	return rest[0] >= '0' && rest[0] <= '9' || repeating.MatchString(rest)
}
