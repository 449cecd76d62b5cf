package command_test

import (
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"postern/sshapp/command"
)

// TestAnswers compares the output of each command.
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
		{"ls --lang e", 1, "", "postern: nothing found\n"},
		{"ls --lang en -n1 --since 2026", 0, "2026-11-20\tbread\tOn bread\n", ""},
		{"ls --series kitchen --since=2026-11", 0, "2026-11-20\tbread\tOn bread\n", ""},
		{"ls --since 2026-11-21", 1, "", "postern: nothing found\n"},
		{"ls --since soon", 2, "", "postern: --since \"soon\" is not a date; write it as 2026-11-22\nusage: ssh blog.example.com ls "},
		{"ls -n -1", 2, "", "postern: -n -1 is negative\n"},
		{"ls -n many", 2, "", "postern: \"many\" is not a value for -n N\n"},
		{"ls --tag", 2, "", "postern: --tag T needs a value\n"},
		{"ls --tga food", 2, "", "postern: there is no flag \"tga\"\n"},
		{"ls -x", 2, "", "postern: there is no flag \"x\"\n"},
		{"ls food", 2, "", "postern: ls takes no arguments, but was given \"food\"\n"},
		{"ls --json -n 1", 0, `{"posts": [
{"slug":"bread","title":"On bread","date":"2026-11-20","time":"2026-11-20T00:00:00Z","updated":"","lang":"en","series":"Kitchen","tags":["food","patience"],"authors":["Ann"],"summary":"Flour and water.","words":22,"link":"ssh://bread@blog.example.com"}
]}
`, ""},
		{"ls --json --tag none", 1, "{\"posts\": [\n]}\n", "postern: nothing found\n"},

		{"cat soup", 0, "Soup & more\n2026-10-02 · 1 min · food\n\nBoil water.\n", ""},
		{"cat soup.md", 0, "Soup & more\n2026-10-02 · 1 min · food\n\nBoil water.\n", ""},
		{"cat ssh://soup@blog.example.com:2222", 0, "Soup & more\n2026-10-02 · 1 min · food\n\nBoil water.\n", ""},
		{"cat ssh://es%2Fsoup@HOST", 0, "Sopa\n2026-10-02 · 1 min · comida\n\nHervir agua.\n", ""},
		{"cat ssh://HOST", 1, "", "postern: there is no post \"ssh://HOST\"\n"},
		{"cat BROTH es/soup", 0, "Soup & more\n2026-10-02 · 1 min · food\n\nBoil water.\n\nSopa\n2026-10-02 · 1 min · comida\n\nHervir agua.\n", ""},
		{"cat bread#its-door", 0, "On bread\n2026-11-20 · Ann · 1 min · food, patience\n\nIts door\n\nClosed.\n", ""},
		{"cat bread#nothing", 1, "", "postern: no heading of bread is called \"nothing\"; they are in: ssh blog.example.com toc bread\n"},
		{"cat nope bread#nothing soup", 1, "Soup & more\n2026-10-02 · 1 min · food\n\nBoil water.\n",
			"postern: there is no post \"nope\"\npostern: no heading of bread is called \"nothing\"; they are in: ssh blog.example.com toc bread\n"},
		{"cat bred borth saup soop", 1, "", "postern: there is no post \"bred\"; the nearest: bread\npostern: there is no post \"borth\"\n" +
			"postern: there is no post \"saup\"; the nearest: soup\npostern: there is no post \"soop\"\n"},
		{"cat --width 20 crlf", 0, "Ends\n2025-01-02 · 1 min\n\nOne two\n", ""},
		{"cat --raw soup", 0, string(kitchen()["soup.md"].Data), ""},
		{"cat --raw crlf soup", 0, string(kitchen()["crlf.md"].Data) + string(kitchen()["soup.md"].Data), ""},
		{"cat --raw escape", 0, "---\ntitle: Escape\ndate: 2024-01-02\n---\nRed \ufffd[31mtext\ufffd.\n", ""},
		{"cat unlisted", 0, "Secret three\n2026-01-01 · 1 min · secret\n\nOnly by its ~~name~~ address.\n", ""},
		{"cat", 2, "", "postern: cat needs an argument\nusage: ssh blog.example.com cat SLUG… [--raw] [--width N] [--color]\n"},
		{"cat nowhere soup", 1, "Soup & more\n2026-10-02 · 1 min · food\n\nBoil water.\n", "postern: there is no post \"nowhere\"\n"},
		{"cat draft", 1, "", "postern: there is no post \"draft\"\n"},
		{"cat future", 1, "", "postern: there is no post \"future\"\n"},
		{"cat ''", 1, "", "postern: there is no post \"\"\n"},
		{"cat brad", 1, "", "postern: there is no post \"brad\"; the nearest: bread\n"},
		{"cat sou", 1, "", "postern: there is no post \"sou\"; the nearest: soup, es/soup\n"},
		{"cat nlisted", 1, "", "postern: there is no post \"nlisted\"\n"},
		{"cat --width 19 soup", 2, "", "postern: --width 19 is not between 20 and 500\n"},
		{"cat " + strings.Repeat("soup ", 101), 2, "", "postern: cat takes at most 100 arguments, but was given 101\n"},

		{"toc bread", 0, "bread#the-oven\tThe oven\nbread#its-door\t  Its door\n", ""},
		{"toc soup", 1, "", "postern: nothing found\n"},
		{"toc draft", 1, "", "postern: there is no post \"draft\"\n"},
		{"links bread", 0, "ssh://soup@blog.example.com\nhttps://example.com/a%20b\nhttps://example.org/\n", ""},
		{"links soup", 1, "", "postern: nothing found\n"},
		{"links soup bread", 2, "", "postern: links takes at most 1 argument, but was given 2\n"},
		{"tags", 0, "food\t2\ncomida\t1\npatience\t1\n", ""},
		{"tags --json", 0, "{\"tags\": [\n{\"name\":\"food\",\"posts\":2},\n{\"name\":\"comida\",\"posts\":1},\n{\"name\":\"patience\",\"posts\":1}\n]}\n", ""},
		{"series", 0, "Kitchen\t2\n", ""},

		{"search water", 0, "bread\t0\tFlour and water.\nsoup\t8\tBoil water.\n", ""},
		{"search OVEN hot", 0, "bread\t12\tThe oven\n", ""},
		{"search 'oven hot' -n1 --json", 0, "{\"finds\": [\n{\"slug\":\"bread\",\"title\":\"On bread\",\"date\":\"2026-11-20\",\"line\":12,\"text\":\"The oven\",\"marks\":[[4,8]]}\n]}\n", ""},
		{"search water '#food' lang:en", 0, "bread\t0\tFlour and water.\nsoup\t8\tBoil water.\n", ""},
		{"search lang:es '#comida'", 0, "es/soup\t0\tHervir agua.\n", ""},
		{"search secret", 1, "", "postern: nothing found\n"},
		{"search", 2, "", "postern: search needs an argument\n"},
		{"search -n 101 water", 2, "", "postern: -n 101 is not between 0 and 100\n"},
		{"search -n 0 water", 0, "bread\t0\tFlour and water.\nsoup\t8\tBoil water.\n", ""},
		{"search " + strings.Repeat("a ", 65), 2, "", "postern: search takes at most 64 arguments, but was given 65\n"},

		{"version", 0, "postern 1.2.3\n", ""},
		{"version 2", 2, "", "postern: version takes no arguments, but was given \"2\"\n"},
		{"help version", 0, "ssh blog.example.com version\n\nversion says which Postern this is.\n", ""},
		{"help cat", 0, "ssh blog.example.com cat SLUG… [--raw] [--width N] [--color]\n\ncat prints posts, or their Markdown with --raw.\n\n" +
			"  --raw      the Markdown as it was written, byte for byte\n  --width N  lines of at most N columns\n  --color    with the blog's colours, though there is no terminal\n", ""},
		{"help nothing", 2, "", "postern: there is no command \"nothing\" here; try: ssh blog.example.com help\n"},
		{"lsa", 2, "", "postern: there is no command \"lsa\" here; did you mean ls? All are in: ssh blog.example.com help\n"},
		{"''", 2, "", "postern: there is no command \"\" here; try: ssh blog.example.com help\n"},
		{"cat 'soup", 2, "", "postern: a quote ' is not closed\n"},
		{"cat so\x00up", 2, "", "postern: a command must not contain a NUL\n"},
		{"cat so\xffup", 2, "", "postern: a command must be valid UTF-8\n"},
	}
	c := newCaller(t, kitchen())
	for _, tt := range tests {
		code, stdout, stderr := c.run(tt.line)
		if code != tt.code || stdout != tt.stdout || !strings.HasPrefix(stderr, tt.stderr) || tt.stderr == "" && stderr != "" {
			t.Errorf("%.40q: code %d\nstdout %q\n  want %q\nstderr %q\n  want %q", tt.line, code, stdout, tt.stdout, stderr, tt.stderr)
		}
	}
}

// TestSearchFormulas: formulas in a list are set as text, and given to programs as they were written.
func TestSearchFormulas(t *testing.T) {
	c := newCaller(t, fstest.MapFS{"a.md": {Data: []byte("---\ntags: [b]\n---\n# A\n\nThe norm $x_1^2$ of it.\n")}})
	for line, want := range map[string]string{
		"search norm":        "a\t6\tThe norm x₁² of it.\n",
		"search '#b'":        "a\t0\tThe norm x₁² of it.\n",
		"search norm --json": "{\"finds\": [\n{\"slug\":\"a\",\"title\":\"A\",\"date\":\"\",\"line\":6,\"text\":\"The norm $x_1^2$ of it.\",\"marks\":[[4,8]]}\n]}\n",
	} {
		if code, stdout, stderr := c.run(line); code != 0 || stdout != want {
			t.Errorf("%s: code %d, %q, want %q; %s", line, code, stdout, want, stderr)
		}
	}
}

// TestHelp: the help fits a terminal of 80×24 and names every command, and the help of a command names its flags.
func TestHelp(t *testing.T) {
	c := newCaller(t, kitchen())
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
	for name, usage := range command.Usages("") {
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

// TestRandom: random prints a line of ls.
func TestRandom(t *testing.T) {
	c := newCaller(t, kitchen())
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

// TestEmptyBlog: in a blog without posts, every command finds nothing and says so.
func TestEmptyBlog(t *testing.T) {
	c := newCaller(t, fstest.MapFS{})
	for _, line := range []string{"ls", "tags", "series", "random", "search x", "cat x", "toc x", "links x"} {
		if code, stdout, stderr := c.run(line); code != 1 || stdout != "" || stderr == "" {
			t.Errorf("%s: code %d, %q, %q", line, code, stdout, stderr)
		}
	}
}

// TestOutcome: an outcome has the command's name and the posts that were printed.
func TestOutcome(t *testing.T) {
	c := newCaller(t, kitchen())
	c.run("cat broth nowhere bread")
	if o := c.outcome; o.Command != "cat" || o.Code != 1 || strings.Join(o.Posts, " ") != "soup bread" {
		t.Errorf("%+v", o)
	}
	c.run("cat " + strings.Repeat("soup ", 100))
	if got := c.outcome.Posts; len(got) != 1 {
		t.Errorf("one post, asked for 100 times, is recorded as %q", got)
	}
	c.run("rm -rf")
	if o := c.outcome; o.Command != "" || o.Code != 2 {
		t.Errorf("%+v", o)
	}
}

// TestBlogsLanguage: readers are answered in the blog's language.
func TestBlogsLanguage(t *testing.T) {
	files := kitchen()
	files["postern.toml"] = &fstest.MapFile{Data: []byte("language = \"de\"\n")}
	c := newCaller(t, files)
	for line, want := range map[string]string{
		"cat bred":            "postern: es gibt keinen Beitrag \"bred\"; am nächsten: bread\n",
		"cat bread#x nowhere": "postern: keine Überschrift von bread heißt \"x\"; alle stehen in: ssh blog.example.com toc bread\npostern: es gibt keinen Beitrag \"nowhere\"\n",
		"ls --tag none":       "postern: nichts gefunden\n",
		"ls a":                "postern: ls nimmt keine Argumente, bekam aber \"a\"\nAufruf: ssh blog.example.com ls ",
		"ls 'a":               "postern: a quote ' is not closed\n",
	} {
		if _, _, stderr := c.run(line); !strings.HasPrefix(stderr, want) {
			t.Errorf("%s: it says %q, want %q", line, stderr, want)
		}
	}
	if _, stdout, _ := c.run("help"); !strings.Contains(stdout, "zeigt Beiträge, die neuesten zuerst") {
		t.Errorf("the help is %q", stdout)
	}
	if _, stdout, _ := c.run("help ls"); !strings.Contains(stdout, "ls zeigt Beiträge") {
		t.Errorf("the help of ls is %q", stdout)
	}
}
