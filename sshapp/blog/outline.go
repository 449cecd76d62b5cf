package blog

import (
	"strings"

	"postern/content"
	"postern/content/language"
	"postern/sshapp/bidi"
	"postern/sshapp/cell"
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

// SetOutline returns a line of at most measure cells for each heading of a post: at the right, if that is right-to-left text. A note
// stands behind the heading at an index.
func SetOutline(p *content.Post, headings []page.Heading, measure, at int, note string) []string {
	lines := Outline(headings)
	for i, line := range lines {
		text := strings.TrimLeft(line, " ")
		indent := len(line) - len(text)
		if i == at {
			text += " " + cell.Faint(note)
		}
		if IsRightToLeft(p) {
			lines[i] = cell.ToEnd(cell.Cut(text, measure-indent), measure-indent)
		} else {
			lines[i] = cell.Cut(line[:indent]+text, measure)
		}
	}
	return lines
}

// IsRightToLeft reports whether a post's title stands at the right. The summary decides for a title without letters.
func IsRightToLeft(p *content.Post) bool { return IsRightToLeftIn(p, p.Title+p.Summary) }

// IsRightToLeftIn reports whether a text of a post stands at the right. If the post is in a right-to-left language, the text may begin
// with a word in Latin letters.
func IsRightToLeftIn(p *content.Post, text string) bool {
	return cell.IsRightToLeft(text) || language.IsRightToLeft(p.Language) && bidi.Has(text)
}
