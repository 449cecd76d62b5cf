package tui

import (
	"strings"

	"postern/content"
	"postern/sshapp/blog"
	"postern/sshapp/cell"
)

// cursorMark begins the lines of the row under the cursor, and shows without colours too. rowMark begins all other lines.
const (
	cursorMark = "▌ "
	rowMark    = "  "
)

// markRows puts cursorMark before the lines of a selected row, and rowMark before those of another. It changes lines.
func markRows(lines []string, selected bool) []string {
	mark := rowMark
	if selected {
		mark = cursorMark
	}
	for i, s := range lines {
		lines[i] = mark + s
	}
	return lines
}

// year returns the lines above post i if it is of another year than the post before it. Hits have no such lines, since they
// aren't in the order of their dates.
func (r rows) year(i int) []string {
	if len(r.hits) > 0 || i == 0 {
		return nil
	}
	year := yearOf(r.posts[i])
	switch {
	case year == "" || year == yearOf(r.posts[i-1]):
		return nil
	case r.short:
		return []string{rowMark + cell.Faint(year)}
	}
	return []string{rowMark + cell.Faint(year), ""}
}

// row returns the lines of post i: date, title, tags and reading time, or a right-to-left title at the right of them; the summary or the excerpt; a blank line. A short row is
// the first of them.
func (r rows) row(e env, i int, selected bool, measure int) []string {
	p := r.posts[i]
	inner := measure - len(rowMark)
	lead := ""
	if inner >= 40 {
		lead = leadBlanks
		if p.Day != "" {
			lead = p.Day + "  "
		}
	}
	room := inner - len(lead)
	facts := e.facts(p, room-cell.LineWidth(p.Title)-2)
	title, gap := cell.Cut(p.Title, room), ""
	if facts != "" {
		title = cell.Cut(p.Title, room-cell.LineWidth(facts)-1)
		gap = cell.Pad(title, room-cell.LineWidth(facts))
	}
	before := rowMark
	if selected {
		before = cursorMark
	}
	if selected || !r.short { // above a summary a title is a heading
		title = cell.Bold(title)
	}
	lines := make([]string, 1, 4)
	if cell.IsRightToLeft(p.Title + p.Summary) { // which decides for a title without letters
		lines[0] = before + cell.Faint(lead) + cell.Faint(facts) + leftToRight + cell.ToEnd(title, room-cell.LineWidth(facts))
	} else {
		lines[0] = before + cell.Faint(lead) + title + gap + cell.Faint(facts)
	}
	if r.short {
		return lines
	}
	return append(r.text(lines, i, room, before+leadBlanks[:len(lead)]), "")
}

// leftToRight keeps a terminal that reorders text from taking what is on both sides of it for one text.
const leftToRight = "\u200e"

// height returns how many lines row i has.
func (r rows) height(i, measure int) int {
	if r.short {
		return 1
	}
	if len(r.hits) > 0 && len(r.excerpt(i).Marks) > 0 {
		return 3
	}
	room := measure - len(rowMark)
	if room >= 40 {
		room -= len(leadBlanks)
	}
	n := 2
	first, second, _ := summary(r.posts[i], room)
	if first != "" {
		n++
	}
	if second != "" {
		n++
	}
	return n
}

// summary returns the first two lines of a summary, and whether there is more of it.
func summary(p *content.Post, room int) (first, second string, more bool) {
	first, rest := cell.WrapLine(p.Summary, room)
	second, rest = cell.WrapLine(rest, room)
	return first, second, rest != ""
}

// leadBlanks replace the date of a post without one.
const leadBlanks = "            "

// text appends the line of the excerpt, if words were found in the text, or else the summary, in at most two lines.
func (r rows) text(lines []string, i, room int, before string) []string {
	if len(r.hits) > 0 {
		x := r.excerpt(i)
		if len(x.Marks) > 0 {
			excerpt := blog.Excerpt(x, room)
			if cell.IsRightToLeft(x.Text) {
				excerpt = cell.ToEnd(excerpt, room)
			}
			return append(lines, before+excerpt)
		}
	}
	first, second, more := summary(r.posts[i], room)
	if more {
		second = cell.Cut(second+"…", room)
	}
	toEnd := cell.IsRightToLeft(first)
	for _, s := range [2]string{first, second} {
		if s != "" {
			if toEnd {
				s = cell.ToEnd(s, room)
			}
			lines = append(lines, before+s)
		}
	}
	return lines
}

// facts returns the tags of a post that fit into n cells, and its reading time. If readers don't see the post, its status,
// such as "draft", replaces the reading time, and is returned even if it doesn't fit.
func (e env) facts(p *content.Post, n int) string {
	s := string(e.edition.Status(p))
	switch {
	case s != "":
	case e.isSaved(p):
		s = "not published yet"
	default:
		s = e.listing().ReadingTime(p)
		if n < len(s) && n < 12 {
			return ""
		}
	}
	var b strings.Builder
	b.Grow(max(n, 0) + len(s))
	room := n - len(s) - 1
	for _, t := range p.Tags {
		t = blog.TagSlug(t)
		if room -= cell.LineWidth(t) + 2; room < 0 {
			break
		}
		b.WriteString("#")
		b.WriteString(t)
		b.WriteString(" ")
	}
	if b.Len() > 0 {
		b.WriteString(" ")
	}
	b.WriteString(s)
	return b.String()
}
