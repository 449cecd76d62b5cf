package content

import (
	stdhtml "html"
	"regexp"
	"strings"

	"postern/content/sanitize"
)

// plain returns the text of a piece of Markdown as one line, without its marks: what a summary, a heading or a search
// result shows. It is a reading of single lines, for places where a mark too many would be a blemish and not a loss.
// What must hold: it is linear, and no character comes out of it that [Clean] would not let through.
func plain(s string) string {
	if !strings.ContainsAny(s, "\\`*_[]<>&{}~!=") {
		return sanitize.Line(s)
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		n := writeSpan(&b, s, i)
		i += n
	}
	return sanitize.Line(stdhtml.UnescapeString(b.String()))
}

// writeSpan writes what begins at s[i], and returns how many bytes of s that was, at least 1.
func writeSpan(b *strings.Builder, s string, i int) int {
	rest := s[i:]
	switch c := rest[0]; c {
	case '\\':
		if len(rest) > 1 && strings.IndexByte("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", rest[1]) >= 0 {
			b.WriteByte(rest[1])
			return 2
		}
	case '`':
		mark := rest[:len(rest)-len(strings.TrimLeft(rest, "`"))]
		if end := within(rest[len(mark):], mark); end >= 0 {
			b.WriteString(stdhtml.EscapeString(strings.TrimSpace(rest[len(mark) : len(mark)+end])))
			return 2*len(mark) + end
		}
		return len(mark)
	case '*', '~', '_':
		return emphasis(b, s, i)
	case '!', '[':
		if n := writeLink(b, rest); n > 0 {
			return n
		}
	case '<':
		if n := writeTag(b, rest); n > 0 {
			return n
		}
	case '{':
		for _, t := range templates {
			if strings.HasPrefix(rest, t[0]) {
				if end := within(rest, t[1]); end > 0 {
					return end + len(t[1])
				}
			}
		}
	}
	b.WriteByte(rest[0])
	return 1
}

// templates are what stands in braces: expressions, tags, attributes, comments.
var templates = [][2]string{{"{{", "}}"}, {"{%", "%}"}, {"{:", "}"}, {"{#", "}"}, {"{/*", "*/}"}}

// maxInline bounds how far the end of anything inline is looked for, in bytes, so that a line of brackets costs no
// squares.
const maxInline = 1024

func within(s, end string) int { return strings.Index(s[:min(len(s), maxInline)], end) }

// emphasis drops * and ~~ at the edge of a word, and _ where no word goes on behind it.
func emphasis(b *strings.Builder, s string, i int) int {
	c := s[i]
	n := 1
	for i+n < len(s) && s[i+n] == c {
		n++
	}
	wordBefore, wordBehind := i > 0 && isWordByte(s[i-1]), i+n < len(s) && isWordByte(s[i+n])
	alone := (i == 0 || s[i-1] == ' ') && (i+n == len(s) || s[i+n] == ' ')
	if alone || c == '~' && n != 2 || c == '_' && wordBefore && wordBehind {
		b.WriteString(s[i : i+n])
	}
	return n
}

func isWordByte(c byte) bool {
	return sanitize.IsDigit(c) || c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0x80
}

var wikilink = regexp.MustCompile(`^!?\[\[([^\[\]|]*)(?:\|([^\[\]]*))?\]\]`)

// writeLink writes the text of a link; images and footnote marks are left out. It returns 0 where there is no link.
func writeLink(b *strings.Builder, s string) int {
	image := s[0] == '!'
	if image && !strings.HasPrefix(s, "![") {
		return 0
	}
	if m := wikilink.FindStringSubmatch(s[:min(len(s), maxInline)]); m != nil {
		if text := m[1]; !image {
			if m[2] != "" {
				text = m[2]
			}
			b.WriteString(text)
		}
		return len(m[0])
	}
	start := strings.IndexByte(s, '[') + 1
	end := closing(s[start:], '[', ']')
	if end < 0 {
		return 0
	}
	text, n := s[start:start+end], start+end+1
	switch {
	case strings.HasPrefix(text, "^"):
		return n
	case strings.HasPrefix(s[n:], "("):
		e := closing(s[n+1:], '(', ')')
		if e < 0 {
			return 0
		}
		n += e + 2
	case strings.HasPrefix(s[n:], "["):
		e := within(s[n:], "]")
		if e < 0 {
			return 0
		}
		n += e + 1
	case !image:
		return 0
	}
	if !image {
		b.WriteString(stdhtml.EscapeString(plain(text)))
	}
	return n
}

// closing returns where the bracket that is open already is closed, or -1.
func closing(s string, open, end byte) int {
	depth := 1
	for i := 0; i < len(s) && i < maxInline; i++ {
		switch s[i] {
		case '\\':
			i++
		case open:
			depth++
		case end:
			if depth--; depth == 0 {
				return i
			}
		}
	}
	return -1
}

var (
	autolink  = regexp.MustCompile(`^<((?:[A-Za-z][A-Za-z0-9+.-]+:|[^\s<>@]+@)[^\s<>]*)>`)
	inlineTag = regexp.MustCompile(`(?i)^</?(?:a|abbr|acronym|b|bdi|bdo|big|blockquote|br|button|cite|code|data|del|dfn|div|em|font|h[1-6]|hr|i|iframe|img|input|ins|kbd|label|li|mark|ol|p|picture|q|s|samp|small|source|span|strike|strong|sub|summary|details|sup|table|tbody|td|th|thead|time|tr|tt|u|ul|var|video|wbr)(?:\s[^<>]*)?/?>`)
)

// writeTag leaves a tag or a comment out, and writes the address between angle brackets. A tag that HTML doesn't know
// is text that someone forgot to escape.
func writeTag(b *strings.Builder, s string) int {
	s = s[:min(len(s), maxInline)]
	if strings.HasPrefix(s, "<!--") {
		if end := strings.Index(s, "-->"); end >= 0 {
			return end + 3
		}
		return 0
	}
	if m := autolink.FindStringSubmatch(s); m != nil {
		b.WriteString(stdhtml.EscapeString(m[1]))
		return len(m[0])
	}
	return len(inlineTag.FindString(s))
}
