package tui

import (
	"slices"
	"strconv"

	"postern/content"
	"postern/sshapp/blog"
)

// topics lists the tags or the series, and how many posts each has.
type topics struct {
	menu
	name   string // in English
	all    func(*content.Edition) []content.Topic
	filter func(topic string) blog.Filter // of the list that a topic opens
}

func newTags() *topics {
	return &topics{name: "Tags", all: (*content.Edition).Tags, filter: func(tag string) blog.Filter { return blog.Filter{Tag: tag} }}
}

func newSeries() *topics {
	return &topics{name: "Series", all: (*content.Edition).Series, filter: func(series string) blog.Filter { return blog.Filter{Series: series} }}
}

var topicsKeys = slices.Concat([]binding{hinted(bind((*topics).open, "enter", "open", "enter", "right", "l"))}, menuKeys)

func (t *topics) keys() []binding          { return topicsKeys }
func (t *topics) title(e env) string       { return e.words.Say(t.name) }
func (t *topics) rows(e env) int           { return len(t.all(e.edition)) }
func (t *topics) moveBy(e env, n int) move { return t.menu.moveBy(e, n, t.rows(e)) }

func (t *topics) open(e env) move {
	all := t.all(e.edition)
	if t.cursor >= len(all) {
		return move{}
	}
	return opening(&list{filter: t.filter(all[t.cursor].Name)})
}

func (t *topics) status(e env) string { return t.menu.status(t.rows(e)) }

func (t *topics) view(e env) []string {
	all := t.all(e.edition)
	return t.menu.view(e, t.title(e), menuWidth, len(all), func(i int) (name, facts string) {
		return all[i].Name, strconv.Itoa(len(all[i].Posts))
	})
}
