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

// list shows the posts of a filter, and a cursor.
type list struct {
	filter blog.Filter
	path   string // of the post under the cursor; empty for the first post
	cursor int    // the index that this post had last; onPages for the line of pages
	top    int    // the index of the first post that shows
	count  count
	short  bool           // each post has one line
	query  *lineedit.Line // nil unless the list is a search
}

// onPages is the index of the line of pages, which is above the first post.
const onPages = -1

var listKeys = slices.Concat([]binding{hintedIf((*list).hasPosts, bind((*list).open, "enter", "read", "enter", "right", "l"))}, cursorKeys, []binding{
	bind((*list).first, "g", "the newest", "g", "home"),
	bind((*list).last, "G", "the oldest", "G", "end"),
	bind((*list).nextYear, "]", "the next year in the list", "]"),
	bind((*list).previousYear, "[", "back to the year above", "["),
	bind((*list).years, "o", "years", "o"),
	bind((*list).shorten, "c", "a line for each post, or more", "c"),
	hinted(bind((*list).search, "/", "search", "/")),
	bind((*list).tags, "t", "tags", "t"),
	bind((*list).series, "s", "series", "s"),
})

func (l *list) keys() []binding { return listKeys }

func (l *list) update(_ env, msg tea.Msg) (move, tea.Cmd) { return l.count.update(msg) }

func (l *list) title(e env) string {
	if l.filter.Pages {
		return e.words.Say("Pages")
	}
	return cmp.Or(l.filter.Tag, l.filter.Series)
}

// index returns the index that the post under the cursor has now, since a reload may have moved it.
func (l *list) index(e env, posts []*content.Post) int {
	if l.cursor == onPages && l.path == "" && l.pagesLine(e) != "" {
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

func (l *list) moveBy(e env, n int) move {
	r := l.rows(e)
	first := 0
	if l.pagesLine(e) != "" {
		first = onPages
	}
	l.cursor = max(min(l.index(e, r.Posts)+n*l.count.take(), len(r.Posts)-1), first)
	l.path = ""
	if l.cursor >= 0 && l.cursor < len(r.Posts) {
		l.path = r.Posts[l.cursor].Path
	}
	l.top = l.firstRow(e, r, l.cursor)
	return move{}
}

func (l *list) last(e env) move { return l.moveBy(e, len(e.filtered(l.filter).Posts)) }

func (l *list) first(env) move {
	*l = list{filter: l.filter, short: l.short}
	return move{}
}

// rows returns the rows of the list.
func (l *list) rows(e env) rows {
	return rows{e.filtered(l.filter), l.short}
}

// screenful returns about how many rows show: most rows have three lines.
func (l *list) screenful(e env) int {
	lines := 3
	if l.short {
		lines = 1
	}
	return max(1, (e.height-len(l.head(e)))/lines)
}

func (l *list) shorten(env) move {
	l.short = !l.short
	return move{}
}

func (l *list) open(e env) move {
	r := e.filtered(l.filter)
	i := l.index(e, r.Posts)
	switch {
	case i == onPages && len(e.listing().Pages()) == 1:
		return opening(newPost(e.edition, e.listing().Pages()[0]))
	case i == onPages:
		return opening(&list{filter: blog.Filter{Pages: true}})
	case len(r.Posts) == 0:
		return move{}
	}
	p := newPost(e.edition, r.Posts[i])
	if len(r.Hits) > 0 {
		p.goToHit(e, r.Hits[i])
	}
	return opening(p)
}

func (l *list) hasPosts(e env) bool { return len(e.filtered(l.filter).Posts) > 0 }

func (l *list) search(env) move { return opening(newSearch()) }

func (l *list) tags(e env) move {
	if len(e.edition.Tags()) == 0 {
		return e.notice("No post here has a tag.")
	}
	return opening(newTags())
}

func (l *list) series(e env) move {
	if len(e.edition.Series()) == 0 {
		return e.notice("No post here is part of a series.")
	}
	return opening(newSeries())
}

func (l *list) status(e env) string {
	posts := e.filtered(l.filter).Posts
	switch {
	case l.count > 0:
		return fmt.Sprint(int(l.count))
	case len(posts) == 0 || l.index(e, posts) == onPages:
		return ""
	}
	i := l.index(e, posts)
	number := fmt.Sprintf("%d/%d", i+1, len(posts))
	if year := blog.YearOf(posts[i]); l.short && year != "" {
		return year + "  " + number
	}
	return number
}

func (l *list) view(e env) []string {
	measure, margin := e.measure()
	r := l.rows(e)
	lines := append(make([]string, 0, e.height+4), l.head(e)...)
	if len(r.Posts) == 0 {
		return append(lines, cell.Indent(cell.WrapToStart(l.emptyNotice(e), measure), margin)...)
	}
	cursor := l.index(e, r.Posts)
	for i := l.firstRow(e, r, cursor); i < len(r.Posts) && len(lines) < e.height; i++ {
		if i > 0 {
			lines = append(lines, cell.Indent(r.year(i), margin)...)
		}
		lines = append(lines, l.row(e, r, i, i == cursor)...)
	}
	return lines[:min(len(lines), e.height)]
}

// emptyNotice returns the text of a list without posts.
func (l *list) emptyNotice(e env) string {
	if l.query == nil || len(e.edition.Posts())+len(e.edition.Pages()) == 0 {
		return e.words.Say("Nothing is published here yet.")
	}
	return e.words.Say(blog.NothingFound)
}

// minTitleHeight is the least height of a screen with room for a title.
const minTitleHeight = 9

// head returns the lines above the posts, with their margin. Nobody may change them: they are kept for the next frame.
func (l *list) head(e env) []string {
	measure, margin := e.measure()
	if l.query != nil {
		return cell.Indent(append(make([]string, min(1, e.height/minTitleHeight)), prompt("/", l.query, measure), ""), margin)
	}
	key := headKey{e.edition, e.words, e.lang, l.filter, measure, margin, e.height >= minTitleHeight, l.cursor == onPages}
	if h := &e.kept.head; h.key != key || e.authoring != nil || e.memory != nil {
		*h = listHead{key, cell.Indent(l.titleLines(e, measure), margin)}
	}
	return e.kept.head.lines
}

// titleLines returns the title and the description, if the terminal is high enough, and the line of pages.
func (l *list) titleLines(e env, measure int) []string {
	s := e.edition.Settings()
	var lines []string
	if title := l.title(e); e.height >= minTitleHeight && title != "" {
		lines = []string{"", cell.Bold(cell.CutToStart(title, measure)), ""}
	} else if e.height >= minTitleHeight {
		lines = []string{"", cell.Bold(cell.CutToStart(s.Title, measure))}
		for _, text := range []string{s.Description, l.newsLine(e)} {
			if text != "" {
				lines = append(lines, cell.Faint(cell.CutToStart(text, measure)))
			}
		}
		lines = append(lines, "")
	}
	if pages := l.pagesLine(e); pages != "" {
		selected := l.cursor == onPages
		pages = cell.CutToStart(pages, measure-len(rowMark))
		if selected {
			pages = cell.Bold(pages)
		}
		lines = append(lines, markRows([]string{pages}, selected)[0], "")
	}
	return lines
}

// newsLine returns the line that says how many posts are new to the reader. Only the list of all posts has it.
func (l *list) newsLine(e env) string {
	if l.filter != (blog.Filter{}) {
		return ""
	}
	return blog.NewsLine(e.listing())
}

// pagesLine returns the line that names the pages. Only the list of all posts has it.
func (l *list) pagesLine(e env) string {
	if l.query != nil || l.filter != (blog.Filter{}) {
		return ""
	}
	const maxPages = 8 // that are named
	pages := e.listing().Pages()
	var names []string
	for _, p := range pages[:min(maxPages, len(pages))] {
		name := p.Title
		if mark := e.authoring.Mark(e.edition, p); mark != "" {
			name += " (" + mark + ")"
		}
		names = append(names, name)
	}
	return strings.Join(names, " · ")
}

// firstRow returns the index of the first post to show. It changes only if the row under the cursor would be cut off.
func (l *list) firstRow(e env, r rows, cursor int) int {
	room := e.height - len(l.head(e))
	if !r.short {
		room++ // the blank line under the last row may be cut off
	}
	top := max(min(l.top, cursor), 0)
	for i := min(cursor, len(r.Posts)-1); i >= top; i-- {
		if room -= len(l.row(e, r, i, i == cursor)) + len(r.year(i)); room < 0 {
			return min(i+1, cursor)
		}
	}
	return top
}
