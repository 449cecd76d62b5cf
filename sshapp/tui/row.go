package tui

import (
	"fmt"
	"strings"
	"time"

	"postern/content"
)

// mark stands before what isn't under the cursor.
const mark = "  "

// marked shows whether lines are under the cursor, without colour.
func marked(lines []string, selected bool) []string {
	for i, s := range lines {
		if selected {
			lines[i] = "▌ " + s
		} else {
			lines[i] = mark + s
		}
	}
	return lines
}

// year returns the lines that part the years of a list before its ith post; none within a year, and none among hits,
// which are in no order of time.
func year(r rows, i int) []string {
	if len(r.hits) > 0 || i == 0 || len(r.posts[i].Day) < 4 || len(r.posts[i-1].Day) < 4 || r.posts[i].Day[:4] == r.posts[i-1].Day[:4] {
		return nil
	}
	return []string{mark + faint(r.posts[i].Day[:4]), ""}
}

// row sets the ith post: the date, the title, its tags, the reading time; the summary or what was found; a blank line.
func (r rows) row(i int, selected bool, measure int) []string {
	p := r.posts[i]
	inner := measure - len(mark)
	lead := ""
	if inner >= 40 {
		lead = strings.Repeat(" ", len(time.DateOnly)+2)
		if p.Day != "" {
			lead = p.Day + "  "
		}
	}
	room := inner - len(lead)
	title := p.Title
	facts := facts(p, room-width(title)-2)
	title = cut(title, room-width(facts)-1)
	if selected {
		title = bold(title)
	}
	lines := []string{faint(lead) + spread(title, faint(facts), room)}
	for _, s := range r.text(i, room) {
		lines = append(lines, strings.Repeat(" ", len(lead))+s)
	}
	return append(marked(lines, selected), "")
}

// text sets what a row says of its post: where the words were found, else the summary, on two lines at most.
func (r rows) text(i, room int) []string {
	if len(r.hits) > 0 {
		x := r.hits[i].Excerpt()
		if len(x.Marks) > 0 {
			return []string{excerpt(x, room)}
		}
	}
	lines := wrap(r.posts[i].Summary, room)
	for i := range lines {
		if i == 1 && len(lines) > 2 {
			lines[i] = cut(lines[i]+"…", room)
		}
		lines[i] = faint(lines[i])
	}
	return lines[:min(2, len(lines))]
}

// excerpt sets an excerpt on a line, so that the first find shows on it.
func excerpt(x content.Excerpt, room int) string {
	from := 0
	if first := x.Marks[0]; width(x.Text[:first[1]]) > room-1 {
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
	return cut(highlight(lead+x.Text[from:], spans), room)
}

// facts says what is known of a post in n cells: as many tags as fit before the reading time.
func facts(p *content.Post, n int) string {
	s := fmt.Sprintf("%d min", p.Minutes())
	switch {
	case p.Draft:
		s = "draft"
	case p.Time.After(time.Now()):
		s = "scheduled"
	}
	if n < width(s) && n < 12 {
		return ""
	}
	for _, t := range p.Tags {
		longer := "#" + slug(t) + "  " + s
		if strings.HasPrefix(s, "#") {
			longer = "#" + slug(t) + " " + s
		}
		if width(longer) > n {
			break
		}
		s = longer
	}
	return s
}
