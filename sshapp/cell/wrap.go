package cell

import (
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Wrap breaks plain text into lines of at most n cells, as [LineWidth] counts them. It breaks at blanks, and in a word only if the
// word is wider than a line: behind a hyphen or a slash that the second half of the line has, but for addresses, whose hyphens
// would be taken for marks of the break. A line has at least one grapheme cluster, which may be wider than n. Empty text and n
// below 1 give no lines. The lines are parts of s, without blanks at their ends.
func Wrap(s string, n int) []string {
	if n < 1 {
		return nil
	}
	var lines []string
	for s != "" {
		var line string
		if line, s = WrapLine(s, n); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// WrapLine returns the first line that [Wrap] makes of s, and the rest of s.
func WrapLine(s string, n int) (line, rest string) {
	s = strings.TrimSpace(s)
	if s == "" || n < 1 {
		return "", ""
	}
	end := fitLine(s, n)
	if end < len(s) && s[end] != ' ' {
		if i := strings.LastIndexByte(s[:end], ' '); i > 0 {
			end = i
		} else if i := strings.LastIndexAny(s[:end], "-/"); i >= end/2 && !strings.Contains(s[:end], "://") {
			end = i + 1
		}
	}
	return strings.TrimRight(s[:end], " "), strings.TrimLeft(s[end:], " ")
}

// fitLine returns how many bytes of plain text, at least one character, fit into n cells as [LineWidth] counts them.
func fitLine(s string, n int) int {
	i := 0
	for i < len(s) && i < n && s[i] >= ' ' && s[i] <= '~' {
		i++
	}
	if i == len(s) || i == n && s[i] <= '~' {
		return i
	}
	i = max(0, i-1) // the last character may combine with what follows
	room := n - i
	for i < len(s) {
		c, _ := ansi.FirstGraphemeCluster(s[i:], ansi.WcWidth)
		if room -= LineWidth(c); room < 0 && i > 0 {
			break
		}
		i += len(c)
	}
	return i
}

// Shorten returns s, or its first most characters and an ellipsis if it has more. Characters are code points.
func Shorten(s string, most int) string {
	n := 0
	for i := range s {
		if n++; n > most {
			return s[:i] + "…"
		}
	}
	return s
}
