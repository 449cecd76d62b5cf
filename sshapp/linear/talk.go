package linear

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"postern/content/problem"
	"postern/content/settings"
	"postern/sshapp/blog"
	"postern/sshapp/cell"
	"postern/sshapp/page"
)

// A Talk is one reader's session. It holds no page and no list, so that an idle reader costs next to nothing. It is not safe
// for concurrent use.
type Talk struct {
	blog          *blog.Blog
	host          settings.Host
	lang          string // preferred by lists; empty for the blog's own
	width, height int    // of the terminal, in cells; 0 where it isn't known
	places        []place
	lastAnswer    []string // the last answer, if it was short; for repeat
	trail         blog.OpenedPosts
	notice        string // said by Open; may be empty
	lastReport    report // for authors
	left          bool
}

// A report is what an author was told of the current post: its state, and its problems.
type report struct {
	file     string
	sum      [16]byte
	gone     bool
	problems []problem.Problem
}

// maxPlaces is how many places are kept for back.
const maxPlaces = 24

// An env is what places get to know. It is made anew for each answer.
type env struct {
	blog.Listing
	pages *page.Cache
	width int // of a line, in cells
	room  int // lines of a screenful: the prompt takes one more, and what is typed may take another
}

func (t *Talk) env() env {
	width, height := t.width, t.height
	if width <= 0 {
		width = 80
	}
	if height <= 0 {
		height = 24
	}
	return env{
		Listing: blog.Listing{Edition: t.blog.Edition(), Lang: t.lang}, pages: t.blog.Pages,
		width: page.Measure(width), room: max(height-2, 1),
	}
}

// place returns the current place.
func (t *Talk) place() place { return t.places[len(t.places)-1] }

// push goes to a place.
func (t *Talk) push(p place) {
	if len(t.places) == maxPlaces {
		t.places = slices.Delete(t.places, 1, 2)
	}
	t.places = append(t.places, p)
}

// visit goes to a place, and says its first screenful.
func (t *Talk) visit(p place) []string {
	t.push(p)
	return t.nextScreenful(0)
}

// leaveAsides leaves the places that are transient: headings, links, the help.
func (t *Talk) leaveAsides() {
	for len(t.places) > 1 && t.place().transient() {
		t.places = t.places[:len(t.places)-1]
	}
}

// nextScreenful says the next screenful of the current place; taken lines of it are used already.
func (t *Talk) nextScreenful(taken int) []string {
	e := t.env()
	p := t.place()
	all := p.speech(e)
	_, next := p.spoken(e)
	t.lastAnswer = nil
	if next >= all.parts {
		return t.say("%s", p.atEnd(e))
	}
	lines, after := all.screenful(next, max(e.room-taken, 1))
	p.setSpoken(e, all, next, after)
	return lines
}

// say returns a message, wrapped at the width of the terminal.
func (t *Talk) say(format string, args ...any) []string {
	return wrap(fmt.Sprintf(format, args...), t.env().width)
}

// sayLong says lines if they fit on a screen. If they don't, it makes a place of them, to be read by screenfuls.
func (t *Talk) sayLong(name string, lines []string) []string {
	if len(lines) > t.env().room {
		return t.visit(&aside{title: name, lines: lines})
	}
	t.lastAnswer = lines
	return lines
}

func wrap(s string, width int) []string {
	return strings.Split(ansi.Wrap(s, width, ""), "\n")
}

// shorten returns at most 40 characters of what was typed, to be said again.
func shorten(s string) string { return cell.Shorten(s, 40) }
