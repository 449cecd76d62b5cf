package outline

import (
	"iter"
	"regexp"
	"strings"

	"postern/content/sanitize"
)

// A Line is a line of a body that has something to read.
type Line struct {
	Number int    // from 1
	Source string // in Markdown; of a heading or a footnote, only its text
	kind   lineKind
}

// Lines yields the lines of a body that readers may see, in order. Comments, the targets of references and the like are left out.
func Lines(body string) iter.Seq[Line] {
	return func(yield func(Line) bool) {
		s := scanner{rest: body}
		for {
			fence, number := s.fence, s.lines+1
			source, k, _, ok := s.next()
			if !ok {
				return
			}
			l := Line{number, source, k}
			switch {
			case k == blankLine, k == codeLine && s.fence != fence:
				continue
			case k == hiddenLine:
				if l = readHidden(l); l.Source == "" {
					continue
				}
			}
			if !yield(l) {
				return
			}
		}
	}
}

var (
	footnoteMark  = regexp.MustCompile(`^[ \t]*\[\^[^\]]+\]:`)
	containerMark = regexp.MustCompile(`^[ \t]*(?::{3,}|!!!|\?\?\?\+?)[ \t]*[\w-]*`)
)

// readHidden makes text of what a summary leaves out and readers see: footnotes, the titles of containers, the arguments of tags.
func readHidden(l Line) Line {
	t := strings.TrimSpace(l.Source)
	switch {
	case footnoteMark.MatchString(l.Source):
		l.kind, l.Source = proseLine, l.Source[len(footnoteMark.FindString(l.Source)):]
	case containerMark.MatchString(l.Source):
		l.kind, l.Source = proseLine, strings.Trim(l.Source[len(containerMark.FindString(l.Source)):], ` []"`)
	case strings.HasPrefix(t, "{{"), strings.HasPrefix(t, "{%"):
		l.kind = htmlLine
	default:
		l.Source = ""
	}
	return l
}

// Plain returns the line as plain text, as the func [Plain] does: without the markers of quotes, lists and alerts at its beginning,
// and with the descriptions of pictures. Code is as it is.
func (l Line) Plain() string {
	source := cutLong(l.Source)
	switch l.kind {
	case codeLine:
		return sanitize.Line(source)
	case tableLine:
		return plainRow(source)
	}
	whole := strings.ReplaceAll(withoutMarkers(source), "![", "[")
	for _, half := range []*regexp.Regexp{linkEnd, linkBegin} {
		whole = half.ReplaceAllString(whole, "$1")
	}
	if l.kind != htmlLine {
		return Plain(whole)
	}
	if text := Plain(openTag.ReplaceAllString(whole, "")); text != "" {
		return text
	}
	var values []string
	for _, m := range textAttribute.FindAllStringSubmatch(source, -1) {
		values = append(values, Plain(m[1]+m[2]))
	}
	return strings.Join(values, "; ")
}

// What a link over several lines, or the cut through a long line, leaves of it; likewise of a tag, or a component; the arguments of tags that are text.
var (
	linkEnd       = regexp.MustCompile(`^([^\[\]]*)\](?:\([^()\s]*\)|\[[^\[\]]*\])`)
	linkBegin     = regexp.MustCompile(`\[([^\[\]]*)(?:\]\([^()\s]*)?$`)
	openTag       = regexp.MustCompile(`</?[A-Z][\w.]*(?:\s[^<>]*)?>|<[A-Za-z][^<>]*$`)
	textAttribute = regexp.MustCompile(`\b(?:alt|caption|description|desc|label|name|summary|title)\s*=\s*(?:"([^"]*)"|'([^']*)')`)
)

// plainRow returns the cells of a table's row.
func plainRow(row string) string {
	var cells []string
	for cell := range strings.SplitSeq(strings.ReplaceAll(row, `\|`, "\x00"), "|") {
		if text := Plain(strings.ReplaceAll(cell, "\x00", `\|`)); text != "" {
			cells = append(cells, text)
		}
	}
	return strings.Join(cells, "; ")
}
