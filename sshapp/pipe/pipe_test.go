package pipe_test

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"postern/content"
	asfiles "postern/sshapp/files"
	"postern/sshapp/page"
	"postern/sshapp/pipe"
	"postern/sshapp/tui"
)

// today is when all tests here play.
var today = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// files is a blog that has one of each thing that commands tell apart.
func files() fstest.MapFS {
	return fstest.MapFS{
		"postern.toml": {Data: []byte("title = \"A test\"\ndescription = \"What it says.\"\nlanguage = \"en\"\n")},
		"bread.md": {Data: []byte(`---
title: On bread
date: 2026-11-20
tags: [food, patience]
series: Kitchen
author: Ann
description: Flour and water.
---
Take flour. See [the other](soup.md), [a site](<https://example.com/a b>), [it again](https://example.com/a%20b),
[the draft](draft.md) and [below](#the-oven).

## The oven

Hot, and <https://example.org/>.

### Its door

Closed.
`)},
		"soup.md":     {Data: []byte("---\ntitle: Soup & more\ndate: 2026-10-02\ntags: [food]\nseries: Kitchen\naliases: [broth]\n---\nBoil *water*.")},
		"soup.es.md":  {Data: []byte("---\ntitle: Sopa\ndate: 2026-10-02\ntags: [comida]\n---\nHervir agua.\n")},
		"crlf.md":     {Data: []byte("---\r\ntitle: Ends\r\ndate: 2025-01-02\r\n---\r\nOne\r\ntwo\r\n")},
		"escape.md":   {Data: []byte("---\ntitle: Escape\ndate: 2024-01-02\n---\nRed \x1b[31mtext\xff.\n")},
		"draft.md":    {Data: []byte("---\ntitle: Secret one\ndate: 2026-01-01\ndraft: true\ntags: [secret]\n---\nsecret\n")},
		"future.md":   {Data: []byte("---\ntitle: Secret two\ndate: 2026-11-23\ntags: [food]\n---\nsecret\n")},
		"unlisted.md": {Data: []byte("---\ntitle: Secret three\ndate: 2026-01-01\nunlisted: true\ntags: [secret]\n---\nOnly by its address.\n")},
	}
}

// A caller calls commands of a blog.
type caller struct {
	t              testing.TB
	call           pipe.Call
	stdout, stderr bytes.Buffer
	outcome        pipe.Outcome
}

func newCaller(t testing.TB, files fstest.MapFS) *caller {
	t.Helper()
	lib, err := content.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	edition := func() *content.Edition { return lib.At(today) }
	return &caller{t: t, call: pipe.Call{
		Context: context.Background(),
		Files:   asfiles.NewSource(edition, "key"),
		Blog: &tui.Blog{
			Edition: edition,
			Theme:   page.Terminal,
			Pages:   page.NewCache(1 << 20),
		},
		Host:    "blog.example.com",
		Version: "1.2.3",
	}}
}

// run runs a command line, and holds what it wrote to what must hold of every answer in a pipe.
func (c *caller) run(line string) (code int, stdout, stderr string) {
	c.t.Helper()
	c.stdout.Reset()
	c.stderr.Reset()
	call := c.call
	call.Stdout, call.Stderr = &c.stdout, &c.stderr
	c.outcome = call.Run(line)
	return c.outcome.Code, c.stdout.String(), c.stderr.String()
}

// onTerminal has the caller sit at a terminal.
func (c *caller) onTerminal(width int) {
	c.call.Terminal = &pipe.Terminal{Width: width, Colors: 1 << 24, Profile: colorprofile.ANSI256}
}

// clean reports whether what goes to a pipe may.
func clean(s string) bool {
	for _, r := range s {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return false
		}
	}
	return utf8.ValidString(s)
}

// TestAnswers holds each command to its bytes.
func TestAnswers(t *testing.T) {
	tests := []struct {
		line   string
		code   int
		stdout string
		stderr string
	}{
		{"ls", 0, "2026-11-20\tbread\tOn bread\n2026-10-02\tsoup\tSoup & more\n2025-01-02\tcrlf\tEnds\n2024-01-02\tescape\tEscape\n", ""},
		{"ls -n 1", 0, "2026-11-20\tbread\tOn bread\n", ""},
		{"ls --tag FOOD", 0, "2026-11-20\tbread\tOn bread\n2026-10-02\tsoup\tSoup & more\n", ""},
		{"ls --tag secret", 1, "", "postern: nothing found\n"},
		{"ls --lang es", 0, "2026-10-02\tes/soup\tSopa\n", ""},
		{"ls --lang en -n1 --since 2026", 0, "2026-11-20\tbread\tOn bread\n", ""},
		{"ls --series kitchen --since=2026-11", 0, "2026-11-20\tbread\tOn bread\n", ""},
		{"ls --since 2026-11-21", 1, "", "postern: nothing found\n"},
		{"ls --since soon", 2, "", "postern: --since \"soon\" is no date; write it as 2026-11-22\nusage: ssh blog.example.com ls "},
		{"ls -n -1", 2, "", "postern: -n -1 is less than none\n"},
		{"ls -n many", 2, "", "postern: \"many\" is no value for -n N\n"},
		{"ls --tag", 2, "", "postern: --tag T needs a value\n"},
		{"ls --tga food", 2, "", "postern: there is no flag \"tga\"\n"},
		{"ls -x", 2, "", "postern: there is no flag \"x\"\n"},
		{"ls food", 2, "", "postern: ls takes nothing such as \"food\"\n"},
		{"ls --json -n 1", 0, `{"posts": [
{"slug":"bread","title":"On bread","date":"2026-11-20","time":"2026-11-20T00:00:00Z","updated":"","lang":"en","series":"Kitchen","tags":["food","patience"],"authors":["Ann"],"summary":"Flour and water.","words":22,"link":"ssh://bread@blog.example.com"}
]}
`, ""},
		{"ls --json --tag none", 1, "{\"posts\": [\n]}\n", "postern: nothing found\n"},

		{"cat soup", 0, "Soup & more\n2026-10-02 · 1 min · food\n\nBoil water.\n", ""},
		{"cat BROTH es/soup", 0, "Soup & more\n2026-10-02 · 1 min · food\n\nBoil water.\n\nSopa\n2026-10-02 · 1 min · comida\n\nHervir agua.\n", ""},
		{"cat bread#its-door", 0, "On bread\n2026-11-20 · Ann · 1 min · food, patience\n\nIts door\n\nClosed.\n", ""},
		{"cat bread#nothing", 1, "", "postern: no heading of bread is called \"nothing\"; they are in: ssh blog.example.com toc bread\n"},
		{"cat --width 20 crlf", 0, "Ends\n2025-01-02 · 1 min\n\nOne two\n", ""},
		{"cat --raw soup", 0, string(files()["soup.md"].Data), ""},
		{"cat --raw crlf soup", 0, string(files()["crlf.md"].Data) + string(files()["soup.md"].Data), ""},
		{"cat --raw escape", 0, "---\ntitle: Escape\ndate: 2024-01-02\n---\nRed \ufffd[31mtext\ufffd.\n", ""},
		{"cat unlisted", 0, "Secret three\n2026-01-01 · 1 min · secret\n\nOnly by its address.\n", ""},
		{"cat", 2, "", "postern: nothing stands after cat\nusage: ssh blog.example.com cat SLUG… [--raw] [--width N] [--color]\n"},
		{"cat nowhere soup", 1, "Soup & more\n2026-10-02 · 1 min · food\n\nBoil water.\n", "postern: there is no post \"nowhere\"\n"},
		{"cat draft", 1, "", "postern: there is no post \"draft\"\n"},
		{"cat future", 1, "", "postern: there is no post \"future\"\n"},
		{"cat ''", 1, "", "postern: there is no post \"\"\n"},
		{"cat brad", 1, "", "postern: there is no post \"brad\"; the nearest: bread\n"},
		{"cat sou", 1, "", "postern: there is no post \"sou\"; the nearest: soup, es/soup\n"},
		{"cat nlisted", 1, "", "postern: there is no post \"nlisted\"\n"},
		{"cat --width 19 soup", 2, "", "postern: --width 19 is not between 20 and 500\n"},
		{"cat " + strings.Repeat("soup ", 101), 2, "", "postern: 101 are more than the 100 that cat takes at once\n"},

		{"toc bread", 0, "bread#the-oven\tThe oven\nbread#its-door\t  Its door\n", ""},
		{"toc soup", 1, "", "postern: nothing found\n"},
		{"toc draft", 1, "", "postern: there is no post \"draft\"\n"},
		{"links bread", 0, "ssh://soup@blog.example.com\nhttps://example.com/a%20b\nhttps://example.org/\n", ""},
		{"links soup", 1, "", "postern: nothing found\n"},
		{"links soup bread", 2, "", "postern: 2 are more than the 1 that links takes at once\n"},
		{"tags", 0, "food\t2\ncomida\t1\npatience\t1\n", ""},
		{"tags --json", 0, "{\"tags\": [\n{\"name\":\"food\",\"posts\":2},\n{\"name\":\"comida\",\"posts\":1},\n{\"name\":\"patience\",\"posts\":1}\n]}\n", ""},
		{"series", 0, "Kitchen\t2\n", ""},

		{"search water", 0, "bread\t0\tFlour and water.\nsoup\t8\tBoil water.\n", ""},
		{"search OVEN hot", 0, "bread\t12\t## The oven\n", ""},
		{"search 'oven hot' -n1 --json", 0, "{\"finds\": [\n{\"slug\":\"bread\",\"title\":\"On bread\",\"date\":\"2026-11-20\",\"line\":12,\"text\":\"## The oven\",\"marks\":[[7,11]]}\n]}\n", ""},
		{"search water '#food' lang:en", 0, "bread\t0\tFlour and water.\nsoup\t8\tBoil water.\n", ""},
		{"search lang:es '#comida'", 0, "es/soup\t0\tHervir agua.\n", ""},
		{"search secret", 1, "", "postern: nothing found\n"},
		{"search", 2, "", "postern: nothing stands after search\n"},
		{"search -n 101 water", 2, "", "postern: -n 101 is not between 1 and 100\n"},
		{"search " + strings.Repeat("a ", 65), 2, "", "postern: 65 are more than the 64 that search takes at once\n"},

		{"version", 0, "postern 1.2.3\n", ""},
		{"version 2", 2, "", "postern: version takes nothing such as \"2\"\n"},
		{"help version", 0, "ssh blog.example.com version\n\nversion says which Postern this is.\n", ""},
		{"help nothing", 2, "", "postern: there is no command \"nothing\" here; try: ssh blog.example.com help\n"},
		{"lsa", 2, "", "postern: there is no command \"lsa\" here; did you mean ls? All are in: ssh blog.example.com help\n"},
		{"''", 2, "", "postern: there is no command \"\" here; try: ssh blog.example.com help\n"},
		{"cat 'soup", 2, "", "postern: a quote ' isn't closed\n"},
		{"cat so\x00up", 2, "", "postern: a command must not hold a NUL\n"},
		{"cat so\xffup", 2, "", "postern: a command must be UTF-8\n"},
	}
	c := newCaller(t, files())
	for _, tt := range tests {
		code, stdout, stderr := c.run(tt.line)
		if code != tt.code || stdout != tt.stdout || !strings.HasPrefix(stderr, tt.stderr) || tt.stderr == "" && stderr != "" {
			t.Errorf("%.40q: code %d\nstdout %q\n  want %q\nstderr %q\n  want %q", tt.line, code, stdout, tt.stdout, stderr, tt.stderr)
		}
	}
}

// TestHelp: it fits a terminal of 80×24, names every command, and every flag stands in its command's own.
func TestHelp(t *testing.T) {
	c := newCaller(t, files())
	c.call.Host = "blog.example.com:2222"
	for _, line := range []string{"", "help", "  "} {
		_, stdout, stderr := c.run(line)
		lines := strings.Split(strings.TrimSuffix(stdout, "\n"), "\n")
		if lines[0] != "A test" || stderr != "" {
			t.Errorf("%q: %q, %q", line, stdout, stderr)
		}
		if len(lines) > 24 {
			t.Errorf("the help has %d lines", len(lines))
		}
		for _, l := range lines {
			if n := utf8.RuneCountInString(l); n > 80 {
				t.Errorf("%d columns: %s", n, l)
			}
		}
		for _, want := range []string{"ssh -p 2222 blog.example.com ", "ssh -p 2222 SLUG@blog.example.com"} {
			if !strings.Contains(stdout, want) {
				t.Errorf("the help doesn't have %q", want)
			}
		}
	}
	_, overview, _ := c.run("help")
	for name, usage := range pipe.Usages() {
		if !strings.Contains(overview, "\n  "+name+" ") {
			t.Errorf("the help doesn't have %s", name)
		}
		code, stdout, _ := c.run("help " + name)
		_, same, _ := c.run(name + " --help")
		if code != 0 || stdout != same || !strings.HasPrefix(stdout, "ssh -p 2222 blog.example.com "+usage+"\n") {
			t.Errorf("help %s: %q", name, stdout)
		}
		for word := range strings.FieldsSeq(usage) {
			if flag, ok := strings.CutPrefix(word, "[-"); ok && !strings.Contains(stdout, "\n  -"+strings.TrimSuffix(flag, "]")) {
				t.Errorf("help %s says nothing of %s", name, word)
			}
		}
	}
}

// TestRandom: it is a line of ls.
func TestRandom(t *testing.T) {
	c := newCaller(t, files())
	_, all, _ := c.run("ls")
	seen := map[string]bool{}
	for range 200 {
		code, stdout, _ := c.run("random")
		if code != 0 || !strings.Contains(all, stdout) || strings.Count(stdout, "\n") != 1 {
			t.Fatalf("code %d: %q", code, stdout)
		}
		seen[stdout] = true
	}
	if len(seen) != strings.Count(all, "\n") {
		t.Errorf("of %d posts it names %d", strings.Count(all, "\n"), len(seen))
	}
}

// TestEmptyBlog: there is nothing to find, and nothing breaks.
func TestEmptyBlog(t *testing.T) {
	c := newCaller(t, fstest.MapFS{})
	for _, line := range []string{"ls", "tags", "series", "random", "search x", "cat x", "toc x", "links x"} {
		if code, stdout, stderr := c.run(line); code != 1 || stdout != "" || stderr == "" {
			t.Errorf("%s: code %d, %q, %q", line, code, stdout, stderr)
		}
	}
}

// TestTerminal: what stands in columns is aligned and cut to the line, and what is typeset has the blog's look.
func TestTerminal(t *testing.T) {
	c := newCaller(t, files())
	c.onTerminal(34)
	_, stdout, _ := c.run("ls --tag food")
	if want := "\x1b[2m2026-11-20\x1b[m  bread  On bread\n\x1b[2m2026-10-02\x1b[m  soup   Soup & more\n"; stdout != want {
		t.Errorf("ls: %q", stdout)
	}
	_, stdout, _ = c.run("search water")
	if want := "bread  \x1b[2m0\x1b[m  Flour and \x1b[1mwater\x1b[m.\nsoup   \x1b[2m8\x1b[m  Boil \x1b[1mwater\x1b[m.\n"; stdout != want {
		t.Errorf("search: %q", stdout)
	}
	_, stdout, _ = c.run("cat bread soup")
	if !strings.HasPrefix(stdout, "\x1b[1mOn bread\x1b[m\n") || !strings.Contains(stdout, "\x1b]8;;https://example.org/") {
		t.Errorf("cat: %q", stdout)
	}
	for l := range strings.SplitSeq(stdout, "\n") {
		if n := cells(l); n > 34 {
			t.Errorf("%d columns: %q", n, l)
		}
	}
}

// TestColor: without a terminal there is colour where it is asked for, and no other sequence.
func TestColor(t *testing.T) {
	c := newCaller(t, files())
	c.call.Blog.Theme = func() *page.Theme { return page.Lookup("dark") }
	_, stdout, _ := c.run("cat --color bread")
	if !strings.Contains(stdout, "\x1b[38;2;") && !strings.Contains(stdout, ";38;2;") || strings.Contains(stdout, "\x1b]") {
		t.Errorf("it says %q", stdout)
	}
	if _, plain, _ := c.run("cat bread"); strings.TrimSpace(stripped(stdout)) != strings.TrimSpace(plain) {
		t.Errorf("its text is %q, and without colour %q", stripped(stdout), plain)
	}
	c.onTerminal(80)
	c.call.Terminal.Colors = 16
	if _, stdout, _ = c.run("cat bread"); strings.Contains(stdout, "38;") {
		t.Errorf("with 16 colours: %q", stdout)
	}
	c.call.Terminal.Colors = 0
	if _, stdout, _ = c.run("cat bread"); strings.Contains(stdout, "\x1b[3") {
		t.Errorf("without colours: %q", stdout)
	}
}

// TestOutcome: the log is told the command's name and what was read.
func TestOutcome(t *testing.T) {
	c := newCaller(t, files())
	c.run("cat broth nowhere bread")
	if o := c.outcome; o.Command != "cat" || o.Code != 1 || strings.Join(o.Posts, " ") != "soup bread" {
		t.Errorf("%+v", o)
	}
	c.run("cat " + strings.Repeat("soup ", 100))
	if n := len(c.outcome.Posts); n != 20 {
		t.Errorf("%d posts", n)
	}
	c.run("rm -rf")
	if o := c.outcome; o.Command != "" || o.Code != 2 {
		t.Errorf("%+v", o)
	}
}

// taking takes so many bytes and then fails, as a pipe that is closed does.
type taking struct{ left, calls int }

func (w *taking) Write(p []byte) (int, error) {
	w.calls++
	if w.left -= len(p); w.left < 0 {
		return 0, context.Canceled
	}
	return len(p), nil
}

// TestClosedPipe: who stops taking is made nothing more.
func TestClosedPipe(t *testing.T) {
	c := newCaller(t, files())
	for _, line := range []string{"ls", "cat " + strings.Repeat("bread ", 100), "cat --raw " + strings.Repeat("bread ", 100), "search water", "tags --json", "help", "feed", "archive"} {
		to := &taking{left: 4000}
		call := c.call
		call.Stdout, call.Stderr = to, &c.stderr
		call.Run(line)
		if to.left < 0 && to.calls > 2 {
			t.Errorf("%.20s: %d more writes to a pipe that is closed", line, to.calls-2)
		}
	}
	ctx, cancel := context.WithCancelCause(context.Background())
	cancel(context.DeadlineExceeded)
	c.call.Context = ctx
	if code, stdout, stderr := c.run("ls"); code != 1 || stdout != "" || stderr != "postern: context deadline exceeded\n" {
		t.Errorf("a call that is over: %d, %q, %q", code, stdout, stderr)
	}
}

// FuzzCommands: any command line is answered, or is a usage error with something to do; nothing goes to a pipe but text.
func FuzzCommands(f *testing.F) {
	for name, usage := range pipe.Usages() {
		f.Add(usage)
		f.Add(name)
		f.Add(name + " bread --json -n 3")
	}
	f.Add("cat -- -x '' \"a\\\"b\" \\\\")
	f.Add("ls --since \x1b[31m --tag \u202e")
	f.Add("search \x1b]52;c;aGk=\x07 '\r'")
	f.Add("--help")
	f.Add("-h")
	posts := files()
	delete(posts, "crlf.md") // what is printed raw has its own line ends
	posts["soup.md"].Data = append(posts["soup.md"].Data, '\n')
	leaving := make(chan struct{})
	close(leaving) // nobody waits
	f.Fuzz(func(t *testing.T, line string) {
		c := newCaller(t, posts)
		c.call.Leaving = leaving
		code, stdout, stderr := c.run(line)
		switch {
		case code < 0 || code > 2:
			t.Errorf("exit code %d", code)
		case (code != 0) != (stderr != ""):
			t.Errorf("exit code %d, and on stderr %q", code, stderr)
		case code == 2 && stdout != "":
			t.Errorf("a usage error, and %q on stdout", stdout)
		case !clean(stderr):
			t.Errorf("on stderr %q", stderr)
		case c.outcome.Command == "archive" && code == 0: // which is no text
		case stdout != "" && !strings.HasSuffix(stdout, "\n"):
			t.Errorf("no newline at the end: %.500q", stdout)
		case !clean(stdout) && !strings.Contains(unquoted.Replace(line), "--color"):
			t.Errorf("on stdout %.500q", stdout)
		}
	})
}

// unquoted takes off what may stand within a word and is no part of it.
var unquoted = strings.NewReplacer("'", "", `"`, "", `\`, "", "\n", "")

// A changing blog is one that a test publishes to.
type changing struct {
	lib     *content.Library
	changed chan struct{}
}

func (b *changing) publish(t *testing.T, files fstest.MapFS) {
	t.Helper()
	lib, err := content.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	b.lib = lib
	if b.changed != nil {
		close(b.changed)
	}
	b.changed = make(chan struct{})
	synctest.Wait()
}

// TestWait: a line for each post when it is published, by its file or by the clock, and once.
func TestWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(today))
		posts := files()
		b := &changing{}
		b.publish(t, posts)
		leaving := make(chan struct{})
		wait := func(line string) (*bytes.Buffer, context.CancelCauseFunc, chan pipe.Outcome) {
			c := newCaller(t, posts)
			blog := *c.call.Blog
			blog.Edition = func() *content.Edition { return b.lib.At(time.Now()) }
			blog.Changed = func() <-chan struct{} { return b.changed }
			ctx, cancel := context.WithCancelCause(context.Background())
			call := c.call
			call.Context, call.Blog, call.Leaving, call.Stdout, call.Stderr = ctx, &blog, leaving, &c.stdout, &c.stderr
			done := make(chan pipe.Outcome, 1)
			go func() { done <- call.Run(line) }()
			return &c.stdout, cancel, done
		}
		all, hangUp, ended := wait("wait")
		tagged, _, two := wait("wait -n 2 --tag food")
		says := func(out *bytes.Buffer, want string) {
			t.Helper()
			synctest.Wait()
			if out.String() != want {
				t.Errorf("at %s it has said %q, want %q", time.Now().Format(time.DateTime), out, want)
			}
		}
		says(all, "")

		posts["new.md"] = &fstest.MapFile{Data: []byte("---\ntitle: New\ndate: 2026-11-22\n---\nx\n")}
		posts["older.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Older\ndate: 2026-05-22\ntags: [food]\n---\nx\n")}
		b.publish(t, posts)
		want := "2026-05-22\tolder\tOlder\n2026-11-22\tnew\tNew\n"
		says(all, want)
		says(tagged, "2026-05-22\tolder\tOlder\n")

		// What changes, moves or goes is no news; what comes back is.
		posts["new.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Newer\ndate: 2026-11-21\n---\ny\n")}
		posts["renamed.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Older\nslug: older\ndate: 2026-05-23\n---\nx\n")}
		delete(posts, "older.md")
		b.publish(t, posts)
		delete(posts, "new.md")
		b.publish(t, posts)
		says(all, want)

		time.Sleep(12*time.Hour - time.Second) // the future post is dated tomorrow, at midnight
		says(all, want)
		time.Sleep(time.Second)
		want += "2026-11-23\tfuture\tSecret two\n"
		says(all, want)
		says(tagged, "2026-05-22\tolder\tOlder\n2026-11-23\tfuture\tSecret two\n")
		if o := <-two; o.Code != 0 || o.Command != "wait" {
			t.Errorf("after its second post: %+v", o)
		}

		hangUp(context.Canceled)
		if o := <-ended; o.Code != 1 {
			t.Errorf("after a hangup: %+v", o)
		}
		_, _, ended = wait("wait")
		close(leaving)
		if o := <-ended; o.Code != 1 {
			t.Errorf("when the server stops: %+v", o)
		}
	})
}

// cells counts what a terminal shows.
func cells(s string) int { return ansi.StringWidth(s) }

// stripped is what a terminal shows, without its look.
func stripped(s string) string { return ansi.Strip(s) }
