package outline

import (
	"regexp"
	"strings"

	"postern/content/sanitize"
)

const (
	maxSummary = 200  // characters of a summary
	MaxLine    = 4096 // bytes of a line of Markdown that are read as plain text; more costs time, and nobody reads it
)

// Summary returns a text of Markdown as a summary: plain, one line, at most 200 characters.
func Summary(markdown string) string {
	text, _ := WithoutRemarks(markdown, false)
	return shorten(Plain(cutLong(text)))
}

// A paragraph collects lines of Markdown, so that what begins on one may end on the next.
type paragraph struct{ lines strings.Builder }

// add adds a line, unless there are enough for a summary.
func (p *paragraph) add(line string) {
	if p.lines.Len() < MaxLine {
		p.lines.WriteString(cutLong(withoutMarkers(line)))
		p.lines.WriteByte('\n')
	}
}

// flush adds the text of the lines to another one, if there are any, and forgets them.
func (p *paragraph) flush(to *strings.Builder, defined *definitions) {
	if p.lines.Len() == 0 {
		return
	}
	for line := range strings.Lines(withoutMarks(withoutBrackets(defined, p.lines.String()))) {
		if text := sanitize.Line(line); text != "" {
			addLine(to, text)
		}
	}
	p.lines.Reset()
}

// A firstParagraph collects the first paragraph of each kind of line.
type firstParagraph struct {
	defined *definitions
	open    [htmlLine + 1]paragraph
	text    [htmlLine + 1]strings.Builder
}

func (p *firstParagraph) add(k lineKind, line string) {
	if p.text[k].Len() == 0 {
		p.open[k].add(line)
	}
}

// end closes the paragraph of a kind. The next one is the first if it holds no text.
func (p *firstParagraph) end(k lineKind) { p.open[k].flush(&p.text[k], p.defined) }

// best returns the paragraph that serves best as a summary: prose, then what is quoted or listed, then the text within HTML.
func (p *firstParagraph) best() string {
	for _, k := range []lineKind{proseLine, quoteLine, listLine, htmlLine} {
		if p.end(k); p.text[k].Len() > 0 {
			return p.text[k].String()
		}
	}
	return ""
}

var markers = regexp.MustCompile(`^[ \t]*(?:>[ \t]*)*(?:\[![A-Za-z]+\][-+]?)?(?:(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t])?)?`)

// withoutMarkers returns a line without the markers of quotes, lists and alerts at its beginning.
func withoutMarkers(line string) string { return line[len(markers.FindString(line)):] }

// shortcut matches what may be a shortcut reference. A footnote's, such as [^1], is none.
var shortcut = regexp.MustCompile(`(?:^|[^\]\[!])(\[[^^\[\]][^\[\]]*\])(?:[^(\[:]|$)`)

// withoutBrackets takes the brackets off shortcut references such as [text] (CommonMark, section 6.3) that are defined. They may go on
// on the next line.
func withoutBrackets(defined *definitions, lines string) string {
	if strings.IndexByte(lines, '[') < 0 {
		return lines
	}
	var b strings.Builder
	done := 0
	for _, m := range shortcut.FindAllStringSubmatchIndex(lines, -1) {
		text := lines[m[2]:m[3]]
		if defined.has(strings.ReplaceAll(text, "\n", " ")) {
			b.WriteString(lines[done:m[2]] + text[1:len(text)-1])
			done = m[3]
		}
	}
	return b.String() + lines[done:]
}

// cutLong cuts a line that is longer than MaxLine.
func cutLong(line string) string {
	if len(line) <= MaxLine {
		return line
	}
	return strings.ToValidUTF8(line[:MaxLine], "")
}

// shorten cuts a text to maxSummary characters, at the end of a word if there is one in its second half.
func shorten(s string) string {
	n, last := 0, 0 // last is where the last character begins that there is room for, unless "…" takes its place
	for i := range s {
		if n++; n == maxSummary {
			last = i
		} else if n > maxSummary {
			break
		}
	}
	if n <= maxSummary {
		return s
	}
	cut := s[:last]
	if i := strings.LastIndexByte(cut, ' '); i > len(cut)/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:") + "…"
}
