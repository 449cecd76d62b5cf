package tui

import tea "charm.land/bubbletea/v2"

// A menu is a cursor in a list of rows. Each has one line; the head above them has three.
type menu struct {
	cursor int
	top    int // the first row that shows
	count  count
}

const menuHead = 3

// room returns how many rows a screen has.
func (m *menu) room(e env) int { return max(1, e.height-menuHead) }

func (m *menu) update(_ env, msg tea.Msg) (move, tea.Cmd) { return m.count.update(msg) }

// by moves the cursor n rows, or n times the count, among total rows.
func (m *menu) by(e env, n, total int) move {
	m.cursor = max(0, min(m.cursor+n*m.count.take(), total-1))
	m.top = m.firstRow(e, m.cursor)
	return move{}
}

// window returns the first row to show of total rows, and the cursor's row. After a reload there may be fewer.
func (m *menu) window(e env, total int) (top, cursor int) {
	cursor = max(0, min(m.cursor, total-1))
	return m.firstRow(e, cursor), cursor
}

// firstRow returns the first row to show, so that the cursor's row shows.
func (m *menu) firstRow(e env, cursor int) int {
	return max(0, min(max(m.top, cursor-m.room(e)+1), cursor))
}
