package blog

import (
	"postern/content/search"
	"postern/sshapp/cell"
)

// Excerpt returns an excerpt in one line of room cells. It begins where it must for the first match to show, and has one.
func Excerpt(x search.Snippet, room int) string {
	from := 0
	if first := x.Marks[0]; cell.LineWidth(x.Text[:first[1]]) > room-1 {
		from = max(0, first[0]-room/3)
		for from > 0 && from < first[0] && x.Text[from-1] != ' ' {
			from++
		}
	}
	spans := make([][2]int, 0, len(x.Marks))
	lead := ""
	if from > 0 {
		lead = "…"
	}
	for _, m := range x.Marks {
		spans = append(spans, [2]int{m[0] - from + len(lead), m[1] - from + len(lead)})
	}
	return cell.Cut(cell.Highlight(lead+x.Text[from:], spans), room)
}
