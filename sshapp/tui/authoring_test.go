package tui_test

import (
	"fmt"
	"maps"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"postern/content"
	"postern/content/problem"
	"postern/sshapp/blog"
	"postern/sshapp/internal/termtest"
	"postern/sshapp/page"
	"postern/sshapp/tui"
)

// An author is an App with Authoring, on a blog that changes.
type author struct {
	*tui.App
	t      *testing.T
	files  fstest.MapFS
	lib    *content.Library
	edited string // what was opened last in the editor

	problems func(file string) []problem.Problem
}

func newAuthor(t *testing.T, files map[string]string, at string) *author {
	d := &author{t: t, files: fstest.MapFS{}}
	d.problems = func(file string) []problem.Problem {
		return slices.DeleteFunc(d.lib.Problems(), func(p problem.Problem) bool { return file != "" && p.File != file })
	}
	d.load(files)
	d.App = tui.New(&blog.Blog{
		Edition: func() *content.Edition { return d.lib.Whole(today) }, Theme: page.Terminal, Pages: page.NewCache(1 << 20),
		Authoring: &blog.Authoring{
			Problems: func(file string) []problem.Problem { return d.problems(file) },
			Edit: func(file string, line int) (*exec.Cmd, error) {
				d.edited = fmt.Sprintf("%s:%d", file, line)
				return exec.Command("true"), nil
			},
		},
	}, someone(), at)
	d.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	return d
}

// load makes files the blog's, keeping the last good version of a post that breaks.
func (d *author) load(files map[string]string) {
	d.t.Helper()
	now := fstest.MapFS{}
	for name, text := range files {
		now[name] = &fstest.MapFile{Data: []byte(text)}
	}
	old := d.lib
	if old == nil {
		old = &content.Library{}
	}
	var err error
	if d.lib, err = content.Reload(old, now); err != nil {
		d.t.Fatal(err)
	}
}

// change makes files the blog's while it is read.
func (d *author) change(files map[string]string) {
	d.load(files)
	d.Update(tui.ChangedMsg{Problems: d.lib.Problems()})
}

func (d *author) see(want ...string) {
	d.t.Helper()
	screen := ansi.Strip(d.View().Content)
	for _, w := range want {
		if w, hidden := strings.CutPrefix(w, "!"); strings.Contains(screen, w) == hidden {
			d.t.Errorf("%q is on the screen: %t\n%s", w, hidden, screen)
		}
	}
}

func (d *author) first() string {
	lines := strings.Split(ansi.Strip(d.View().Content), "\n")
	return strings.TrimSpace(lines[0] + lines[1])
}

// What readers don't see is marked, in the list in a word and over the text in words.
func TestAuthorMarks(t *testing.T) {
	d := newAuthor(t, map[string]string{
		"a.md": "---\ntitle: Begun\ndate: 2026-11-01\ndraft: true\n---\nText.\n",
		"b.md": "---\ntitle: Late\ndate: 2026-11-22 15:00\n---\nText.\n",
		"c.md": "---\ntitle: Over\ndate: 2026-11-02\nexpires: 2026-11-20\n---\nText.\n",
		"d.md": "---\ntitle: Hidden\ndate: 2026-11-03\nunlisted: true\n---\nText.\n",
		"e.md": "---\ntitle: " + strings.Repeat("A long title of it ", 5) + "\ndate: 2026-10-01\ndraft: true\n---\nText.\n",
	}, "")
	for title, mark := range map[string]string{"Begun": "draft", "Late": "scheduled", "Over": "expired", "Hidden": "unlisted", "A long title": "draft"} {
		for l := range strings.SplitSeq(ansi.Strip(d.View().Content), "\n") {
			if strings.Contains(l, title) && !strings.HasSuffix(strings.TrimRight(l, " "), " "+mark) {
				t.Errorf("%s isn't marked: %q", title, l)
			}
		}
	}
	press(d.App, "enter")
	d.see("publishes in 3 h (2026-11-22 15:00 UTC)")
	press(d.App, "esc j enter")
	d.see("unlisted")
	press(d.App, "esc j enter")
	d.see("expired 3 days ago (2026-11-20 00:00 UTC)")
}

// What is wrong stands over the text, and the text stays where it was.
func TestAuthorProblems(t *testing.T) {
	var text strings.Builder
	for i := range 60 {
		fmt.Fprintf(&text, "Paragraph %d.\n\n", i)
	}
	good := map[string]string{
		"a.md": "---\ntitle: One\ndate: 2026-11-01\n---\n\n" + text.String(),
		"b.md": "---\ntitle: Two\ndate: 2026-11-02\n---\n\nText.\n",
	}
	d := newAuthor(t, good, "a")
	press(d.App, "space space")
	d.see("!error")
	was := d.first()

	bad := maps.Clone(good)
	bad["a.md"] = "---\ntitle: One\ndate: 2026-13-01\n---\n\nGone.\n"
	d.change(bad)
	if got := d.first(); !strings.HasPrefix(got, `a.md:3:7: error: date "2026-13-01" is not a day; the post waits`) {
		t.Errorf("over the text stands %q", got)
	}
	d.see(was, "!Gone", "e edit")
	press(d.App, "e")
	if d.edited != "a.md:3" {
		t.Error("the editor opens", d.edited)
	}

	better := maps.Clone(good)
	better["a.md"] = strings.Replace(good["a.md"], "Paragraph 3.", "New.\n\nNewer.\n\nParagraph 3, longer.", 1)
	d.change(better)
	if got := d.first(); got != was {
		t.Errorf("%q is at the top, and %q was", got, was)
	}

	bad = maps.Clone(better)
	bad["b.md"] = "---\ntitle: a: b\ndate: 2026-11-02\n---\n\nText.\n"
	d.change(bad)
	d.see(was, "b.md:2:8: error: ")
	d.change(better)
	d.see("!error")
	d.change(bad)
	press(d.App, "esc")
	d.see("b.md:2:8: error: ", "Two")
	press(d.App, "j e")
	if d.edited != "a.md:5" {
		t.Error("the editor opens", d.edited)
	}
}

// Doubts stand over the text too: the first whole, with what to do about it, and the others a key away.
func TestAuthorTellsAll(t *testing.T) {
	d := newAuthor(t, map[string]string{"a.md": "---\ntitle: One\ndate: 2026-11-01\n---\n\nText of it.\n"}, "a")
	var problems []problem.Problem
	d.problems = func(string) []problem.Problem { return problems }
	d.Update(tea.WindowSizeMsg{Width: 60, Height: 20})
	for i := range 9 {
		problems = append(problems, problem.Problem{
			File: "posts/a.md", Line: 10 + i, Column: 3, Severity: problem.Warning,
			Message: "the picture is not in the blog's directory, where readers could see it", Hint: fmt.Sprintf("put it beside the post, hint%d", i),
		})
	}
	d.see("hint0", "8 more: !", "!hint1", "Text of it.")
	press(d.App, "!")
	d.see("hint0", "hint3")
	press(d.App, "! ! "+strings.Repeat("space ", 50))
	d.see("hint8", "!hint0")
	press(d.App, "e")
	if d.edited != "a.md:6" {
		t.Error("the editor opens", d.edited)
	}
	problems = problems[:1]
	press(d.App, "esc")
	d.see("hint0", "!more: !")
	problems[0].Hint = strings.Repeat("long ", 100) + "hint"
	d.see("more: !", "!hint", "Text of it.")
	problems = nil
	press(d.App, "!")
	d.see("Nothing is known to be wrong here.")
}

// A paragraph that is written above the one that is read doesn't move it, though its lines change.
func TestAuthorKeepsThePlaceAtAnyWidth(t *testing.T) {
	var text strings.Builder
	for i := range 40 {
		fmt.Fprintf(&text, "Word%d %s\n\n", i, strings.Repeat("and others ", 20))
	}
	files := map[string]string{"a.md": "---\ntitle: One\ndate: 2026-11-01\n---\n\n" + text.String()}
	d := newAuthor(t, files, "a")
	press(d.App, "space space space")
	was := d.first()
	d.Update(tea.WindowSizeMsg{Width: 50, Height: 24})
	d.change(map[string]string{"a.md": strings.Replace(files["a.md"], "Word1 ", "Added.\n\nWord1 ", 1)})
	d.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	if got := d.first(); got != was {
		t.Errorf("%q is at the top, and %q was", got, was)
	}
}

// A file that is renamed is read on; one that is gone, to its end.
func TestAuthorFollowsAName(t *testing.T) {
	const post = "---\ntitle: One\ndate: 2026-11-01\n---\n\nThe text of it.\n"
	d := newAuthor(t, map[string]string{"a.md": post, "z.md": post + "Z.\n"}, "a")
	d.change(map[string]string{"b.md": post, "z.md": post + "Z.\n"})
	d.see("The text of it.", "!no more")
	press(d.App, "e")
	if d.edited != "b.md:6" {
		t.Error("the editor opens", d.edited)
	}
	d.change(map[string]string{"b.md": strings.Replace(post, "title:", "slug: other\ntitle:", 1), "z.md": post + "Z.\n"})
	d.see("The text of it.", "!no more")
	d.change(map[string]string{"b.md": post + "More.\n", "z.md": post + "Z.\n"})
	d.change(map[string]string{"c.md": post + "More.\n", "z.md": post + "Z.\n"})
	d.see("More.", "!no more")
	d.change(map[string]string{"z.md": post + "Z.\n"})
	d.see("More.", "no more")
}

// Readers see nothing of it.
func TestNoDesk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(today))
		app, send := newApp(t, fstest.MapFS{"a.md": {Data: []byte("---\ntitle: a: b\ndate: 2026-11-01\n---\nText.\n")}}, 80, 24)
		for _, keys := range []string{"", "e", "enter", "e", "?"} {
			send(keys)
			if s := ansi.Strip(app.View().Content); strings.Contains(s, "edit") || strings.Contains(s, "error") {
				t.Errorf("after %s:\n%s", keys, s)
			}
		}
	})
}

// The frames of an author fit too.
func TestAuthorGeometry(t *testing.T) {
	files := map[string]string{}
	for name, f := range wild() {
		files[name] = string(f.Data)
	}
	files["2026-11-22-bad.md"] = "---\ntitle: a: 漢字かな交じり文の題名はどこで折り返されるのか\ndate: soon\ntags:\n\t- x\n---\n" + strings.Repeat("Text. ", 400)
	d := newAuthor(t, files, "")
	for _, keys := range []string{"", "enter", "space", "o", "esc /", "esc f", "esc !"} {
		press(d.App, keys)
		for _, w := range []int{0, 1, 2, 20, 40, 80, 120, 200} {
			for _, h := range []int{0, 1, 2, 3, 5, 6, 10, 13, 24, 60} {
				d.Update(tea.WindowSizeMsg{Width: w, Height: h})
				checkGeometry(t, d.App, w, h)
				for _, name := range []string{"down", "up"} {
					d.Update(termtest.Msg(name))
				}
				checkGeometry(t, d.App, w, h)
			}
		}
		d.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	}
}
