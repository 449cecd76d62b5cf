package linear

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"postern/content/problem"
	"postern/content/settings"
	"postern/sshapp/admission/work"
	"postern/sshapp/blog"
	"postern/sshapp/cell"
	"postern/sshapp/page"
	"postern/sshapp/phrase"
	"postern/sshapp/state"
)

// A Session is one reader's session. It holds neither pages nor lists, so that an idle session takes little memory. It is not
// safe for concurrent use.
type Session struct {
	blog          *blog.Blog
	host          settings.Host
	turn          *work.Turn    // of the reader; see [blog.Reader]
	memory        *state.Memory // nil for a reader who has proved no key
	lang          string        // preferred by lists; empty for the blog's own
	width, height int           // of the terminal, in cells; 0 if it isn't known
	views         []view
	lastAnswer    []string // for repeat; nil if the last answer was a screenful of the view
	opened        blog.OpenedPosts
	notice        string // a part of the Greeting; may be empty
	lastReport    report // for authors
	quitting      bool
}

// A report is what an author was told last about the current post.
type report struct {
	file     string
	sum      [16]byte
	gone     bool
	problems []problem.Problem
}

// maxViews is how many views back can return to, and the current one. The oldest one above the list is dropped first.
const maxViews = 24

// An env is what a view can know in one answer. It is made anew for each.
type env struct {
	blog.Listing
	pages blog.Pages
	width int // of a line, in cells
	room  int // lines of a screenful; the prompt takes one more, and what is typed may take another
}

func (s *Session) env() env {
	width, height := s.width, s.height
	if width <= 0 {
		width = 80
	}
	if height <= 0 {
		height = 24
	}
	return env{
		Listing: blog.Listing{Edition: s.blog.Edition(), Lang: s.lang, Turn: s.turn, Memory: s.memory, Formulas: blog.FormulasSpoken}, pages: blog.Pages{Cache: s.blog.Pages, Turn: s.turn},
		width: page.Measure(width), room: max(height-2, 1),
	}
}

// view returns the current view.
func (s *Session) view() view { return s.views[len(s.views)-1] }

// push makes a view the current one.
func (s *Session) push(v view) {
	if len(s.views) == maxViews {
		s.views = slices.Delete(s.views, 1, 2)
	}
	s.views = append(s.views, v)
}

// open makes a view the current one, and prints its first screenful.
func (s *Session) open(v view) []string {
	s.push(v)
	return s.nextScreenful(0)
}

// closeTransient closes transient views: the headings or links of a post, the help.
func (s *Session) closeTransient() {
	for len(s.views) > 1 && s.view().transient() {
		s.views = s.views[:len(s.views)-1]
	}
}

// nextScreenful prints the next screenful of the current view, less the lines of it that are taken already.
func (s *Session) nextScreenful(taken int) []string {
	e := s.env()
	v := s.view()
	all := v.parts(e)
	_, next := v.printed(e)
	s.lastAnswer = nil
	if next >= all.count {
		return s.message("%s", v.atEnd(e))
	}
	lines, after := all.screenful(next, max(e.room-taken, 1))
	v.setPrinted(e, all, next, after)
	return lines
}

// message returns a message in the reader's language, wrapped at the width of the terminal.
func (s *Session) message(format string, args ...any) []string {
	return wrap(s.say(format, args...), s.env().width)
}

// say returns a text, or a format and its arguments, in the reader's language.
func (s *Session) say(text string, args ...any) string { return s.Words().Say(text, args...) }

// Words returns the language that the reader is spoken to in.
func (s *Session) Words() *phrase.Language { return s.env().Words() }

// longMessage returns lines if they fit on a screen. If they don't, it opens a view that prints them by screenfuls.
func (s *Session) longMessage(title string, lines []string) []string {
	if len(lines) > s.env().room {
		return s.open(&textView{title: title, lines: lines})
	}
	s.lastAnswer = lines
	return lines
}

func wrap(s string, width int) []string {
	return strings.Split(ansi.Wrap(s, width, ""), "\n")
}

// shorten returns at most 40 characters of what was typed, for a message.
func shorten(s string) string { return cell.Shorten(s, 40) }
