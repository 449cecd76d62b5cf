package tui

import (
	"slices"
	"strconv"

	tea "charm.land/bubbletea/v2"

	"postern/content"
)

// years lists the years of the posts in a list, to jump to.
type years struct {
	menu
	below *list
}

// A yearRange is the posts of a list that are of one year.
type yearRange struct {
	name         string
	first, count int // the index of its first post, and how many it has
}

// yearOf returns the year of a post; empty for a post without a date. A post whose date is not valid stands in the list at the last
// moment that it may mean.
func yearOf(p *content.Post) string {
	if p.Day == "" && !p.Time.IsZero() {
		return p.Time.Format("2006")
	}
	return p.Day[:min(len("2006"), len(p.Day))]
}

// years returns the years of the list, in its order; nil for a list in another order than that of its dates.
func (r rows) years() []yearRange {
	if len(r.hits) > 0 {
		return nil
	}
	var all []yearRange
	for i, p := range r.posts {
		name := yearOf(p)
		if name == "" {
			continue
		}
		if n := len(all); n > 0 && all[n-1].name == name {
			all[n-1].count++
		} else {
			all = append(all, yearRange{name, i, 1})
		}
	}
	return all
}

// yearAt returns the index of the last year that begins at or above post i, or -1.
func yearAt(all []yearRange, i int) int {
	n, _ := slices.BinarySearchFunc(all, i+1, func(y yearRange, i int) int { return y.first - i })
	return n - 1
}

const noYears = "The posts of this list are not in the order of their dates."

func (l *list) nextYear(e env) move     { return l.goToYear(e, 1) }
func (l *list) previousYear(e env) move { return l.goToYear(e, -1) }

// goToYear goes to the first post of the next year for a step of 1. For -1 it goes to the first of this year or, from there, of the
// year before.
func (l *list) goToYear(e env, step int) move {
	r := l.rows(e)
	all := r.years()
	if len(all) == 0 {
		return e.notice(noYears)
	}
	at := l.index(e, r.posts)
	i := yearAt(all, at)
	if step < 0 && i >= 0 && all[i].first < at {
		i++ // the first to go back to is the year that this post is of
	}
	i += step * l.count.take()
	return l.goTo(r, all[max(0, min(i, len(all)-1))].first)
}

// goTo puts the cursor on post i, at the top of the screen.
func (l *list) goTo(r rows, i int) move {
	l.cursor, l.path, l.top = i, r.posts[i].Path, i
	return move{}
}

// years opens the list of the years.
func (l *list) years(e env) move {
	r := l.rows(e)
	all := r.years()
	if len(all) == 0 {
		return e.notice(noYears)
	}
	return opening(&years{menu{cursor: max(0, yearAt(all, l.index(e, r.posts)))}, l})
}

var yearsKeys = slices.Concat([]binding{hinted(bind((*years).jump, "enter", "go there", "enter", "right", "l"))}, cursorKeys, []binding{
	bind((*years).first, "g", "the first", "g", "home"),
	bind((*years).last, "G", "the last", "G", "end"),
	bind(goBack, "o", "close the years", "o"),
})

func (y *years) keys() []binding          { return yearsKeys }
func (y *years) title(e env) string       { return e.words.Say("Years") }
func (y *years) rows(e env) []yearRange   { return y.below.rows(e).years() }
func (y *years) moveBy(e env, n int) move { return y.menu.moveBy(e, n, len(y.rows(e))) }
func (y *years) first(e env) move         { return y.moveBy(e, -len(y.rows(e))) }
func (y *years) last(e env) move          { return y.moveBy(e, len(y.rows(e))) }

func (y *years) jump(e env) move {
	if all := y.rows(e); y.cursor < len(all) {
		y.below.goTo(y.below.rows(e), all[y.cursor].first)
	}
	return move{kind: back}
}

func (y *years) update(e env, msg tea.Msg) (move, tea.Cmd) { return y.menu.update(e, msg) }

func (y *years) status(e env) string { return y.menu.status(len(y.rows(e))) }

func (y *years) view(e env) []string {
	all := y.rows(e)
	return y.menu.view(e, y.title(e), len(all), func(i int) (name, facts string) {
		return all[i].name, strconv.Itoa(all[i].count)
	})
}
