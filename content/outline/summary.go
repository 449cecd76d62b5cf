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

// A firstParagraph collects the first paragraph of each kind of line.
type firstParagraph struct {
	text [htmlLine + 1]strings.Builder
	done [htmlLine + 1]bool
}

func (p *firstParagraph) add(k lineKind, body, line string) {
	if p.done[k] || p.text[k].Len() > 4*maxSummary {
		return
	}
	if text := Plain(withoutBrackets(body, withoutMarkers(line))); text != "" {
		addLine(&p.text[k], text)
	}
}

// end closes the paragraph of a kind if it holds any text.
func (p *firstParagraph) end(k lineKind) { p.done[k] = p.done[k] || p.text[k].Len() > 0 }

// best returns the paragraph that serves best as a summary: prose, then what is quoted or listed, then the text within HTML.
func (p *firstParagraph) best() string {
	for _, k := range []lineKind{proseLine, quoteLine, listLine, htmlLine} {
		if s := sanitize.Line(p.text[k].String()); s != "" {
			return s
		}
	}
	return ""
}

var markers = regexp.MustCompile(`^[ \t]*(?:>[ \t]*)*(?:\[![A-Za-z]+\][-+]?)?(?:(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ xX]\][ \t])?)?`)

// withoutMarkers returns a line without the markers of quotes, lists and alerts at its beginning.
func withoutMarkers(line string) string { return line[len(markers.FindString(line)):] }

var shortcut = regexp.MustCompile(`(?:^|[^\]\[!])(\[[^\[\]]+\])(?:[^(\[:]|$)`)

// withoutBrackets takes the brackets off shortcut references such as [text] (CommonMark, section 6.3) that the body defines.
func withoutBrackets(body, line string) string {
	line = cutLong(line)
	if strings.IndexByte(line, '[') < 0 || !strings.Contains(body, "]:") {
		return line
	}
	const limit = 8 // of a line, since each costs a search through the body
	var b strings.Builder
	done := 0
	for _, m := range shortcut.FindAllStringSubmatchIndex(line, limit) {
		text := line[m[2]:m[3]]
		if label := text + ":"; strings.HasPrefix(body, label) || strings.Contains(body, "\n"+label) {
			b.WriteString(line[done:m[2]] + text[1:len(text)-1])
			done = m[3]
		}
	}
	return b.String() + line[done:]
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
