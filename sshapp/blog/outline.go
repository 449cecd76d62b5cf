package blog

import (
	"strings"

	"postern/sshapp/page"
)

// Outline returns the text of each heading of a page, indented by its level below the highest heading.
func Outline(headings []page.Heading) []string {
	top := 6
	for _, h := range headings {
		top = min(top, h.Level)
	}
	lines := make([]string, len(headings))
	for i, h := range headings {
		lines[i] = strings.Repeat("  ", h.Level-top) + h.Text
	}
	return lines
}
