package content

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"postern/content/sanitize"
)

// What a post says of itself (its first heading, its summary, its number of words) is found by a scan over its lines.
// Parsing ten thousand posts as Markdown would take many times as long as reading them, and the tree would be thrown
// away. What must hold: the scan is linear in the bytes, and it is never wrong about where code begins and ends.

// A kind is what a line of Markdown is part of.
type kind int

const (
	blank kind = iota
	heading
	prose
	list
	quote
	table
	code
	html
	aside // comments, imports, shortcodes on their own, link definitions, rules: what a reader never reads as text
)

// A scanner walks over a body and tells the kind of each line.
type scanner struct {
	cutter
	before kind   // of the line before
	fence  string // the mark of the code block that is open
	until  string // what ends the comment, script or style that is open
	module bool   // an import or export goes on, until the next blank line
}

// next returns the next line and its kind. Of a heading, the line is its text alone.
func (s *scanner) next() (l string, k kind, level int, ok bool) {
	l, ok = s.cutter.next()
	if !ok {
		return "", blank, 0, false
	}
	trimmed := strings.TrimSpace(l)
	k = s.kind(l, trimmed)
	if k == heading {
		l, level = atxText(trimmed)
	} else if k == prose && s.before != prose {
		if underline, n := s.peekUnderline(); n > 0 {
			l, k, level = trimmed, heading, underline
			s.cutter.next()
		}
	}
	s.before = k
	return l, k, level, true
}

func (s *scanner) peekUnderline() (level, length int) {
	peek := s.cutter
	l, ok := peek.next()
	if l = strings.TrimSpace(l); !ok || l == "" {
		return 0, 0
	}
	switch {
	case strings.Trim(l, "=") == "":
		return 1, len(l)
	case len(l) > 1 && strings.Trim(l, "-") == "":
		return 2, len(l)
	}
	return 0, 0
}

var (
	listMark   = regexp.MustCompile(`^(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)`)
	rule       = regexp.MustCompile(`^(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$`)
	definition = regexp.MustCompile(`^\[[^\]]+\]:[ \t]*\S`)
	esm        = regexp.MustCompile(`^(?:import[ \t]+(?:[\w{*'"].*)|export[ \t]+(?:const|let|var|default|function|async|class|\{|\*).*)$`)
	shortcode  = regexp.MustCompile(`^(?:\{%.*%\}|\{\{.*\}\}|\{/\*.*\*/\}|\{:.*\})$`)
	container  = regexp.MustCompile(`^(?::{3,}|!!!|\?\?\?|\[[Tt][Oo][Cc]\]|\[\[_?[Tt][Oo][Cc]_?\]\])`)
	blockTag   = regexp.MustCompile(`(?i)^</?(?:address|article|aside|audio|base|blockquote|body|button|canvas|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|img|input|legend|li|link|main|menu|menuitem|meta|nav|noframes|object|ol|optgroup|option|p|param|picture|section|source|summary|svg|table|tbody|td|tfoot|th|thead|title|tr|track|ul|video)(?:[\s/>]|$)`)
	component  = regexp.MustCompile(`^</?[A-Z][A-Za-z0-9.]+(?:[\s/>]|$)`)
	rawTag     = regexp.MustCompile(`(?i)^<(script|style|pre|textarea)(?:[\s>]|$)`)
)

func (s *scanner) kind(l, t string) kind {
	switch {
	case s.fence != "":
		if strings.HasPrefix(t, s.fence) && strings.Trim(t, s.fence[:1]) == "" {
			s.fence = ""
		}
		return code
	case s.until != "":
		if strings.Contains(strings.ToLower(t), s.until) {
			s.until = ""
		}
		return aside
	case t == "":
		s.module = false
		return blank
	case s.module:
		return aside
	case s.before == html:
		return html
	}
	if indent := len(l) - len(strings.TrimLeft(l, " ")); (indent >= 4 || l[0] == '\t') && (s.before == blank || s.before == code) {
		return code
	}
	switch t[0] {
	case '`', '~':
		if mark := t[:len(t)-len(strings.TrimLeft(t, t[:1]))]; len(mark) >= 3 && (t[0] == '~' || !strings.Contains(t[len(mark):], "`")) {
			s.fence = mark
			return code
		}
	case '#':
		if _, level := atxText(t); level > 0 {
			return heading
		}
	case '>':
		return quote
	case '|':
		return table
	case '<':
		return s.markup(t)
	case '-', '*', '+', '_', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		if rule.MatchString(t) {
			return aside
		}
		if listMark.MatchString(t) {
			return list
		}
	case '[':
		if definition.MatchString(t) || container.MatchString(t) {
			return aside
		}
	case '{':
		if shortcode.MatchString(t) {
			return aside
		}
	case ':', '!', '?':
		if container.MatchString(t) {
			return aside
		}
	case 'i', 'e':
		if s.before != prose && esm.MatchString(t) {
			s.module = true
			return aside
		}
	}
	if s.before == list || s.before == quote || s.before == table {
		return s.before
	}
	return prose
}

// markup tells the kind of a line that begins with <.
func (s *scanner) markup(t string) kind {
	if strings.HasPrefix(t, "<!--") {
		if !strings.Contains(t, "-->") {
			s.until = "-->"
		}
		return aside
	}
	if m := rawTag.FindStringSubmatch(t); m != nil {
		if end := "</" + strings.ToLower(m[1]); !strings.Contains(strings.ToLower(t), end) {
			s.until = end
		}
		return aside
	}
	if blockTag.MatchString(t) || component.MatchString(t) {
		return html
	}
	return prose
}

// atxText returns the text and the level of a heading such as "## Text ##"; level 0 means that it is none.
func atxText(t string) (text string, level int) {
	rest := strings.TrimLeft(t, "#")
	if level = len(t) - len(rest); level == 0 || level > 6 || rest != "" && rest[0] != ' ' && rest[0] != '\t' {
		return t, 0
	}
	text = strings.TrimSpace(rest)
	if cut := strings.TrimRight(text, "#"); cut == "" || strings.HasSuffix(cut, " ") {
		text = strings.TrimSpace(cut)
	}
	return text, level
}

// countWords counts in fifths, so that Chinese and Japanese, which have no spaces, can count by character: in the same
// minute people read 158 words or 255 characters of Chinese, 193 or 357 of Japanese (Trauzettel-Klosinski & Dietz 2012,
// https://doi.org/10.1167/iovs.11-8284), so a character is about three fifths of a word.
func countWords(s string) (fifths int) {
	in := false
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			i++
			switch {
			case c == ' ' || c == '\t':
				in = false
			case !in && (c|0x20 >= 'a' && c|0x20 <= 'z' || sanitize.IsDigit(c)):
				in = true
				fifths += 5
			}
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		switch {
		case isIdeograph(r):
			fifths += 3
			in = false
		case !in && unicode.IsLetter(r):
			in = true
			fifths += 5
		}
	}
	return fifths
}

func isIdeograph(r rune) bool {
	return r >= 0x3041 && r <= 0x30ff || r >= 0x3400 && r <= 0x9fff || r >= 0xf900 && r <= 0xfaff || r >= 0x20000 && r <= 0x3ffff
}
