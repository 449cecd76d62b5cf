package linear_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"postern/content"
	"postern/content/problem"
	"postern/sshapp/blog"
	"postern/sshapp/linear"
	"postern/sshapp/page"
	"postern/sshapp/page/theme"
)

// TestNoLineIsMissed: enter alone prints every line of a post in order, on terminals of any size.
func TestNoLineIsMissed(t *testing.T) {
	b, _ := load(t, exampleBlog(t))
	readAll := func(width, height int) []string {
		session := linear.New(b, blog.Reader{}, "bread")
		session.Resize(width, height)
		var b strings.Builder
		for said := session.Greeting(); ; said = session.Answer("") {
			if n := strings.Count(said, "\n"); n > max(height-2, 6) && height > 0 { // the greeting has up to six
				t.Errorf("%d×%d: %d lines at once", width, height, n)
			}
			b.WriteString(said)
			if strings.HasPrefix(said, "That was all.") {
				return strings.Fields(b.String())
			}
			if b.Len() > 100<<10 {
				t.Fatalf("%d×%d: there is no end", width, height)
			}
		}
	}
	whole := strings.Join(readAll(80, 300), " ")
	for _, width := range []int{0, 1, 20, 40, 200} {
		for _, height := range []int{0, 1, 2, 3, 5, 10, 24} {
			if got := strings.Join(readAll(width, height), " "); got != whole {
				t.Errorf("%d×%d: the text is\n%s\nand should be\n%s", width, height, got, whole)
			}
		}
	}
}

// TestStops: behind an abbreviation there is no second full stop.
func TestStops(t *testing.T) {
	b, _ := load(t, fstest.MapFS{
		"postern.toml": {Data: []byte("language = \"de\"\n")},
		"a.md":         {Data: []byte("---\ntitle: A\ndate: 2026-11-20\n---\n## B\n\n" + strings.Repeat("Text.\n\n", 50))},
	})
	session := linear.New(b, blog.Reader{}, "a")
	session.Resize(80, 9)
	said := session.Greeting() + session.Answer("where") + session.Answer("about")
	if strings.Count(said, "1 Min.") != 3 || strings.Contains(said, "..") {
		t.Error(said)
	}
}

// TestPositionIsKept: the next screenful begins at the same text, whether or not the terminal or the blog has changed.
func TestPositionIsKept(t *testing.T) {
	files := exampleBlog(t)
	b, replace := load(t, files)
	session := linear.New(b, blog.Reader{}, "bread")
	session.Resize(80, 16)
	session.Greeting()
	session.Resize(30, 10)
	if got := session.Answer(""); !strings.HasPrefix(got, "Heading 2: Recipe\n") {
		t.Errorf("narrower it goes on with %q", got)
	}
	session.Resize(80, 16)
	if got := session.Answer("repeat"); !strings.HasPrefix(got, "Heading 2: Recipe\n") {
		t.Errorf("wider it repeats %q", got)
	}

	const name = "posts/2026-11-20-bread.md"
	files[name] = &fstest.MapFile{Data: []byte(strings.Replace(string(files[name].Data), "Bread needs", "A sentence more. Bread needs", 1))}
	replace(files)
	if got := session.Answer("repeat"); !strings.HasPrefix(got, "Heading 2: Recipe\n") {
		t.Errorf("after a change it repeats %q", got)
	}
	delete(files, name)
	replace(files)
	if got := session.Answer("repeat"); !strings.HasPrefix(got, "Heading 2: Recipe\n") {
		t.Errorf("removed, it repeats %q", got)
	}
	if got := session.Answer("top"); !strings.Contains(got, "no longer published") {
		t.Errorf("removed, it begins with %q", got)
	}
	if got := session.Answer("1"); !strings.HasPrefix(got, "Heading 1: On salt\n") {
		t.Errorf("removed, its first link leads to %q", got)
	}
}

// TestNumbersKeepTheirMeaning: a number means the row that it was printed with, even if the list has changed since.
func TestNumbersKeepTheirMeaning(t *testing.T) {
	files := exampleBlog(t)
	b, replace := load(t, files)
	session := linear.New(b, blog.Reader{}, "")
	session.Greeting()
	files["posts/2026-11-21-new.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Newest\ndate: 2026-11-21\n---\nNew.\n")}
	replace(files)
	if got := session.Answer("1"); !strings.HasPrefix(got, "Heading 1: On bread\n") {
		t.Errorf("1 opens %q", got)
	}
	session.Answer("back")
	delete(files, "posts/2026-11-10-water.md")
	replace(files)
	if got := session.Answer("3"); got != "No post has number 3 here.\n" {
		t.Errorf("the number of a post that is gone opens %q", got)
	}
	if got := session.Answer("list"); !strings.Contains(got, "\n1. Newest, ") {
		t.Errorf("the list says %q", got)
	}
	if got := session.Answer("1"); !strings.HasPrefix(got, "Heading 1: Newest\n") {
		t.Errorf("1 opens %q", got)
	}
}

// TestBlogVanishes: every command works in every view after all posts have been removed.
func TestBlogVanishes(t *testing.T) {
	for _, way := range [][]string{{}, {"1"}, {"1", "contents"}, {"1", "links"}, {"tags"}, {"tags", "1"}, {"series"}, {"search salt"}, {"salt", "related"}, {"help"}} {
		for _, line := range strings.Fields("more repeat up top back where next previous contents heading skip links note/1 find/salt find related about about/2 address list search/salt tags series pages languages translations open/bread help 1 7") {
			b, replace := load(t, exampleBlog(t))
			session := linear.New(b, blog.Reader{}, "")
			session.Resize(80, 9)
			session.Greeting()
			for _, w := range way {
				session.Answer(w)
			}
			session.Answer("")
			replace(fstest.MapFS{})
			for range 2 {
				if session.Answer(strings.ReplaceAll(line, "/", " ")) == "" {
					t.Errorf("%q then %q says nothing", way, line)
				}
				session.Prompt()
			}
		}
	}
}

// TestStatus: a post that readers don't see is printed with the reason, at the time of the edition.
func TestStatus(t *testing.T) {
	lib, err := content.Load(fstest.MapFS{
		"a.md": {Data: []byte("---\ntitle: A\ndate: 2026-01-01\ndraft: true\n---\nx")},
		"b.md": {Data: []byte("---\ntitle: B\ndate: 2027-01-01\n---\nx")},
		"c.md": {Data: []byte("---\ntitle: C\ndate: 2026-01-01\nexpires: 2026-02-01\n---\nx")},
		"d.md": {Data: []byte("---\ntitle: D\ndate: 2026-01-01\n---\nx")},
	})
	if err != nil {
		t.Fatal(err)
	}
	moment := today
	b := &blog.Blog{Edition: func() *content.Edition { return lib.AllAt(moment) }, Theme: theme.Terminal, Pages: page.NewCache(1 << 20)}
	session := linear.New(b, blog.Reader{}, "")
	said := session.Greeting()
	moment = today.AddDate(2, 0, 0)
	later := session.Answer("list")
	for _, tt := range []struct{ said, want string }{
		{said, "A, 2026-01-01, draft, 1 min"}, {said, "B, 2027-01-01, scheduled, 1 min"}, {said, "C, 2026-01-01, expired, 1 min"},
		{said, "D, 2026-01-01, 1 min"}, {later, "B, 2027-01-01, 1 min"},
	} {
		if !strings.Contains(tt.said, tt.want+"\n") {
			t.Errorf("no %q in:\n%s", tt.want, tt.said)
		}
	}
}

// TestPosts: the posts that were opened are recorded, and those that were only listed are not.
func TestPosts(t *testing.T) {
	b, _ := load(t, exampleBlog(t))
	session := linear.New(b, blog.Reader{Lang: "es_MX.UTF-8"}, "bread#recipe")
	if got := session.Greeting(); !strings.Contains(got, "Heading 2: Recipe") || strings.Contains(got, "Heading 2: Flour") {
		t.Errorf("at a heading it begins with %q", got)
	}
	for _, line := range []string{"2", "back", "next", "where", "list", "2"} {
		session.Answer(line)
	}
	if got := fmt.Sprint(session.Posts()); got != "[bread es/salt]" {
		t.Errorf("read: %s", got)
	}
	if got := session.Answer("repeat"); !strings.Contains(got, "La sal") {
		t.Errorf("a reader of Spanish hears %q", got)
	}
}

// TestIdleSessionIsSmall: a session that has gone through a whole blog keeps a few KB beside the library and the cache.
func TestIdleSessionIsSmall(t *testing.T) {
	const many = 200
	b, _ := load(t, exampleBlog(t))
	sessions := make([]*linear.Session, 0, many)
	before := heap()
	for range many {
		session := linear.New(b, blog.Reader{}, "")
		session.Resize(80, 24)
		session.Greeting()
		for _, line := range []string{"1", "", "contents", "2", "links", "3", "note 1", "help", "list"} {
			session.Answer(line)
		}
		sessions = append(sessions, session)
	}
	if held := (heap() - before) / many; held > 4<<10 {
		t.Errorf("each holds %d bytes", held)
	} else {
		t.Logf("each holds %d bytes", held)
	}
	runtime.KeepAlive(sessions)
}

func heap() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// TestAuthorIsTold: an author is told once of a change of the current post, and of its problems.
func TestAuthorIsTold(t *testing.T) {
	files := exampleBlog(t)
	b, replace := load(t, files)
	var problems []problem.Problem
	b.Authoring = &blog.Authoring{Problems: func(string) []problem.Problem { return problems }}
	session := linear.New(b, blog.Reader{}, "bread")
	session.Greeting()
	const name = "posts/2026-11-20-bread.md"
	check := func(typed string, want bool, text string) {
		t.Helper()
		if got := session.Answer(typed); strings.Contains(got, text) != want {
			t.Errorf("the answer to %q is\n%s\nand %q is wanted in it: %t", typed, got, text, want)
		}
	}
	check("where", false, "changed")
	files[name] = &fstest.MapFile{Data: []byte(strings.Replace(string(files[name].Data), "Bread needs", "More. Bread needs", 1))}
	replace(files)
	check("", true, "The post has changed.\n")
	check("", false, "changed")
	for i := range 5 {
		problems = append(problems, problem.Problem{File: name, Line: 3 + i, Severity: problem.Error, Message: "wrong"})
	}
	check("where", true, name+":5: error: wrong\nAnd 2 more, which postern check names.\n")
	check("where", false, "error")
	problems = nil
	check("where", true, "It has no known problems any more.\n")
	problems = []problem.Problem{{File: "x.md", Severity: problem.Warning, Message: "odd"}}
	check("open salt", true, "x.md: warning: odd\n")
	check("list", false, "odd")
	problems = nil
	check("open bread", false, "wrong")
	delete(files, name)
	replace(files)
	check("where", true, "This post is no longer published.")
	check("where", false, "no longer")
}
