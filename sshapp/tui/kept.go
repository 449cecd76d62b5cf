package tui

import (
	"slices"
	"weak"

	"postern/content"
	"postern/sshapp/blog"
	"postern/sshapp/cell"
	"postern/sshapp/page"
	"postern/sshapp/page/theme"
	"postern/sshapp/phrase"
)

// A kept has what was made for the last frame and serves for the next one: after most keys nearly all of a frame stays the same.
// It may hold a library that was replaced; see [App.DropCache].
type kept struct {
	rows   blog.FilterCache
	drawn  drawnRows
	head   listHead
	hints  footerHints
	around around
	layout layout // see post.layout
	window window
}

// A window has the lines of a layout that show, without their margin and with it. After a scroll most of them show again.
type window struct {
	top, margin   int
	lines, placed []string
}

// place puts the margin before the lines of a window that begins at line top.
func (w *window) place(lines []string, top, margin int) []string {
	placed := make([]string, len(lines))
	missing := 0
	for i, l := range lines {
		if j := top + i - w.top; margin == w.margin && j >= 0 && j < len(w.lines) && w.lines[j] == l {
			placed[i] = w.placed[j]
		} else {
			missing++
		}
	}
	if 2*missing > len(lines) {
		placed = cell.Indent(lines, margin)
	} else if missing > 0 {
		for i, l := range lines {
			if l != "" && placed[i] == "" {
				placed[i] = cell.Indent(lines[i:i+1], margin)[0]
			}
		}
	}
	*w = window{top, margin, lines, slices.Clone(placed)}
	return placed
}

// A listHead has the lines above a list without a query, with their margin.
type listHead struct {
	key   headKey
	lines []string
}

// A headKey is what such lines depend on, for readers of whom nothing is known.
type headKey struct {
	edition         *content.Edition
	words           *phrase.Language
	lang            string
	filter          blog.Filter
	measure, margin int
	hasTitle        bool
	selected        bool // the line of pages
}

// footerHints are the hints that fit into some cells.
type footerHints struct {
	keys      *binding // the first of the screen's
	words     *phrase.Language
	room      int
	canGoBack bool
	isTyping  bool
	authoring bool
	leftOut   uint64 // a bit for each of the screen's keys that does nothing now
	text      string
}

// drawnRows keeps the lines of the rows that a list has drawn.
type drawnRows struct {
	filter          blog.Filter
	words           *phrase.Language
	short           bool
	measure, margin int
	lines           map[drawnRow][]string
}

type drawnRow struct {
	post     *content.Post
	selected bool
	status   string // how much of it is read, or that it isn't published; empty for readers of whom nothing is known
}

// maxDrawnRows is how many rows are kept: more than a screen shows, and about 20 KB.
const maxDrawnRows = 64

// row returns the lines of row i of a list, with their margin.
func (l *list) row(e env, r rows, i int, selected bool) []string {
	measure, margin := e.measure()
	d := &e.kept.drawn
	if d.lines == nil || len(d.lines) > maxDrawnRows || d.filter != l.filter || d.words != e.words || d.short != l.short || d.measure != measure || d.margin != margin {
		*d = drawnRows{l.filter, e.words, l.short, measure, margin, map[drawnRow][]string{}}
	}
	key := drawnRow{r.Posts[i], selected, ""}
	if e.authoring != nil || e.memory != nil {
		key.status = e.authoring.Mark(e.edition, key.post) + e.listing().ReadingTime(key.post)
	}
	lines, ok := d.lines[key]
	if !ok {
		lines = e.drawRow(r, i, selected)
		d.lines[key] = lines
	}
	return lines
}

// drawRow returns the lines of row i of a list, with their margin.
func (e env) drawRow(r rows, i int, selected bool) []string {
	measure, margin := e.measure()
	draw := func() []string { return cell.Indent(r.row(e, i, selected, measure), margin) }
	if e.authoring != nil || e.memory != nil || len(r.Hits) > 0 {
		return draw()
	}
	return e.shared.Lines(blog.RowKey{Post: weak.Make(r.Posts[i]), Words: e.words, Measure: measure, Margin: margin, Short: r.short, Selected: selected}, draw)
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
	readNext blog.ReadNext
	sidebar  []string // a line for each heading, if there is room
}

// around returns what stands around the page of a post.
func (e env) around(c *content.Post, p *page.Page, measure int) around {
	a := &e.kept.around
	if a.post != c || a.width != e.width || a.measure != measure || a.lang != e.lang || a.theme != e.theme || e.authoring != nil || !a.edition.Equal(e.edition) {
		*a = around{e.edition, c, e.width, measure, e.lang, e.theme, e.header(c, measure), e.listing().ReadNext(c), nil}
		if e.hasSidebar(measure) {
			a.sidebar = blog.SetOutline(c, p.Headings, sidebarColumns-len(rowMark), -1, "")
		}
	}
	return *a
}
