package outline

import (
	"html"
	"regexp"
	"strings"
	"unicode/utf8"

	"postern/content/sanitize"
)

// Plain returns a piece of Markdown as one line of plain text, as a summary, a heading or a search result shows it. It reads
// single lines, for places where a mark too many is a blemish and not a loss. What must hold: it is linear in the bytes, and
// returns no character that [sanitize.Text] replaces.
func Plain(s string) string { return sanitize.Line(withoutMarks(s)) }

// withoutMarks returns a piece of Markdown without its marks, with the line ends that it has.
func withoutMarks(s string) string {
	if !strings.ContainsAny(s, "\\`*_[]<>&{}~!=") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		i += writeSpan(&b, s, i)
	}
	return html.UnescapeString(b.String())
}

// writeSpan writes the text of what begins at s[i], and returns how many bytes of s it has read, at least 1.
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
		if end := indexNear(rest[len(mark):], mark); end >= 0 {
			b.WriteString(html.EscapeString(strings.TrimSpace(rest[len(mark) : len(mark)+end])))
			return 2*len(mark) + end
		}
		return len(mark)
	case '$':
		m := formula.FindString(rest[:min(len(rest), maxInline)])
		if m != "" && (i == 0 || !isWordByte(s[i-1])) && (len(m) == len(rest) || !isWordByte(rest[len(m)])) {
			b.WriteString(html.EscapeString(m))
			return len(m)
		}
	case '*', '~', '_':
		return writeDelimiters(b, s, i)
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
				if end := indexNear(rest, t[1]); end > 0 {
					return end + len(t[1])
				}
			}
		}
	}
	b.WriteByte(rest[0])
	return 1
}

// templates are the delimiters of what a template language or MDX replaces: expressions, tags, attributes, comments.
var templates = [][2]string{{"{{", "}}"}, {"{%", "%}"}, {"{:", "}"}, {"{#", "}"}, {"{/*", "*/}"}}

// maxInline bounds how far the end of anything inline is looked for, in bytes. Without it, the time for a line of brackets
// would grow with the square of its length.
const maxInline = 1024

// indexNear returns where end is in s, or -1 if it is not within maxInline bytes.
func indexNear(s, end string) int { return strings.Index(s[:min(len(s), maxInline)], end) }

// writeDelimiters leaves out a run of *, ~~ or _, unless it stands alone or within a word as _ may.
func writeDelimiters(b *strings.Builder, s string, i int) int {
	c := s[i]
	n := 1
	for i+n < len(s) && s[i+n] == c {
		n++
	}
	wordBefore, wordAfter := i > 0 && isWordByte(s[i-1]), i+n < len(s) && isWordByte(s[i+n])
	alone := (i == 0 || isBlank(s[i-1])) && (i+n == len(s) || isBlank(s[i+n]))
	if alone || c == '~' && n != 2 || c == '_' && wordBefore && wordAfter {
		b.WriteString(s[i : i+n])
	}
	return n
}

func isBlank(c byte) bool { return c == ' ' || c == '\n' }

// formula matches a formula within a text. It stays as it is written: what shows it sets it.
var formula = regexp.MustCompile(`^\$[^$\s](?:[^$]*[^$\s])?\$`)

// isWordByte reports whether c is an ASCII letter or digit, or a byte of a character beyond ASCII.
func isWordByte(c byte) bool { return isAlphanumeric(c) || c >= utf8.RuneSelf }

func isAlphanumeric(c byte) bool { return sanitize.IsDigit(c) || c|0x20 >= 'a' && c|0x20 <= 'z' }

var wikilink = regexp.MustCompile(`^!?\[\[([^\[\]|]*)(?:\|([^\[\]]*))?\]\]`)

// writeLink writes the text of the link that s begins with, and nothing of an image or a footnote's mark. It returns how many
// bytes of s it has read: 0 if there is none of these.
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
	end := indexClosing(s[start:], '[', ']')
	if end < 0 {
		return 0
	}
	text, n := s[start:start+end], start+end+1
	switch {
	case strings.HasPrefix(text, "^"):
		return n
	case strings.HasPrefix(s[n:], "("):
		e := indexClosing(s[n+1:], '(', ')')
		if e < 0 {
			return 0
		}
		n += e + 2
	case strings.HasPrefix(s[n:], "["):
		e := indexNear(s[n:], "]")
		if e < 0 {
			return 0
		}
		n += e + 1
	case !image:
		return 0
	}
	if !image {
		b.WriteString(html.EscapeString(withoutMarks(text)))
	}
	return n
}

// indexClosing returns where a bracket is closed that was opened before s, or -1 if not within maxInline bytes.
func indexClosing(s string, open, end byte) int {
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
	inlineTag = regexp.MustCompile(`^</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>`)
)

// writeTag leaves out the tag or comment that s begins with, or writes the address between angle brackets. It returns how many
// bytes of s it has read, or 0. A tag that HTML doesn't have is text that somebody forgot to escape.
func writeTag(b *strings.Builder, s string) int {
	s = s[:min(len(s), maxInline)]
	if strings.HasPrefix(s, "<!--") {
		if end := strings.Index(s, "-->"); end >= 0 {
			return end + 3
		}
		return 0
	}
	if m := autolink.FindStringSubmatch(s); m != nil {
		b.WriteString(html.EscapeString(m[1]))
		return len(m[0])
	}
	if Tag(s) == "" {
		return 0
	}
	return len(inlineTag.FindString(s))
}
