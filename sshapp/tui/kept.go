package tui

import (
	"postern/content"
	"postern/sshapp/page"
	"postern/sshapp/page/theme"
)

// A kept has what was made for the last frame and serves for the next one: after most keys nearly all of a frame stays the same.
// It may hold a library that was replaced; see [App.DropCache].
type kept struct {
	rows   rowCache
	drawn  drawnRows
	around around
}

// drawnRows keeps the lines of the rows that a list has drawn.
type drawnRows struct {
	filter          filter
	short           bool
	measure, margin int
	lines           map[drawnRow][]string
}

type drawnRow struct {
	post     *content.Post
	selected bool
}

// maxDrawnRows is how many rows are kept: more than a screen shows, and about 20 KB.
const maxDrawnRows = 64

// in returns the lines that are kept for a filter, short or not, at a measure and a margin, in cells.
func (d *drawnRows) in(f filter, short bool, measure, margin int) map[drawnRow][]string {
	if d.lines == nil || len(d.lines) > maxDrawnRows || d.filter != f || d.short != short || d.measure != measure || d.margin != margin {
		*d = drawnRows{f, short, measure, margin, map[drawnRow][]string{}}
	}
	return d.lines
}

// around is what stands above, below and beside the text of a post.
type around struct {
	edition  *content.Edition
	post     *content.Post
	width    int // of the terminal
	measure  int
	lang     string
	theme    *theme.Theme
	head     []string
	readNext readNext
	sidebar  []string // a line for each heading, if there is room
}

// around returns what stands around the page of a post.
func (e env) around(c *content.Post, p *page.Page, measure int) around {
	a := &e.kept.around
	if a.post != c || a.width != e.width || a.measure != measure || a.lang != e.lang || a.theme != e.theme || e.authoring != nil || !a.edition.Equal(e.edition) {
		*a = around{e.edition, c, e.width, measure, e.lang, e.theme, e.header(c, measure), e.readNext(c), nil}
		if e.hasSidebar(measure) {
			a.sidebar = outline(p.Headings, sidebarColumns-len(rowMark))
		}
	}
	return *a
}
