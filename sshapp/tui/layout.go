package tui

import (
	"slices"
	"strings"

	"postern/content"
	"postern/sshapp/blog"
	"postern/sshapp/cell"
	"postern/sshapp/page"
)

// A layout is a post laid out for one env: the lines of its header, of its page, and of what to read next.
type layout struct {
	post     *content.Post
	head     []string
	page     *page.Page
	readNext blog.ReadNext
	sidebar  []string // a line for each heading, if there is room
	width    int
	room     page.Room // beyond the text, so far as the page uses it
}

// newLayout lays a post out. If gone is true, a line above the text says that the post is no longer published.
func newLayout(e env, c *content.Post, gone bool) layout {
	measure, _ := e.measure()
	p := e.pages.Page(c, measure, e.theme)
	a := e.around(c, p, measure)
	s := layout{post: c, head: a.head, page: p, readNext: a.readNext, sidebar: a.sidebar, width: measure}
	if len(p.Pictures) > 0 || len(p.Wide) > 0 {
		s.room = e.pages.Room
	}
	if gone {
		s.head = append(slices.Clip(s.head), cell.Bold(cell.CutToStart(e.words.Say(blog.Unpublished), measure)), "")
	}
	return s
}

func (s layout) lines() int { return len(s.head) + len(s.page.Lines) + s.readNext.Height() }

// line returns line i of the layout.
func (s layout) line(i int) string {
	if i < len(s.head) {
		return s.head[i]
	}
	i -= len(s.head)
	if i < len(s.page.Lines) {
		return s.page.Lines[i]
	}
	return s.readNext.Line(i-len(s.page.Lines), s.width)
}

// indent puts the lines of a window, which begins at line top of the layout, where they stand on the screen. What is wider than the text
// begins to the left of it.
func (s layout) indent(e env, top int, lines []string) []string {
	_, margin := e.measure()
	if len(s.page.Wide) == 0 {
		return e.kept.window.place(lines, top, margin)
	}
	indented := make([]string, 0, len(lines))
	at := 0
	for _, w := range s.page.Wide {
		first, last := len(s.head)+w.First-top, len(s.head)+w.Last-top
		if last < at || first >= len(lines) {
			continue
		}
		begin, end := max(first, at), min(last+1, len(lines))
		indented = append(indented, cell.Indent(lines[at:begin], margin)...)
		indented = append(indented, cell.Indent(lines[begin:end], margin-s.outdent(e, w))...)
		at = end
	}
	return append(indented, cell.Indent(lines[at:], margin)...)
}

// left is how many cells are to the left of a line of the layout.
func (s layout) left(e env, line int) int {
	_, margin := e.measure()
	line -= len(s.head)
	for _, w := range s.page.Wide {
		if line >= w.First && line <= w.Last {
			return margin - s.outdent(e, w)
		}
	}
	return margin
}

// outdent is how many cells to the left of the text a block begins: so many that it is in the middle, but for code, which begins where
// all code does as long as it has room to its right, beside the sidebar if it can.
func (s layout) outdent(e env, w page.WideBlock) int {
	_, margin := e.measure()
	most := min(margin-gutter, w.Outdent)
	if !w.IsCode {
		return max(most, 0)
	}
	most = margin - gutter
	if beside := margin + w.Width + sidebarGap + sidebarColumns - e.width; len(s.sidebar) > 1 && beside <= most {
		return max(beside, 0)
	}
	return max(min(margin+w.Width+gutter-e.width, most), 0)
}

// reach is how many cells there are from the left of the text to the right of all that the lines from first to before end show.
func (s layout) reach(e env, first, end int) int {
	reach := s.width
	for _, w := range s.page.Wide {
		if len(s.head)+w.Last >= first && len(s.head)+w.First < end {
			reach = max(reach, w.Width-s.outdent(e, w))
		}
	}
	return reach
}

// find returns where a text occurs on the page.
func (s layout) find(e env, text string) page.Finds {
	return e.pages.Find(s.post, s.width, e.theme, text)
}

// bottom returns the line that is at the top of the screen when the last line shows.
func (s layout) bottom(e env) int { return max(0, s.lines()-e.height) }

// heading returns the index of the last heading at or above a line of the layout, or -1.
func (s layout) heading(line int) int {
	n, _ := slices.BinarySearchFunc(s.page.Headings, line-len(s.head)+1, func(h page.Heading, line int) int { return h.Line - line })
	return n - 1
}

// header returns the lines above the text: the title over a heavy rule, stronger than any heading, facts about the post, and its
// visibility for an author.
func (e env) header(c *content.Post, measure int) []string {
	lines := []string{""}
	wrap := cell.Wrap
	if blog.IsRightToLeft(c) {
		wrap = cell.WrapToEnd
	}
	for _, l := range wrap(c.Title, measure) {
		lines = append(lines, e.theme.Title(l))
	}
	lines = append(lines, e.theme.Title(strings.Repeat("━", measure)))
	facts := blog.Facts(e.words, c)
	for _, q := range e.edition.Translations(c) {
		facts = append(facts, e.words.Say("also in %s", blog.LanguageName(e.words, q.Lang, e.edition.Settings().Language)))
	}
	if parts := e.listing().Parts(c.Series); len(parts) > 0 {
		i := slices.IndexFunc(parts, func(q *content.Post) bool { return q.Path == c.Path })
		if i >= 0 {
			facts = append(facts, e.words.Say("%s, part %d of %d", c.Series, len(parts)-i, len(parts)))
		}
	}
	if blog.IsRightToLeft(c) {
		cell.KeepDirections(facts)
	}
	for _, l := range wrap(strings.Join(facts, " · "), measure) {
		lines = append(lines, cell.Faint(l))
	}
	for _, l := range cell.Wrap(e.authoring.Visibility(e.edition, c), measure) {
		lines = append(lines, cell.Bold(l))
	}
	return append(lines, "")
}
