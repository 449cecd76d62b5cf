package tui

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"postern/sshapp/cell"
)

// A cursorScreen is a screen with a cursor in a list of rows.
type cursorScreen interface {
	screen
	moveBy(e env, n int) move // moves the cursor n rows down, or up if n is negative
	screenful(env) int        // about how many rows show at once
}

// cursorKeys are the bindings that move the cursor of a cursorScreen.
var cursorKeys = []binding{
	hinted(bind(cursorDown, "↓/j", "next", "down", "j", "ctrl+n")),
	bind(cursorUp, "↑/k", "previous", "up", "k", "ctrl+p"),
	bind(cursorPageDown, "space", "a screen down", "space", "pgdown", "ctrl+f", "ctrl+d"),
	bind(cursorPageUp, "b", "a screen up", "b", "pgup", "ctrl+b", "ctrl+u"),
}

// menuKeys are the bindings that move the cursor of a menu.
var menuKeys = slices.Concat(cursorKeys, []binding{
	bind(cursorFirst, "g", "the first", "g", "home"),
	bind(cursorLast, "G", "the last", "G", "end"),
})

// allRows is more rows than any menu has.
const allRows = 1 << 24

func cursorFirst(s cursorScreen, e env) move    { return s.moveBy(e, -allRows) }
func cursorLast(s cursorScreen, e env) move     { return s.moveBy(e, allRows) }
func cursorDown(s cursorScreen, e env) move     { return s.moveBy(e, 1) }
func cursorUp(s cursorScreen, e env) move       { return s.moveBy(e, -1) }
func cursorPageDown(s cursorScreen, e env) move { return s.moveBy(e, s.screenful(e)) }
func cursorPageUp(s cursorScreen, e env) move   { return s.moveBy(e, -s.screenful(e)) }

// A menu is a cursor in a list of rows that have one line each.
type menu struct {
	cursor int
	top    int // the first row that shows
	count  count
}

// menuHead is how many lines are above the rows.
const menuHead = 3

func (m *menu) screenful(e env) int { return max(1, e.height-menuHead) }

func (m *menu) update(_ env, msg tea.Msg) (move, tea.Cmd) { return m.count.update(msg) }

// moveBy moves the cursor n rows, or n times the count, among total rows.
func (m *menu) moveBy(e env, n, total int) move {
	m.cursor = max(0, min(m.cursor+n*m.count.take(), total-1))
	m.top = m.firstRow(e, m.cursor)
	return move{}
}

// status returns the place of the cursor among total rows.
func (m *menu) status(total int) string {
	if total == 0 {
		return ""
	}
	return fmt.Sprintf("%d/%d", min(m.cursor+1, total), total)
}

// menuWidth is the width of the rows of a menu of names, in cells.
const menuWidth = 40

// view returns a title, and the rows that show, of so many cells: the name of each, and to its right what is known of it; to its left
// if the title is right-to-left text.
func (m *menu) view(e env, title string, width, total int, row func(i int) (name, facts string)) []string {
	measure, margin := e.measure()
	spread := cell.Spread
	width = min(measure, width)
	if cell.IsRightToLeft(title) {
		spread = cell.SpreadToEnd
		margin += measure - width
	}
	lines := []string{"", cell.Bold(cell.CutToStart(title, width)), ""}
	lines = append(lines, m.rows(e, total, func(i int, emphasize func(string) string) string {
		name, facts := row(i)
		name = cell.Cut(name, max(0, width-len(rowMark)-cell.LineWidth(facts)-2))
		return spread(emphasize(name), cell.Faint(facts), width-len(rowMark))
	})...)
	return cell.Indent(lines, margin)
}

// rows returns those of total rows that show, with their marks. emphasize is what the name of a row is put through.
func (m *menu) rows(e env, total int, row func(i int, emphasize func(string) string) string) []string {
	var lines []string
	top, cursor := m.window(e, total)
	for i := top; i < min(total, top+m.screenful(e)); i++ {
		emphasize := func(name string) string { return name }
		if i == cursor {
			emphasize = cell.Bold
		}
		lines = append(lines, markRows([]string{row(i, emphasize)}, i == cursor)[0])
	}
	return lines
}

// window returns the first of total rows to show, and the cursor's row. After a reload there may be fewer rows than before.
func (m *menu) window(e env, total int) (top, cursor int) {
	cursor = max(0, min(m.cursor, total-1))
	return m.firstRow(e, cursor), cursor
}

// firstRow returns the first row to show, so that the cursor's row shows.
func (m *menu) firstRow(e env, cursor int) int {
	return max(0, min(max(m.top, cursor-m.screenful(e)+1), cursor))
}
