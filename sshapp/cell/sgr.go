package cell

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// SGR sequences (ECMA-48, section 8.3.117). The screens around the text of a post use attributes and no colours, so that they
// suit every palette.
const (
	beginBold    = "\x1b[1m"
	BeginFaint   = "\x1b[2m"
	Reset        = "\x1b[m"
	beginReverse = "\x1b[7m"
	endReverse   = "\x1b[27m"
)

// Bold returns s in bold, and then resets all attributes. An empty s stays empty.
func Bold(s string) string { return styled(beginBold, s) }

// Faint returns s in faint, and then resets all attributes. An empty s stays empty.
func Faint(s string) string { return styled(BeginFaint, s) }

func styled(begin, s string) string {
	if s == "" {
		return ""
	}
	return begin + s + Reset
}

// Reverse returns s in reverse video. It changes no other attribute of the line.
func Reverse(s string) string { return beginReverse + s + endReverse }

// Highlight returns a line with spans of its text in reverse video. A span is two offsets in bytes of the text without escape
// sequences; the spans must be in ascending order. The line's own sequences keep their effect within a span.
func Highlight(line string, spans [][2]int) string {
	if len(spans) == 0 {
		return line
	}
	var b strings.Builder
	b.Grow(len(line) + 2*len(spans)*len(beginReverse+endReverse))
	at := 0 // in the text
	inside := false
	for state := byte(0); len(line) > 0; {
		seq, _, n, next := ansi.DecodeSequenceWc(line, state, nil)
		line, state = line[n:], next
		if seq[0] == 0x1b {
			b.WriteString(seq)
			if inside {
				b.WriteString(beginReverse) // the sequence may have ended it
			}
			continue
		}
		if inside && at >= spans[0][1] {
			inside, spans = false, spans[1:]
			b.WriteString(endReverse)
		}
		if !inside && len(spans) > 0 && at >= spans[0][0] {
			inside = true
			b.WriteString(beginReverse)
		}
		b.WriteString(seq)
		at += len(seq)
	}
	if inside {
		b.WriteString(endReverse)
	}
	return b.String()
}

// Overwrite returns a line with a label in reverse video over its text from an offset on, in bytes of the text without escape
// sequences. A label that begins behind the text is appended. If the label covers half of a wide character, a blank replaces the
// other half.
func Overwrite(line string, at int, label string) string {
	var b strings.Builder
	text, covered := 0, 0
	done := false
	for state := byte(0); len(line) > 0; {
		seq, w, n, next := ansi.DecodeSequenceWc(line, state, nil)
		line, state = line[n:], next
		if seq[0] == 0x1b {
			b.WriteString(seq)
			continue
		}
		if !done && text >= at {
			b.WriteString(Reverse(label))
			done, covered = true, LineWidth(label)
		}
		text += len(seq)
		if covered <= 0 {
			b.WriteString(seq)
			continue
		}
		if covered -= w; covered < 0 {
			b.WriteString(" ")
		}
	}
	if !done {
		b.WriteString(Reverse(label))
	}
	return b.String()
}

// WithoutLinks returns a line of a page without its hyperlinks (OSC 8), whose sequences must end with ST.
func WithoutLinks(line string) string {
	const begin, end = "\x1b]8;", "\x1b\\"
	for {
		before, rest, ok := strings.Cut(line, begin)
		if !ok {
			return line
		}
		_, after, _ := strings.Cut(rest, end)
		line = before + after
	}
}
