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

// rows are the posts of a list as it draws them.
type rows struct {
	blog.Filtered
	short bool // each row has one line
}

// filtered returns the posts of a filter.
func (e env) filtered(f blog.Filter) blog.Filtered { return e.kept.rows.Posts(e.listing(), f) }

// year returns the lines above post i if it is of another year than the post before it. Hits have no such lines, since they
// aren't in the order of their dates.
func (r rows) year(i int) []string {
	if len(r.Hits) > 0 || i == 0 {
		return nil
	}
	year := blog.YearOf(r.Posts[i])
	switch {
	case year == "" || year == blog.YearOf(r.Posts[i-1]):
		return nil
	case r.short:
		return []string{rowMark + cell.Faint(year)}
	}
	return []string{rowMark + cell.Faint(year), ""}
}

// row returns the lines of post i: date, title, tags and reading time, or a right-to-left title at the right of them; the summary or the
// excerpt; a blank line. A short row is the first of them. In others a long title takes a second line.
func (r rows) row(e env, i int, selected bool, measure int) []string {
	p := r.Posts[i]
	inner := measure - len(rowMark)
	lead := ""
	if inner >= 40 {
		lead = leadBlanks
		if p.Day != "" {
			lead = p.Day + "  "
		}
	}
	room := inner - len(lead)
	title, rest, facts, isHigh := r.title(e, p, room)
	before := rowMark
	if selected {
		before = cursorMark
	}
	isBold := selected || !r.short // above a summary a title is a heading
	lines := make([]string, 0, 4)
	begin := before + cell.Faint(lead)
	if isHigh {
		title = styledTitle(title, isBold)
		if blog.IsRightToLeft(p) {
			title = cell.ToEnd(title, room)
		}
		lines = append(lines, begin+title)
		begin, title = before+leadBlanks[:len(lead)], rest
	}
	lines = append(lines, begin+titleAndFacts(p, title, facts, room, isBold))
	if r.short {
		return lines
	}
	return append(r.text(e, lines, i, room, before+leadBlanks[:len(lead)], isHigh), "")
}

// title returns the title of a post, in two lines if it and the facts have no room on one of so many cells, and the facts for the last.
func (r rows) title(e env, p *content.Post, room int) (first, second, facts string, isHigh bool) {
	n := cell.LineWidth(p.Title)
	facts = e.facts(p, room-n-2)
	if r.short || facts != "" && n+2+cell.LineWidth(facts) <= room {
		return p.Title, "", facts, false
	}
	first, second = cell.WrapLine(p.Title, room)
	if i := strings.LastIndexByte(first, ' '); second == "" && i > 0 { // a word goes down to the facts
		first, second = first[:i], first[i+1:]
	}
	if blog.IsRightToLeft(p) {
		second = cell.AsRightToLeft(second)
	}
	return first, second, e.facts(p, room-cell.LineWidth(second)-2), true
}

// titleAndFacts returns the last line of a title, with the facts at its right, or at the left of a right-to-left one, if they fit.
func titleAndFacts(p *content.Post, title, facts string, room int, isBold bool) string {
	spread := cell.Spread
	if blog.IsRightToLeft(p) {
		spread = cell.SpreadToEnd
	}
	return spread(styledTitle(title, isBold), cell.Faint(facts), room)
}

func styledTitle(title string, isBold bool) string {
	if isBold && title != "" {
		return cell.Bold(title)
	}
	return title
}

// summary returns the first two lines of a summary, the second one empty below a title of two lines.
func (e env) summary(p *content.Post, room int, isHigh bool) (lines [2]string) {
	most := len(lines)
	if isHigh {
		most--
	}
	rest := e.listing().Summary(p)
	for i := range most {
		lines[i], rest = cell.WrapLine(rest, room)
	}
	if rest != "" {
		lines[most-1] = cell.Cut(lines[most-1]+"…", room)
	}
	return lines
}

// leadBlanks replace the date of a post without one.
const leadBlanks = "            "

// text appends the line of the excerpt, if words were found in the text, or else the summary.
func (r rows) text(e env, lines []string, i, room int, before string, isHigh bool) []string {
	if len(r.Hits) > 0 {
		x := r.Excerpt(i)
		if len(x.Marks) > 0 {
			excerpt := blog.Excerpt(x, room)
			if blog.IsRightToLeftIn(r.Posts[i], x.Text) {
				excerpt = cell.ToEnd(excerpt, room)
			}
			return append(lines, before+excerpt)
		}
	}
	text := e.summary(r.Posts[i], room, isHigh)
	toEnd := blog.IsRightToLeftIn(r.Posts[i], text[0])
	for _, s := range text {
		if s != "" {
			if toEnd {
				s = cell.ToEnd(cell.AsRightToLeft(s), room)
			}
			lines = append(lines, before+s)
		}
	}
	return lines
}

// A reading time is shown if so many cells are left for it.
const shortFacts = 12

// facts returns the tags of a post that fit into n cells, and its reading time. If readers don't see the post, its status,
// such as "draft", replaces the reading time, and is returned even if it doesn't fit.
func (e env) facts(p *content.Post, n int) string {
	s := e.authoring.Mark(e.edition, p)
	if s == "" {
		s = e.listing().ReadingTime(p)
		if n < len(s) && n < shortFacts {
			return ""
		}
	}
	var b strings.Builder
	b.Grow(max(n, 0) + len(s))
	room := n - len(s) - 1
	for _, t := range p.Tags {
		t = strings.ReplaceAll(t, " ", "-") // as in a query, which takes either case
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
