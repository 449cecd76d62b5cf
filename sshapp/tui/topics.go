package tui

import (
	"fmt"

	"postern/content"
	"postern/sshapp/cell"
)

// topics lists tags or series, and how many posts each has.
type topics struct {
	of     func(*content.Edition) []content.Topic
	name   string
	filter func(topic string) filter
	menu
}

var topicsKeys = []binding{
	hinted(bind((*topics).open, "enter", "open", "enter", "right", "l")),
	hinted(bind((*topics).down, "↓/j", "next", "down", "j", "ctrl+n")),
	bind((*topics).up, "↑/k", "previous", "up", "k", "ctrl+p"),
	bind((*topics).pageDown, "space", "a screen down", "space", "pgdown", "ctrl+f", "ctrl+d"),
	bind((*topics).pageUp, "b", "a screen up", "b", "pgup", "ctrl+b", "ctrl+u"),
	bind((*topics).first, "g", "the first", "g", "home"),
	bind((*topics).last, "G", "the last", "G", "end"),
}

func (t *topics) keys() []binding     { return topicsKeys }
func (t *topics) title(env) string    { return t.name }
func (t *topics) rows(e env) int      { return len(t.of(e.edition)) }
func (t *topics) down(e env) move     { return t.by(e, 1, t.rows(e)) }
func (t *topics) up(e env) move       { return t.by(e, -1, t.rows(e)) }
func (t *topics) pageDown(e env) move { return t.by(e, t.room(e), t.rows(e)) }
func (t *topics) pageUp(e env) move   { return t.by(e, -t.room(e), t.rows(e)) }
func (t *topics) first(e env) move    { return t.by(e, -t.rows(e), t.rows(e)) }
func (t *topics) last(e env) move     { return t.by(e, t.rows(e), t.rows(e)) }

func (t *topics) open(e env) move {
	all := t.of(e.edition)
	if t.cursor >= len(all) {
		return move{}
	}
	return opening(&list{filter: t.filter(all[t.cursor].Name)})
}

func (t *topics) status(e env) string {
	return fmt.Sprintf("%d/%d", min(t.cursor+1, t.rows(e)), t.rows(e))
}

func (t *topics) view(e env) []string {
	measure, margin := e.measure()
	all := t.of(e.edition)
	lines := []string{"", cell.Bold(t.name), ""}
	top, cursor := t.window(e, len(all))
	for i := top; i < len(all) && len(lines) < e.height; i++ {
		name := cell.Cut(all[i].Name, measure-10)
		if i == cursor {
			name = cell.Bold(name)
		}
		row := cell.Spread(name, cell.Faint(fmt.Sprint(len(all[i].Posts))), min(measure, 40)-len(rowMark))
		lines = append(lines, markRows([]string{row}, i == cursor)[0])
	}
	return cell.Indent(lines, margin)
}
