// Package outline finds what the body of a post says of itself: its title, headings, summary and number of words.
//
// It scans lines instead of parsing Markdown. Parsing ten thousand posts would take many times as long as reading them, and
// the trees would be thrown away. What must hold: the scan is linear in the bytes, and never wrong about where code begins
// and ends.
package outline

import (
	"regexp"
	"strings"

	"postern/content/sanitize"
)

// An Outline is what a body says of itself. All its texts are plain: without Markdown, and safe for a terminal.
type Outline struct {
	Title    string // the first heading of level 1; empty for none
	Headings string // the texts of all headings, each ended by a newline
	Summary  string // what stands before a mark such as <!-- more -->, else the first paragraph; at most 200 characters
	Words    int    // of the text, without code; a Chinese or Japanese character is three fifths of a word
	Empty    bool   // there is nothing to read at all
}

// moreMark matches the mark behind which a summary ends: <!-- more --> of Hugo and Jekyll, {/* truncate */} of Docusaurus.
var moreMark = regexp.MustCompile(`(?i)<!--[ \t]*(?:more|truncate)[ \t]*-->|\{/\*[ \t]*(?:more|truncate)[ \t]*\*/\}`)

// Scan reads a body.
func Scan(body string) Outline {
	o := Outline{Empty: true}
	defined := &definitions{body: body}
	first := firstParagraph{defined: defined}
	var before paragraph                 // of the teaser
	var teaser, headings strings.Builder // teaser is what stands before the mark
	marked, fifths := false, 0
	mayBeMarked := strings.Contains(body, "<!--") || strings.Contains(body, "{/*")
	s := scanner{rest: body}
	last := blankLine
	for line, k, level, ok := s.next(); ok; line, k, level, ok = s.next() {
		if k != last {
			first.end(min(last, htmlLine))
			before.flush(&teaser, defined)
		}
		last = k
		if mayBeMarked && !marked && k != codeLine && (strings.Contains(line, "<!--") || strings.Contains(line, "{/*")) {
			if at := moreMark.FindStringIndex(line); at != nil {
				marked = true
				before.flush(&teaser, defined)
				if k != hiddenLine {
					addLine(&teaser, Plain(cutLong(strings.TrimLeft(line[:at[0]], "> "))))
				}
			}
		}
		switch k {
		case blankLine, hiddenLine:
			continue
		case headingLine:
			text := Plain(cutLong(line))
			if level == 1 && o.Title == "" {
				o.Title = text
			}
			headings.WriteString(text)
			headings.WriteByte('\n')
			fifths += countWords(line)
		case codeLine:
		default:
			if mayBeMarked && !marked && teaser.Len() < 4*maxSummary && k != htmlLine && k != tableLine {
				before.add(line)
			}
			first.add(k, line)
			fifths += countWords(line)
		}
		o.Empty = false
	}
	o.Headings, o.Words = headings.String(), (fifths+2)/5
	if o.Summary = sanitize.Line(teaser.String()); !marked || o.Summary == "" {
		o.Summary = first.best()
	}
	o.Summary = shorten(o.Summary)
	return o
}
