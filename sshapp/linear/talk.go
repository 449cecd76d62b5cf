// Package linear reads a blog to those who listen to it, or feel it line by line: with a screen reader, on a braille
// display, in a shell within an editor, on a serial console. It is a pure machine, lines in and text out, and knows no
// SSH, no keys and no terminal.
//
// What a listener needs, and what therefore holds of all that is said:
//
//   - It is said once, from top to bottom, and never changed: no escape, no control character, nothing that moves, and
//     nothing that wasn't asked for.
//   - It comes a screenful at a time, and enter goes on, always. A screenful ends between two paragraphs if it can.
//   - The word that matters comes first, and a prompt is a word or two: where one is, and how much there is to come.
//   - What has been said can be said again ("repeat"), and one can ask where one is ("where").
//   - Whatever can be chosen has a number, which means what it meant when it was said, even if the blog has changed.
//   - A link, a find or a heading leads away, and "back" leads back to where one was.
//   - What a page shows by its look is announced; see [page.Spoken].
package linear

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"postern/content"
	"postern/content/sanitize"
	"postern/sshapp/blog"
	"postern/sshapp/page"
)

// A Talk is one reader's way through a blog. It holds no page and no list, so that one who is silent costs next to nothing.
// It is not safe for concurrent use.
type Talk struct {
	blog          *blog.Blog
	host          content.Host
	lang          string // that lists prefer; empty for the blog's own
	width, height int    // of the terminal, in cells; 0 where it isn't known
	places        []place
	again         []string // a short answer that was said last, for who asks for it again
	read          blog.Trail
	news          string   // for who comes in; may be empty
	told          standing // of the post that is heard, where somebody writes
	left          bool
}

// maxPlaces is how many back leads through.
const maxPlaces = 24

// New returns a Talk at the list of posts; at is the address of a post to begin with, with "#" and a heading's name behind it
// or none. An unknown address is ignored; of an unknown heading Open tells.
func New(b *blog.Blog, reader blog.Reader, at string) *Talk {
	t := &Talk{blog: b, host: reader.Host}
	t.lang = blog.ReaderLanguage(b.Edition(), reader.Lang)
	t.places = []place{newest()}
	address, anchor, _ := strings.Cut(at, "#")
	if p, ok := b.Edition().Find(address); ok {
		there := t.reading(p)
		t.news = t.anchor(there, anchor)
		t.open(there)
	}
	return t
}

// Open returns what is said to who comes in.
func (t *Talk) Open() string {
	settings := t.blog.Edition().Settings()
	lines := t.say("%s", settings.Title)
	if settings.Description != "" && len(t.places) == 1 {
		lines = append(lines, t.say("%s", settings.Description)...)
	}
	lines = append(lines, t.say("Enter goes on, a number chooses, help explains.")...)
	if t.news != "" {
		lines = append(lines, t.say("%s", t.news)...)
	}
	lines = append(lines, t.onward(len(lines))...)
	return said(append(lines, t.changes()...))
}

// Answer returns what is said to a line that was typed.
func (t *Talk) Answer(line string) string {
	before := t.changes()
	answer := t.answer(strings.Join(strings.Fields(sanitize.Text(line)), " "))
	return said(slices.Concat(before, answer, t.changes()))
}

// Prompt returns what invites to type, without a line end: where one is, and how much there is to come.
func (t *Talk) Prompt() string { return t.here().prompt() + ": " }

// Resize tells the size of the terminal, in cells; 0 means that it isn't known.
func (t *Talk) Resize(width, height int) { t.width, t.height = width, height }

// Left reports whether the reader has quit.
func (t *Talk) Left() bool { return t.left }

// Posts returns the addresses of the posts that were opened, the first 20 of them.
func (t *Talk) Posts() []string { return t.read }

// An env is what a place may know of the world, made anew for each answer.
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

func (t *Talk) here() place { return t.places[len(t.places)-1] }

// add goes to a place.
func (t *Talk) add(p place) {
	if len(t.places) == maxPlaces {
		t.places = slices.Delete(t.places, 1, 2)
	}
	t.places = append(t.places, p)
}

// open goes to a post that wasn't being read.
func (t *Talk) open(p *post) {
	t.add(p)
	t.read.Add(p.address)
}

// begin goes to a post, and says its first screenful.
func (t *Talk) begin(p *post) []string {
	t.open(p)
	return t.onward(0)
}

// beginAt goes to a post, and says the screenful that begins with the place of a name or, where there is none, that, and the
// first one.
func (t *Talk) beginAt(p *post, name string) []string {
	none := t.anchor(p, name)
	if none == "" {
		return t.begin(p)
	}
	t.open(p)
	lines := t.say("%s", none)
	return append(lines, t.onward(len(lines))...)
}

// enter goes to a place, and says its first screenful.
func (t *Talk) enter(p place) []string {
	t.add(p)
	return t.onward(0)
}

// drop leaves what is only looked at on the way: headings, links, the help.
func (t *Talk) drop() {
	for len(t.places) > 1 && t.here().passing() {
		t.places = t.places[:len(t.places)-1]
	}
}

// onward says the next screenful, of which some lines are taken.
func (t *Talk) onward(taken int) []string {
	e := t.env()
	p := t.here()
	x := p.text(e)
	_, next := p.marks(e)
	t.again = nil
	if next >= x.parts {
		return t.say("%s", p.over(e))
	}
	lines, after := x.screenful(next, max(e.room-taken, 1))
	p.mark(e, x, next, after)
	return lines
}

// say returns a message, on lines of the terminal's width.
func (t *Talk) say(format string, args ...any) []string {
	return wrap(fmt.Sprintf(format, args...), t.env().width)
}

// tell says what fits on a screen at once, and makes the rest a place to go on in.
func (t *Talk) tell(name string, lines []string) []string {
	if len(lines) > t.env().room {
		return t.enter(&aside{title: name, lines: lines})
	}
	t.again = lines
	return lines
}

func wrap(s string, width int) []string {
	return strings.Split(ansi.Wrap(s, width, ""), "\n")
}

// said joins lines.
func said(lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	return strings.Join(lines, "\n") + "\n"
}
