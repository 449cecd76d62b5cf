package outline

import (
	"regexp"
	"strings"
)

// A lineKind is what a line of Markdown is part of.
type lineKind int

const (
	blankLine lineKind = iota
	headingLine
	proseLine
	listLine
	quoteLine
	tableLine
	codeLine
	htmlLine
	hiddenLine // comments, imports, shortcodes on their own, link definitions, rules: what no reader sees as text
)

// A scanner walks over a body line by line and tells the kind of each line.
type scanner struct {
	rest   string   // of the body
	lines  int      // that were cut off it
	before lineKind // of the line before
	fence  string   // the mark of the code block that is open
	until  string   // what ends the comment, script or style that is open
	module bool     // an import or export is open, until the next blank line
}

// cut takes the next line off the rest, without its end. It is false at the end of the body.
func (s *scanner) cut() (line string, ok bool) {
	if s.rest == "" {
		return "", false
	}
	line, s.rest, _ = strings.Cut(s.rest, "\n")
	s.lines++
	return line, true
}

// next returns the next line and its kind. Of a heading, line is only the text, and level is from 1 to 6.
func (s *scanner) next() (line string, k lineKind, level int, ok bool) {
	line, ok = s.cut()
	if !ok {
		return "", blankLine, 0, false
	}
	trimmed := strings.TrimSpace(line)
	k = s.kind(line, trimmed)
	if k == headingLine {
		line, level = atxText(trimmed)
	} else if k == proseLine && s.before != proseLine {
		if underline := s.peekUnderline(); underline > 0 {
			line, k, level = trimmed, headingLine, underline
			s.cut()
		}
	}
	s.before = k
	return line, k, level, true
}

// peekUnderline returns the level of the heading that the next line would make of the line before it, or 0.
func (s *scanner) peekUnderline() (level int) {
	line, _, _ := strings.Cut(s.rest, "\n")
	line = strings.TrimSpace(line)
	switch {
	case line == "":
		return 0
	case strings.Trim(line, "=") == "":
		return 1
	case len(line) > 1 && strings.Trim(line, "-") == "":
		return 2
	}
	return 0
}

var (
	listMark   = regexp.MustCompile(`^(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)`)
	rule       = regexp.MustCompile(`^(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$`)
	definition = regexp.MustCompile(`^\[[^\]]+\]:[ \t]*\S`)
	esm        = regexp.MustCompile(`^(?:import[ \t]+(?:[\w{*'"].*)|export[ \t]+(?:const|let|var|default|function|async|class|\{|\*).*)$`)
	shortcode  = regexp.MustCompile(`^(?:\{%.*%\}|\{\{.*\}\}|\{/\*.*\*/\}|\{:.*\})$`)
	container  = regexp.MustCompile(`^(?::{3,}|!!!|\?\?\?|\[[Tt][Oo][Cc]\]|\[\[_?[Tt][Oo][Cc]_?\]\])`)
	component  = regexp.MustCompile(`^</?[A-Z][A-Za-z0-9.]+(?:[\s/>]|$)`)
	rawTag     = regexp.MustCompile(`(?i)^<(script|style|pre|textarea)(?:[\s>]|$)`)
)

// kind tells the kind of a line; t is the line without blanks around it.
func (s *scanner) kind(line, t string) lineKind {
	switch {
	case s.fence != "":
		if strings.HasPrefix(t, s.fence) && strings.Trim(t, s.fence[:1]) == "" {
			s.fence = ""
		}
		return codeLine
	case s.until != "":
		if strings.Contains(strings.ToLower(t), s.until) {
			s.until = ""
		}
		return hiddenLine
	case t == "":
		s.module = false
		return blankLine
	case s.module:
		return hiddenLine
	case s.before == htmlLine:
		return htmlLine
	}
	if indent := len(line) - len(strings.TrimLeft(line, " ")); (indent >= 4 || line[0] == '\t') && (s.before == blankLine || s.before == codeLine) {
		return codeLine
	}
	switch t[0] {
	case '`', '~':
		if mark := t[:len(t)-len(strings.TrimLeft(t, t[:1]))]; len(mark) >= 3 && (t[0] == '~' || !strings.Contains(t[len(mark):], "`")) {
			s.fence = mark
			return codeLine
		}
	case '#':
		if _, level := atxText(t); level > 0 {
			return headingLine
		}
	case '>':
		return quoteLine
	case '|':
		return tableLine
	case '<':
		return s.markup(t)
	case '-', '*', '+', '_', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		if rule.MatchString(t) {
			return hiddenLine
		}
		if listMark.MatchString(t) {
			return listLine
		}
	case '[':
		if definition.MatchString(t) || container.MatchString(t) {
			return hiddenLine
		}
	case '{':
		if shortcode.MatchString(t) {
			return hiddenLine
		}
	case ':', '!', '?':
		if container.MatchString(t) {
			return hiddenLine
		}
	case 'i', 'e':
		if s.before != proseLine && esm.MatchString(t) {
			s.module = true
			return hiddenLine
		}
	}
	if s.before == listLine || s.before == quoteLine || s.before == tableLine {
		return s.before
	}
	return proseLine
}

// markup tells the kind of a line that begins with <.
func (s *scanner) markup(t string) lineKind {
	if strings.HasPrefix(t, "<!--") {
		if !strings.Contains(t, "-->") {
			s.until = "-->"
		}
		return hiddenLine
	}
	if m := rawTag.FindStringSubmatch(t); m != nil {
		if end := "</" + strings.ToLower(m[1]); !strings.Contains(strings.ToLower(t), end) {
			s.until = end
		}
		return hiddenLine
	}
	if isBlockTag(t) || component.MatchString(t) {
		return htmlLine
	}
	return proseLine
}

// atxText returns the text and the level of an ATX heading such as "## Text ##" (CommonMark, section 4.2). The level of any
// other line is 0.
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
