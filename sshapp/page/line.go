package page

import (
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"
)

// visible counts the characters that a line shows, blanks not counted.
func visible(line string) int {
	n := 0
	for _, r := range ansi.Strip(line) {
		if !unicode.IsSpace(r) {
			n++
		}
	}
	return n
}

// trimLine takes the blanks off a line's end and cuts it to a width. It ends every style that it cuts off.
func trimLine(line string, width int) string {
	shown := strings.TrimRight(ansi.Strip(line), " ")
	if shown == "" {
		return ""
	}
	return ansi.Truncate(line, min(ansi.StringWidth(shown), width), "")
}
