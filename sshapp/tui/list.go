package tui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	tea "charm.land/bubbletea/v2"

	"postern/content"
)

// list is the list of posts, newest first: a cursor and its rows. Rows differ in height, so top is the index of the
// first post shown, and follows the cursor.
type list struct {
	slug   string // the post under the cursor; empty for the newest
	cursor int    // where it was found last
	top    int
}

var listKeys = []binding{
	hinted(on((*list).open, "enter", "read", "enter", "right", "l")),
	hinted(on((*list).down, "↓/j", "next", "down", "j", "ctrl+n")),
	on((*list).up, "↑/k", "previous", "up", "k", "ctrl+p"),
	on((*list).pageDown, "space", "a screen down", "space", "pgdown", "ctrl+f"),
	on((*list).pageUp, "b", "a screen up", "b", "pgup", "ctrl+b"),
	on((*list).first, "g", "the newest", "g", "home"),
	on((*list).last, "G", "the oldest", "G", "end"),
}

func (l *list) keys() []binding                     { return listKeys }
func (l *list) title(env) string                    { return "" }
func (l *list) update(env, tea.Msg) (move, tea.Cmd) { return move{kind: pass}, nil }

// index returns where the cursor's post is, wherever a reload has moved it.
func (l *list) index(posts []*content.Post) int {
	i := min(max(l.cursor, 0), max(0, len(posts)-1))
	if l.slug == "" || len(posts) == 0 || posts[i].Slug == l.slug {
		return i
	}
	if found := slices.IndexFunc(posts, func(p *content.Post) bool { return p.Slug == l.slug }); found >= 0 {
		return found
	}
	return i
}

func (l *list) by(e env, n int) move {
	posts := e.now.Posts()
	if len(posts) == 0 {
		return move{}
	}
	l.cursor = min(max(l.index(posts)+n, 0), len(posts)-1)
	l.slug = posts[l.cursor].Slug
	l.top = l.follow(e, posts, l.cursor)
	return move{}
}

func (l *list) down(e env) move     { return l.by(e, 1) }
func (l *list) up(e env) move       { return l.by(e, -1) }
func (l *list) pageDown(e env) move { return l.by(e, l.screenful(e)) }
func (l *list) pageUp(e env) move   { return l.by(e, -l.screenful(e)) }
func (l *list) first(e env) move    { return l.by(e, -len(e.now.Posts())) }
func (l *list) last(e env) move     { return l.by(e, len(e.now.Posts())) }

// screenful is about how many rows a screen holds: as a rule, a row has three lines.
func (l *list) screenful(e env) int { return max(1, (e.height-len(l.head(e)))/3) }

func (l *list) open(e env) move {
	posts := e.now.Posts()
	if len(posts) == 0 {
		return move{}
	}
	return opening(&post{slug: posts[l.index(posts)].Slug})
}

func (l *list) status(e env) string {
	posts := e.now.Posts()
	if len(posts) == 0 {
		return ""
	}
	return fmt.Sprintf("%d/%d", l.index(posts)+1, len(posts))
}

func (l *list) view(e env) []string {
	measure, margin := e.measure()
	lines := l.head(e)
	posts := e.now.Posts()
	if len(posts) == 0 {
		return indent(append(lines, "Nothing is published here yet."), margin)
	}
	cursor := l.index(posts)
	for i := l.follow(e, posts, cursor); i < len(posts) && len(lines) < e.height; i++ {
		lines = append(lines, row(posts[i], i == cursor, measure)...)
	}
	return indent(lines[:min(len(lines), e.height)], margin)
}

// head is the blog's own lines, where the terminal is high enough for them.
func (l *list) head(e env) []string {
	const least = 9
	if e.height < least {
		return nil
	}
	measure, _ := e.measure()
	s := e.now.Settings()
	lines := []string{"", bold(cut(s.Title, measure))}
	if s.Description != "" {
		lines = append(lines, faint(cut(s.Description, measure)))
	}
	return append(lines, "")
}

// follow returns the index of the first post to show, so that the whole of the cursor's row shows: where it was, unless
// the cursor has left the screen.
func (l *list) follow(e env, posts []*content.Post, cursor int) int {
	measure, _ := e.measure()
	room := e.height - len(l.head(e)) + 1 // the blank line under the last row may be cut off
	top := min(max(l.top, 0), cursor)
	for i := cursor; i >= top; i-- {
		room -= len(row(posts[i], false, measure))
		if room < 0 {
			return min(i+1, cursor)
		}
	}
	return top
}

// row sets one post: a mark that shows the cursor without colour, the date, the title, the reading time, the summary,
// and a blank line.
func row(p *content.Post, selected bool, measure int) []string {
	const mark = 2
	inner := measure - mark
	lead := ""
	if inner >= 40 {
		lead = strings.Repeat(" ", len(time.DateOnly)+2)
		if p.Day != "" {
			lead = p.Day + "  "
		}
	}
	minutes := ""
	if inner >= 30 {
		minutes = fmt.Sprintf("%d min", p.Minutes())
	}
	title := cut(p.Title, inner-len(lead)-len(minutes)-1)
	if selected {
		title = bold(title)
	}
	lines := []string{faint(lead) + spread(title, faint(minutes), inner-len(lead))}
	summary := wrap(p.Summary, inner-len(lead))
	for i, s := range summary[:min(2, len(summary))] {
		if i == 1 && len(summary) > 2 {
			s = cut(s+"…", inner-len(lead))
		}
		lines = append(lines, strings.Repeat(" ", len(lead))+faint(s))
	}
	for i, s := range lines {
		if selected {
			lines[i] = "▌ " + s
		} else {
			lines[i] = "  " + s
		}
	}
	return append(lines, "")
}
