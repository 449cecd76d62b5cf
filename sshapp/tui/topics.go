package tui

import (
	"fmt"
	"slices"

	"postern/content"
	"postern/sshapp/cell"
)

// topics lists the tags or the series, and how many posts each has.
type topics struct {
	menu
	name   string
	all    func(*content.Edition) []content.Topic
	filter func(topic string) filter // of the list that a topic opens
}

func newTags() *topics {
	return &topics{name: "Tags", all: (*content.Edition).Tags, filter: func(tag string) filter { return filter{tag: tag} }}
}

func newSeries() *topics {
	return &topics{name: "Series", all: (*content.Edition).Series, filter: func(series string) filter { return filter{series: series} }}
}

var topicsKeys = slices.Concat([]binding{hinted(bind((*topics).open, "enter", "open", "enter", "right", "l"))}, cursorKeys, []binding{
	bind((*topics).first, "g", "the first", "g", "home"),
	bind((*topics).last, "G", "the last", "G", "end"),
})

func (t *topics) keys() []binding          { return topicsKeys }
func (t *topics) title(env) string         { return t.name }
func (t *topics) rows(e env) int           { return len(t.all(e.edition)) }
func (t *topics) moveBy(e env, n int) move { return t.menu.moveBy(e, n, t.rows(e)) }
func (t *topics) first(e env) move         { return t.moveBy(e, -t.rows(e)) }
func (t *topics) last(e env) move          { return t.moveBy(e, t.rows(e)) }

func (t *topics) open(e env) move {
	all := t.all(e.edition)
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
	all := t.all(e.edition)
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
