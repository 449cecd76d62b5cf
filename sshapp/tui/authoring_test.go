package tui_test

import (
	"fmt"
	"maps"
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
	"postern/sshapp/page/theme"
	"postern/sshapp/reads"
	"postern/sshapp/tui"
)

// An author is an App with Authoring, on a blog that changes.
type author struct {
	*tui.App
	t      *testing.T
	files  fstest.MapFS
	scan   *content.Scan
	edited string // what was opened last in the editor

	blog     *blog.Blog
	problems func(file string) []problem.Problem
	reads    func(days int) (reads.Summary, error)
}

func newAuthor(t *testing.T, files map[string]string, target string) *author {
	a := &author{t: t, files: fstest.MapFS{}, reads: someReads}
	a.problems = func(file string) []problem.Problem {
		return slices.DeleteFunc(a.scan.Library().Problems(), func(p problem.Problem) bool { return file != "" && p.File != file })
	}
	a.load(files)
	a.blog = &blog.Blog{
		Edition: func() *content.Edition { return a.scan.Library().AllAt(today) }, Theme: theme.Terminal, Pages: page.NewCache(1 << 20),
		Authoring: &blog.Authoring{
			Problems: func(file string) []problem.Problem { return a.problems(file) },
			Reads:    func(days int) (reads.Summary, error) { return a.reads(days) },
			Edit: func(file string, line int) error {
				a.edited = fmt.Sprintf("%s:%d", file, line)
				return nil
			},
		},
	}
	a.App = tui.New(a.blog, newReader(), target)
	a.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	return a
}

// load replaces the blog's files. A post that can't be read any more stays as it was.
func (a *author) load(files map[string]string) {
	a.t.Helper()
	now := fstest.MapFS{}
	for name, text := range files {
		now[name] = &fstest.MapFile{Data: []byte(text)}
	}
	var err error
	if a.scan == nil {
		a.scan, err = content.NewScan(now)
	} else {
		a.scan, err = a.scan.Reload(now)
	}
	if err != nil {
		a.t.Fatal(err)
	}
}

// change replaces the blog's files while it is read.
func (a *author) change(files map[string]string) {
	a.load(files)
	a.Update(tui.ChangedMsg{Problems: a.scan.Library().Problems()})
}

// see checks that the screen shows some texts, and doesn't show those that begin with "!".
func (a *author) see(want ...string) {
	a.t.Helper()
	screen := ansi.Strip(a.View().Content)
	for _, w := range want {
		if w, hidden := strings.CutPrefix(w, "!"); strings.Contains(screen, w) == hidden {
			a.t.Errorf("%q is on the screen: %t\n%s", w, hidden, screen)
		}
	}
}

// first returns the first two lines of the screen.
func (a *author) first() string {
	lines := strings.Split(ansi.Strip(a.View().Content), "\n")
	return strings.TrimSpace(lines[0] + lines[1])
}

// What readers don't see is marked: by a word in the list, and by a sentence above the text.
func TestAuthorMarks(t *testing.T) {
	a := newAuthor(t, map[string]string{
		"a.md": "---\ntitle: Begun\ndate: 2026-11-01\ndraft: true\n---\nText.\n",
		"b.md": "---\ntitle: Late\ndate: 2026-11-22 15:00\n---\nText.\n",
		"c.md": "---\ntitle: Over\ndate: 2026-11-02\nexpires: 2026-11-20\n---\nText.\n",
		"d.md": "---\ntitle: Hidden\ndate: 2026-11-03\nunlisted: true\n---\nText.\n",
		"e.md": "---\ntitle: " + strings.Repeat("A long title of it ", 5) + "\ndate: 2026-10-01\ndraft: true\n---\nText.\n",
	}, "")
	for title, mark := range map[string]string{"Begun": "draft", "Late": "scheduled", "Over": "expired", "Hidden": "unlisted", "A long title": "draft"} {
		lines := strings.Split(ansi.Strip(a.View().Content), "\n")
		i := slices.IndexFunc(lines, func(l string) bool { return strings.Contains(l, title) })
		if strings.HasPrefix(title, "A long") {
			i++ // the title goes on
		}
		if l := lines[i]; !strings.HasSuffix(strings.TrimRight(l, " "), " "+mark) {
			t.Errorf("%s isn't marked: %q", title, l)
		}
	}
	press(a.App, "enter")
	a.see("publishes in 3 h (2026-11-22 15:00 UTC)")
	press(a.App, "esc j enter")
	a.see("unlisted")
	press(a.App, "esc j enter")
	a.see("expired 3 days ago (2026-11-20 00:00 UTC)")
}

// A draft without a date stands among the pages, and is marked there too.
func TestAuthorMarksPages(t *testing.T) {
	a := newAuthor(t, map[string]string{
		"a.md": "---\ntitle: A\ndate: 2026-11-01\n---\nText.\n",
		"b.md": "---\ntitle: About\n---\nText.\n",
		"c.md": "---\ntitle: Begun\ndraft: true\n---\nText.\n",
	}, "")
	a.see("About · Begun (draft)")
	a.blog.Authoring.Saved = func(file string) bool { return file == "b.md" }
	a.see("About (not published yet) · Begun (draft)")
}

// A post whose date is not valid waits among the posts of the year that it names, and not under a heading of its own.
func TestAuthorBadDate(t *testing.T) {
	a := newAuthor(t, map[string]string{
		"a.md": "---\ntitle: Bread\ndate: 2026-11-01\n---\nText.\n",
		"b.md": "---\ntitle: Soup\ndate: 2026-13-45\n---\nText.\n",
	}, "")
	a.see("Soup", "!Undated")
}

// The help names only what can be done here, and the keys of the rest say why they do nothing.
func TestAuthorKeys(t *testing.T) {
	a := newAuthor(t, map[string]string{"a.md": "---\ntitle: A\ndate: 2026-11-01\n---\nText.\n"}, "")
	a.see("e edit")
	press(a.App, "? space")
	a.see("how often posts are read", "!what was published")
	press(a.App, "esc H")
	a.see("it has no history")

	a.blog.Authoring.Edit, a.blog.Authoring.Reads = nil, nil
	a.App = tui.New(a.blog, newReader(), "")
	a.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	a.see("!e edit")
	press(a.App, "? space")
	a.see("!how often posts are read", "!edit", "problems")
	press(a.App, "esc e")
	a.see("Edit the file where you have it")
}

// The list names errors above it, and all problems on "!", errors first.
func TestAuthorWarnings(t *testing.T) {
	a := newAuthor(t, map[string]string{"a.md": "---\ntitle: A\ndate: 2026-11-01\n---\nText.\n"}, "")
	a.problems = func(string) []problem.Problem {
		return []problem.Problem{{File: "a.md", Severity: problem.Warning, Message: "long"}, {File: "b.md", Severity: problem.Error, Message: "bad"}}
	}
	a.see("b.md: error: bad", "!long")
	press(a.App, "!")
	if text := ansi.Strip(a.View().Content); strings.Index(text, "a.md: warning: long") < strings.LastIndex(text, "b.md: error: bad") {
		t.Errorf("the problems are\n%s", text)
	}
}

// Problems are shown above the text, and the text stays where it was.
func TestAuthorProblems(t *testing.T) {
	var text strings.Builder
	for i := range 60 {
		fmt.Fprintf(&text, "Paragraph %d.\n\n", i)
	}
	good := map[string]string{
		"a.md": "---\ntitle: One\ndate: 2026-11-01\n---\n\n" + text.String(),
		"b.md": "---\ntitle: Two\ndate: 2026-11-02\n---\n\nText.\n",
	}
	a := newAuthor(t, good, "a")
	press(a.App, "space space")
	a.see("!error")
	was := a.first()

	bad := maps.Clone(good)
	bad["a.md"] = "---\ntitle: One\ndate: 2026-13-01\n---\n\nGone.\n"
	a.change(bad)
	if got := a.first(); !strings.HasPrefix(got, `a.md:3:7: error: date "2026-13-01" is not a day; served like this, the post`) {
		t.Errorf("above the text is %q", got)
	}
	a.see(was, "!Gone", "e edit")
	press(a.App, "e")
	if a.edited != "a.md:3" {
		t.Error("the editor opens", a.edited)
	}

	better := maps.Clone(good)
	better["a.md"] = strings.Replace(good["a.md"], "Paragraph 3.", "New.\n\nNewer.\n\nParagraph 3, longer.", 1)
	a.change(better)
	if got := a.first(); got != was {
		t.Errorf("%q is at the top, and %q was", got, was)
	}

	bad = maps.Clone(better)
	bad["b.md"] = "---\ntitle: a: b\ndate: 2026-11-02\n---\n\nText.\n"
	a.change(bad)
	a.see(was, "b.md:2:8: error: ")
	a.change(better)
	a.see("!error")
	a.change(bad)
	press(a.App, "esc")
	a.see("b.md:2:8: error: ", "Two")
	press(a.App, "j e")
	if a.edited != "a.md:5" {
		t.Error("the editor opens", a.edited)
	}
}

// Warnings are shown above the text too: the first with its hint, and the others after a key.
func TestAuthorTellsAll(t *testing.T) {
	a := newAuthor(t, map[string]string{"a.md": "---\ntitle: One\ndate: 2026-11-01\n---\n\nText of it.\n"}, "a")
	var problems []problem.Problem
	a.problems = func(string) []problem.Problem { return problems }
	a.Update(tea.WindowSizeMsg{Width: 60, Height: 20})
	for i := range 9 {
		problems = append(problems, problem.Problem{
			File: "posts/a.md", Line: 10 + i, Column: 3, Severity: problem.Warning,
			Message: "the picture is not in the blog's directory, where readers could see it", Hint: fmt.Sprintf("put it beside the post, hint%d", i),
		})
	}
	a.see("hint0", "8 more: !", "!hint1", "Text of it.")
	press(a.App, "!")
	a.see("hint0", "hint3")
	press(a.App, "! ! "+strings.Repeat("space ", 50))
	a.see("hint8", "!hint0")
	press(a.App, "e")
	if a.edited != "a.md:6" {
		t.Error("the editor opens", a.edited)
	}
	problems = problems[:1]
	press(a.App, "esc")
	a.see("hint0", "!more: !")
	problems[0].Hint = strings.Repeat("long ", 100) + "hint"
	a.see("more: !", "!hint", "Text of it.")
	problems = nil
	press(a.App, "!")
	a.see("No problems are known here.", "!its text")
	press(a.App, "esc !")
	a.see("No problems are known; open a post to check its text.")
}

// A paragraph that is added above the text on the screen doesn't scroll it.
func TestAuthorKeepsPositionAtAnyWidth(t *testing.T) {
	var text strings.Builder
	for i := range 40 {
		fmt.Fprintf(&text, "Word%d %s\n\n", i, strings.Repeat("and others ", 20))
	}
	files := map[string]string{"a.md": "---\ntitle: One\ndate: 2026-11-01\n---\n\n" + text.String()}
	a := newAuthor(t, files, "a")
	press(a.App, "space space space j")
	was := a.first()
	a.Update(tea.WindowSizeMsg{Width: 50, Height: 24})
	a.change(map[string]string{"a.md": strings.Replace(files["a.md"], "Word1 ", "Added.\n\nWord1 ", 1)})
	a.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	if got := a.first(); got != was {
		t.Errorf("%q is at the top, and %q was", got, was)
	}
}

// A post whose file is renamed stays open. A post whose file is removed can be read to its end.
func TestAuthorFollowsRenamedFile(t *testing.T) {
	const post = "---\ntitle: One\ndate: 2026-11-01\n---\n\nThe text of it.\n"
	a := newAuthor(t, map[string]string{"a.md": post, "z.md": post + "Z.\n"}, "a")
	a.change(map[string]string{"b.md": post, "z.md": post + "Z.\n"})
	a.see("The text of it.", "!no longer")
	press(a.App, "e")
	if a.edited != "b.md:6" {
		t.Error("the editor opens", a.edited)
	}
	a.change(map[string]string{"b.md": strings.Replace(post, "title:", "slug: other\ntitle:", 1), "z.md": post + "Z.\n"})
	a.see("The text of it.", "!no longer")
	a.change(map[string]string{"b.md": post + "More.\n", "z.md": post + "Z.\n"})
	a.change(map[string]string{"c.md": post + "More.\n", "z.md": post + "Z.\n"})
	a.see("More.", "!no longer")
	a.change(map[string]string{"z.md": post + "Z.\n"})
	a.see("More.", "no longer")
}

// Readers see no problems and can't edit.
func TestReadersSeeNoProblems(t *testing.T) {
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

// An author's frames fit the terminal too.
func TestAuthorGeometry(t *testing.T) {
	files := map[string]string{}
	for name, f := range unusualBlog() {
		files[name] = string(f.Data)
	}
	files["2026-11-22-bad.md"] = "---\ntitle: a: 漢字かな交じり文の題名はどこで折り返されるのか\ndate: soon\ntags:\n\t- x\n---\n" + strings.Repeat("Text. ", 400)
	a := newAuthor(t, files, "")
	for _, keys := range []string{"", "enter", "space", "o", "esc /", "esc f", "esc !"} {
		press(a.App, keys)
		for _, w := range []int{0, 1, 2, 20, 40, 80, 120, 200} {
			for _, h := range []int{0, 1, 2, 3, 5, 6, 10, 13, 24, 60} {
				a.Update(tea.WindowSizeMsg{Width: w, Height: h})
				checkGeometry(t, a.App, w, h)
				for _, name := range []string{"down", "up"} {
					a.Update(termtest.Msg(name))
				}
				checkGeometry(t, a.App, w, h)
			}
		}
		a.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	}
}
