package tui

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"postern/content"
	"postern/sshapp/blog"
	"postern/sshapp/cell"
	"postern/sshapp/lineedit"
)

// list shows the posts of a filter, and a cursor. Rows differ in height, so top is the index of the first post that is shown;
// it follows the cursor.
type list struct {
	filter filter
	path   string // the post under the cursor; empty for the first
	cursor int    // its last index; onPages for the line of pages
	top    int
	count  count
	query  *lineedit.Line // what is typed in a search; nil in other lists
}

// onPages is the index of the line of pages, which is above the first post.
const onPages = -1

var listKeys = []binding{
	hinted(bind((*list).open, "enter", "read", "enter", "right", "l")),
	hinted(bind((*list).down, "↓/j", "next", "down", "j", "ctrl+n")),
	bind((*list).up, "↑/k", "previous", "up", "k", "ctrl+p"),
	bind((*list).pageDown, "space", "a screen down", "space", "pgdown", "ctrl+f", "ctrl+d"),
	bind((*list).pageUp, "b", "a screen up", "b", "pgup", "ctrl+b", "ctrl+u"),
	bind((*list).first, "g", "the newest", "g", "home"),
	bind((*list).last, "G", "the oldest", "G", "end"),
	hinted(bind((*list).search, "/", "search", "/")),
	bind((*list).tags, "t", "tags", "t"),
	bind((*list).series, "s", "series", "s"),
}

func (l *list) keys() []binding { return listKeys }

func (l *list) update(_ env, msg tea.Msg) (move, tea.Cmd) { return l.count.update(msg) }

func (l *list) title(env) string {
	if l.filter.pages {
		return "Pages"
	}
	return cmp.Or(l.filter.tag, l.filter.series)
}

// index returns the index of the cursor's post now. A reload may have moved it.
func (l *list) index(e env, posts []*content.Post) int {
	if l.cursor == onPages && l.path == "" && l.pages(e) != "" {
		return onPages
	}
	i := min(max(l.cursor, 0), max(0, len(posts)-1))
	if l.path == "" || len(posts) == 0 || posts[i].Path == l.path {
		return i
	}
	if j := slices.IndexFunc(posts, func(p *content.Post) bool { return p.Path == l.path }); j >= 0 {
		return j
	}
	return i
}

func (l *list) by(e env, n int) move {
	r := e.rows(l.filter)
	least := 0
	if l.pages(e) != "" {
		least = onPages
	}
	l.cursor = max(min(l.index(e, r.posts)+n*l.count.take(), len(r.posts)-1), least)
	l.path = ""
	if l.cursor >= 0 && l.cursor < len(r.posts) {
		l.path = r.posts[l.cursor].Path
	}
	l.top = l.firstRow(e, r, l.cursor)
	return move{}
}

func (l *list) down(e env) move     { return l.by(e, 1) }
func (l *list) up(e env) move       { return l.by(e, -1) }
func (l *list) pageDown(e env) move { return l.by(e, l.screenful(e)) }
func (l *list) pageUp(e env) move   { return l.by(e, -l.screenful(e)) }
func (l *list) last(e env) move     { return l.by(e, len(e.rows(l.filter).posts)) }

func (l *list) first(env) move {
	*l = list{filter: l.filter}
	return move{}
}

// screenful returns about how many rows a screen has: most rows have three lines.
func (l *list) screenful(e env) int { return max(1, (e.height-len(l.head(e)))/3) }

func (l *list) open(e env) move {
	r := e.rows(l.filter)
	i := l.index(e, r.posts)
	switch {
	case i == onPages && len(e.listing().Pages()) == 1:
		return opening(newPost(e.edition, e.listing().Pages()[0]))
	case i == onPages:
		return opening(&list{filter: filter{pages: true}})
	case len(r.posts) == 0:
		return move{}
	}
	p := newPost(e.edition, r.posts[i])
	if len(r.hits) > 0 {
		p.goToHit(e, r.hits[i])
	}
	return opening(p)
}

func (l *list) search(env) move { return opening(newSearch()) }

func (l *list) tags(e env) move {
	if len(e.edition.Tags()) == 0 {
		return saying("No post here has a tag.")
	}
	return opening(&topics{of: (*content.Edition).Tags, name: "Tags", filter: func(s string) filter { return filter{tag: s} }})
}

func (l *list) series(e env) move {
	if len(e.edition.Series()) == 0 {
		return saying("No post here is part of a series.")
	}
	return opening(&topics{of: (*content.Edition).Series, name: "Series", filter: func(s string) filter { return filter{series: s} }})
}

func (l *list) status(e env) string {
	posts := e.rows(l.filter).posts
	switch {
	case l.count > 0:
		return fmt.Sprint(int(l.count))
	case len(posts) == 0 || l.index(e, posts) == onPages:
		return ""
	}
	return fmt.Sprintf("%d/%d", l.index(e, posts)+1, len(posts))
}

func (l *list) view(e env) []string {
	measure, margin := e.measure()
	r := e.rows(l.filter)
	lines := append(make([]string, 0, e.height+4), l.head(e)...)
	if len(r.posts) == 0 {
		return cell.Indent(append(lines, cell.Wrap(l.emptyNotice(e), measure)...), margin)
	}
	cursor := l.index(e, r.posts)
	for i := l.firstRow(e, r, cursor); i < len(r.posts) && len(lines) < e.height; i++ {
		if i > 0 {
			lines = append(lines, year(r, i)...)
		}
		lines = append(lines, r.row(e, i, i == cursor, measure)...)
	}
	return cell.Indent(lines[:min(len(lines), e.height)], margin)
}

// emptyNotice returns the text of a list without posts.
func (l *list) emptyNotice(e env) string {
	if l.query == nil || len(e.edition.Posts())+len(e.edition.Pages()) == 0 {
		return "Nothing is published here yet."
	}
	return blog.NothingFound
}

// head returns the lines above the posts: title and description if the terminal is high enough, and the line of pages.
func (l *list) head(e env) []string {
	const least = 9
	measure, _ := e.measure()
	s := e.edition.Settings()
	var lines []string
	if l.query != nil {
		return append(make([]string, min(1, e.height/least)), prompt("/", l.query, measure), "")
	}
	if title := l.title(e); e.height >= least && title != "" {
		lines = []string{"", cell.Bold(cell.Cut(title, measure)), ""}
	} else if e.height >= least {
		lines = []string{"", cell.Bold(cell.Cut(s.Title, measure))}
		if s.Description != "" {
			lines = append(lines, cell.Faint(cell.Cut(s.Description, measure)))
		}
		lines = append(lines, "")
	}
	if pages := l.pages(e); pages != "" {
		on := l.cursor == onPages
		if on {
			pages = cell.Bold(pages)
		}
		lines = append(lines, markRows([]string{cell.Cut(pages, measure-len(rowMark))}, on)[0], "")
	}
	return lines
}

// pages returns the line that names the pages. Only the list of all posts has it.
func (l *list) pages(e env) string {
	if l.query != nil || l.filter != (filter{}) {
		return ""
	}
	const most = 8 // pages to name
	pages := e.listing().Pages()
	var names []string
	for _, p := range pages[:min(most, len(pages))] {
		names = append(names, p.Title)
	}
	return strings.Join(names, " · ")
}

// firstRow returns the index of the first post to show. It stays the same unless the cursor's row would not show as a whole.
func (l *list) firstRow(e env, r rows, cursor int) int {
	measure, _ := e.measure()
	room := e.height - len(l.head(e)) + 1 // plus 1: the blank line under the last row may be cut off
	top := max(min(l.top, cursor), 0)
	for i := min(cursor, len(r.posts)-1); i >= top; i-- {
		room -= r.height(i, measure)
		if room < 0 {
			return min(i+1, cursor)
		}
		if i > 0 {
			room -= len(year(r, i))
		}
	}
	return top
}
