package diagram

import (
	"html"
	"regexp"
	"strings"

	"postern/sshapp/cell"
)

// labels reads texts, and breaks them into lines of at most so many cells.
type labels int

var (
	entity     = regexp.MustCompile(`#(?:[0-9]+|[a-z][a-z0-9]*);`) // as HTML's, but for the sign that they begin with
	lineEnd    = regexp.MustCompile(`(?i)\s*<br\s*/?>\s*|\\n|\s*\n\s*`)
	emphasis   = regexp.MustCompile(`(?:\*{1,2}|\b_{1,2})([^*_]+)(?:\*{1,2}|_{1,2}\b)`) // of a text between backticks
	icon       = regexp.MustCompile(`\bfa[bklrs]?:fa-[\w-]+\s*`)
	inlineTags = regexp.MustCompile(`(?i)</?(?:b|i|u|em|strong|code|small|sub|sup)>`)
)

// read returns the lines of a text in a diagram.
func (l labels) read(text string) []string {
	text = strings.TrimSpace(text)
	if len(text) > 1 && text[0] == '"' && text[len(text)-1] == '"' {
		text = strings.TrimSpace(text[1 : len(text)-1])
		if markdown, ok := strings.CutPrefix(text, "`"); ok {
			text = strings.TrimSuffix(emphasis.ReplaceAllString(markdown, "$1"), "`")
		}
	}
	if named := icon.ReplaceAllString(text, ""); named != "" {
		text = named
	}
	var lines []string
	for _, line := range lineEnd.Split(text, -1) {
		line = entity.ReplaceAllStringFunc(inlineTags.ReplaceAllString(line, ""), func(e string) string {
			if e[1] <= '9' {
				return "&" + e
			}
			return "&" + e[1:]
		})
		line = html.UnescapeString(line)
		lines = append(lines, cell.Wrap(line, int(l))...)
	}
	if len(lines) == 0 {
		return []string{""}
	}
	return lines
}

// widest returns the width of the widest of some lines.
func widest(lines []string) int {
	n := 0
	for _, line := range lines {
		n = max(n, cell.Width(line))
	}
	return n
}
