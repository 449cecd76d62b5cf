package tui

import (
	"slices"
	"strconv"

	"postern/sshapp/blog"
)

// years lists the years of the posts in a list, to jump to.
type years struct {
	menu
	below *list
}

const noYears = "The posts of this list are not in the order of their dates."

func (l *list) nextYear(e env) move     { return l.goToYear(e, 1) }
func (l *list) previousYear(e env) move { return l.goToYear(e, -1) }

// goToYear goes to the first post of the next year for a step of 1. For -1 it goes to the first of this year or, from there, of the
// year before.
func (l *list) goToYear(e env, step int) move {
	r := l.rows(e)
	all := r.Years()
	if len(all) == 0 {
		return e.notice(noYears)
	}
	at := l.index(e, r.Posts)
	i := blog.YearAt(all, at)
	if step < 0 && i >= 0 && all[i].First < at {
		i++ // the first to go back to is the year that this post is of
	}
	i += step * l.count.take()
	return l.goTo(r, all[max(0, min(i, len(all)-1))].First)
}

// goTo puts the cursor on post i, at the top of the screen.
func (l *list) goTo(r rows, i int) move {
	l.cursor, l.path, l.top = i, r.Posts[i].Path, i
	return move{}
}

// years opens the list of the years.
func (l *list) years(e env) move {
	r := l.rows(e)
	all := r.Years()
	if len(all) == 0 {
		return e.notice(noYears)
	}
	return opening(&years{menu{cursor: max(0, blog.YearAt(all, l.index(e, r.Posts)))}, l})
}

var yearsKeys = slices.Concat([]binding{hinted(bind((*years).jump, "enter", "go there", "enter", "right", "l"))}, menuKeys, []binding{
	bind(goBack, "o", "close the years", "o"),
})

func (y *years) keys() []binding             { return yearsKeys }
func (y *years) title(e env) string          { return e.words.Say("Years") }
func (y *years) rows(e env) []blog.YearRange { return y.below.rows(e).Years() }
func (y *years) moveBy(e env, n int) move    { return y.menu.moveBy(e, n, len(y.rows(e))) }

func (y *years) jump(e env) move {
	if all := y.rows(e); y.cursor < len(all) {
		y.below.goTo(y.below.rows(e), all[y.cursor].First)
	}
	return move{kind: back}
}

func (y *years) status(e env) string { return y.menu.status(len(y.rows(e))) }

func (y *years) view(e env) []string {
	all := y.rows(e)
	return y.menu.view(e, y.title(e), menuWidth, len(all), func(i int) (name, facts string) {
		return all[i].Name, strconv.Itoa(all[i].Count)
	})
}
