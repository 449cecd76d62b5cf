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
)

// TestNoWordIsMissed: by enter alone, on terminals of any size, a reader hears every line of a post, in order.
func TestNoWordIsMissed(t *testing.T) {
	b, _ := load(t, shared(t))
	hear := func(width, height int) []string {
		talk := linear.New(b, blog.Reader{}, "bread")
		talk.Resize(width, height)
		var b strings.Builder
		for said := talk.Open(); ; said = talk.Answer("") {
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
	whole := strings.Join(hear(80, 300), " ")
	for _, width := range []int{0, 1, 20, 40, 200} {
		for _, height := range []int{0, 1, 2, 3, 5, 10, 24} {
			if got := strings.Join(hear(width, height), " "); got != whole {
				t.Errorf("%d×%d: one hears\n%s\nand should hear\n%s", width, height, got, whole)
			}
		}
	}
}

// TestPlaceIsKept: what is said next begins where it would have, whatever becomes of the terminal and the blog meanwhile.
func TestPlaceIsKept(t *testing.T) {
	files := shared(t)
	b, replace := load(t, files)
	talk := linear.New(b, blog.Reader{}, "bread")
	talk.Resize(80, 16)
	talk.Open()
	talk.Resize(30, 10)
	if got := talk.Answer(""); !strings.HasPrefix(got, "Heading 2: Recipe\n") {
		t.Errorf("narrower it goes on with %q", got)
	}
	talk.Resize(80, 16)
	if got := talk.Answer("repeat"); !strings.HasPrefix(got, "Heading 2: Recipe\n") {
		t.Errorf("wider it repeats %q", got)
	}

	const name = "posts/2026-11-20-bread.md"
	files[name] = &fstest.MapFile{Data: []byte(strings.Replace(string(files[name].Data), "Bread needs", "A sentence more. Bread needs", 1))}
	replace(files)
	if got := talk.Answer("repeat"); !strings.HasPrefix(got, "Heading 2: Recipe\n") {
		t.Errorf("after a change it repeats %q", got)
	}
	delete(files, name)
	replace(files)
	if got := talk.Answer("repeat"); !strings.HasPrefix(got, "Heading 2: Recipe\n") {
		t.Errorf("removed, it repeats %q", got)
	}
	if got := talk.Answer("top"); !strings.Contains(got, "published no more") {
		t.Errorf("removed, it begins with %q", got)
	}
	if got := talk.Answer("1"); !strings.HasPrefix(got, "Heading 1: On salt\n") {
		t.Errorf("removed, its first link leads to %q", got)
	}
}

// TestNumbersKeepTheirMeaning: a number means what it was said with, even if the list has changed since.
func TestNumbersKeepTheirMeaning(t *testing.T) {
	files := shared(t)
	b, replace := load(t, files)
	talk := linear.New(b, blog.Reader{}, "")
	talk.Open()
	files["posts/2026-11-21-new.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Newest\ndate: 2026-11-21\n---\nNew.\n")}
	replace(files)
	if got := talk.Answer("1"); !strings.HasPrefix(got, "Heading 1: On bread\n") {
		t.Errorf("1 opens %q", got)
	}
	talk.Answer("back")
	delete(files, "posts/2026-11-10-water.md")
	replace(files)
	if got := talk.Answer("3"); got != "No post has number 3 here.\n" {
		t.Errorf("the number of a post that is gone opens %q", got)
	}
	if got := talk.Answer("list"); !strings.Contains(got, "\n1. Newest, ") {
		t.Errorf("the list says %q", got)
	}
	if got := talk.Answer("1"); !strings.HasPrefix(got, "Heading 1: Newest\n") {
		t.Errorf("1 opens %q", got)
	}
}

// TestBlogVanishes: whatever was said, and whatever is asked for, an author may take it all away meanwhile.
func TestBlogVanishes(t *testing.T) {
	for _, way := range [][]string{{}, {"1"}, {"1", "contents"}, {"1", "links"}, {"tags"}, {"tags", "1"}, {"series"}, {"search salt"}, {"salt", "related"}, {"help"}} {
		for _, line := range strings.Fields("more repeat up top back where next previous contents heading skip links note/1 find/salt find related about about/2 address list search/salt tags series pages languages translations open/bread help 1 7") {
			b, replace := load(t, shared(t))
			talk := linear.New(b, blog.Reader{}, "")
			talk.Resize(80, 9)
			talk.Open()
			for _, w := range way {
				talk.Answer(w)
			}
			talk.Answer("")
			replace(fstest.MapFS{})
			for range 2 {
				if talk.Answer(strings.ReplaceAll(line, "/", " ")) == "" {
					t.Errorf("%q then %q says nothing", way, line)
				}
				talk.Prompt()
			}
		}
	}
}

// TestStanding: who is shown what readers aren't is told why, at the moment that is looked at.
func TestStanding(t *testing.T) {
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
	b := &blog.Blog{Edition: func() *content.Edition { return lib.Whole(moment) }, Theme: page.Terminal, Pages: page.NewCache(1 << 20)}
	talk := linear.New(b, blog.Reader{}, "")
	said := talk.Open()
	moment = today.AddDate(2, 0, 0)
	later := talk.Answer("list")
	for _, tt := range []struct{ said, want string }{
		{said, "A, 2026-01-01, draft, 1 min"}, {said, "B, 2027-01-01, scheduled, 1 min"}, {said, "C, 2026-01-01, expired, 1 min"},
		{said, "D, 2026-01-01, 1 min"}, {later, "B, 2027-01-01, 1 min"},
	} {
		if !strings.Contains(tt.said, tt.want+"\n") {
			t.Errorf("no %q in:\n%s", tt.want, tt.said)
		}
	}
}

// TestPosts: what was opened is known, and what was only passed isn't.
func TestPosts(t *testing.T) {
	b, _ := load(t, shared(t))
	talk := linear.New(b, blog.Reader{Lang: "es_MX.UTF-8"}, "bread#recipe")
	if got := talk.Open(); !strings.Contains(got, "Heading 2: Recipe") || strings.Contains(got, "Heading 2: Flour") {
		t.Errorf("at a heading it begins with %q", got)
	}
	for _, line := range []string{"2", "back", "next", "where", "list", "2"} {
		talk.Answer(line)
	}
	if got := fmt.Sprint(talk.Posts()); got != "[bread salt es/salt]" {
		t.Errorf("read: %s", got)
	}
	if got := talk.Answer("repeat"); !strings.Contains(got, "La sal") {
		t.Errorf("a reader of Spanish hears %q", got)
	}
}

// TestSilentTalkHoldsLittle: beside a library and a cache, one who has gone through a blog and is silent holds a few KB.
func TestSilentTalkHoldsLittle(t *testing.T) {
	const many = 200
	b, _ := load(t, shared(t))
	talks := make([]*linear.Talk, 0, many)
	before := heap()
	for range many {
		talk := linear.New(b, blog.Reader{}, "")
		talk.Resize(80, 24)
		talk.Open()
		for _, line := range []string{"1", "", "contents", "2", "links", "3", "note 1", "help", "list"} {
			talk.Answer(line)
		}
		talks = append(talks, talk)
	}
	if held := (heap() - before) / many; held > 4<<10 {
		t.Errorf("each holds %d bytes", held)
	} else {
		t.Logf("each holds %d bytes", held)
	}
	runtime.KeepAlive(talks)
}

func heap() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

// TestDeskTells: an author hears what has become of the post that they hear, once, and what is wrong with it.
func TestDeskTells(t *testing.T) {
	files := shared(t)
	b, replace := load(t, files)
	var problems []problem.Problem
	b.Authoring = &blog.Authoring{Problems: func(string) []problem.Problem { return problems }}
	talk := linear.New(b, blog.Reader{}, "bread")
	talk.Open()
	const name = "posts/2026-11-20-bread.md"
	hear := func(typed string, want bool, what string) {
		t.Helper()
		if got := talk.Answer(typed); strings.Contains(got, what) != want {
			t.Errorf("to %q one hears\n%s\nand should hear %q: %t", typed, got, what, want)
		}
	}
	hear("where", false, "changed")
	files[name] = &fstest.MapFile{Data: []byte(strings.Replace(string(files[name].Data), "Bread needs", "More. Bread needs", 1))}
	replace(files)
	hear("", true, "The post has changed.\n")
	hear("", false, "changed")
	for i := range 5 {
		problems = append(problems, problem.Problem{File: name, Line: 3 + i, Severity: problem.Error, Message: "wrong"})
	}
	hear("where", true, name+":5: error: wrong\nAnd 2 more, which postern check names.\n")
	hear("where", false, "error")
	problems = nil
	hear("where", true, "Nothing is known to be wrong with it any more.\n")
	problems = []problem.Problem{{File: "x.md", Severity: problem.Warning, Message: "odd"}}
	hear("open salt", true, "x.md: warning: odd\n")
	hear("list", false, "odd")
	problems = nil
	hear("open bread", false, "wrong")
	delete(files, name)
	replace(files)
	hear("where", true, "This post is published no more.")
	hear("where", false, "no more")
}
