package tui

import tea "charm.land/bubbletea/v2"

// A menu is a cursor in a list of rows of one line each, below a head of three.
type menu struct {
	cursor int
	top    int // the first row that shows
	count  count
}

const menuHead = 3

// room is how many rows a screen has.
func (m *menu) room(e env) int { return max(1, e.height-menuHead) }

func (m *menu) update(_ env, msg tea.Msg) (move, tea.Cmd) { return m.count.update(msg) }

// by moves the cursor among so many rows.
func (m *menu) by(e env, n, rows int) move {
	m.cursor = max(0, min(m.cursor+n*m.count.take(), rows-1))
	m.top = m.firstRow(e, m.cursor)
	return move{}
}

// window returns the first row to show of so many, and the cursor's: a reload may have left fewer.
func (m *menu) window(e env, rows int) (top, cursor int) {
	cursor = max(0, min(m.cursor, rows-1))
	return m.firstRow(e, cursor), cursor
}

// firstRow returns the first row to show, so that the cursor's shows.
func (m *menu) firstRow(e env, cursor int) int {
	return max(0, min(max(m.top, cursor-m.room(e)+1), cursor))
}
