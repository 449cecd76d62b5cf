package lint

import (
	"context"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"postern/content"
	"postern/sshapp/page/document"
	"postern/sshapp/page/markdown"
)

// checked returns what a checker finds in a blog of these files.
func checked(t testing.TB, files map[string]string) []string {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
	}
	l, err := content.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	all := l.All()
	posts := slices.Concat(all.Posts(), all.Pages())
	var done atomic.Int64
	var lines []string
	for _, p := range NewChecker(all).Problems(context.Background(), posts, func() { done.Add(1) }) {
		lines = append(lines, p.String())
	}
	if done.Load() != int64(len(posts)) {
		t.Errorf("%d of %d posts are said to be done", done.Load(), len(posts))
	}
	return lines
}

// TestProblems has what may be wrong with a post's text, each with its place, and what is not.
func TestProblems(t *testing.T) {
	wide := strings.Repeat("x", 80)
	for _, tt := range []struct{ name, body, want string }{
		{"nothing", "# Fine\n\nText, [a link](b.md), [a heading](b.md#there), ![a picture](p.png).\n\n## Here\n\n[here](#here)", ""},
		{"a dead link", "Text\nand [text](gone.md).", `p.md:4:5: warning: the link to gone.md leads nowhere in this blog; name a file, relative to this one, or a post's address`},
		{"a link to a file of a short name", "[x](c.md)", "p.md:3:1: warning: the link to c.md leads nowhere in this blog; name a file, relative to this one, or a post's address"},
		{"a link to what is nearly a post", "[x](/2024/the-fery/)", `p.md:3:1: warning: the link to /2024/the-fery/ leads nowhere in this blog; did you mean the-ferry?`},
		{"a link in a list in HTML", "- a\n\n  <p>\n  é <a href=gone.md>x</a></p>", `p.md:6:6: warning: the link to gone.md`},
		{"a link without a target", "[x]()", "p.md:3:1: warning: the link leads nowhere: it has no target; write one, or take the link out"},
		{"a link to the blog", "[x](/) [y](./)", ""},
		{"formulas and a diagram", "$a_1$\n\n$$\n\\frac{a}{b}\n$$\n\n$5 and that, or $6\n\n```mermaid\ngraph TD\nA --> B\n```", ""},
		{"a command of a formula", "Text $\\nosuch{a}$.\n\n$$\n\\begin{nosuch}\n$$", `p.md:3:1: warning: this formula is shown as its source, because \nosuch is unknown; write it with commands of LaTeX or amsmath
p.md:6:1: warning: this formula is shown as its source, because \begin{nosuch} is unknown; write it with commands of LaTeX or amsmath`},
		{"a formula that doesn't end", "$\\frac{a}{b$", "p.md:3:1: warning: this formula is shown as its source, because it can't be read or set; see that its braces and its environments end"},
		{"a wide formula", "$$\n\\text{" + wide + "}\n$$", "p.md:4:1: warning: this formula is shown as its source, because it is wider than 76 columns; break it by aligned"},
		{"another diagram", "```mermaid\npie\n```", "p.md:4:1: warning: this diagram is shown as its source, because something in it is unknown; only flowcharts and sequence diagrams are drawn"},
		{"a wide diagram", "```mermaid\ngraph TD\nA --> " + strings.Join(strings.Split("bcdefghijklmnopqrstuvwxyz", ""), " & ") + "\n```", "p.md:4:1: warning: this diagram is shown as its source in windows that are too narrow for it, as those of 76 columns are; break its texts by <br>, or divide it"},
		{"a link to the rest of a website", "[x](/docs/a)\n\n[y](/docs/other)", "p.md:3:1: warning: the link to /docs/a leads nowhere in this blog (and 1 more to /docs); write the whole address, https://…, of what is elsewhere"},
		{"a link without its scheme", "[x](www.example.com/y) [x](example.org)", "p.md:3:1: warning: the link to www.example.com/y leads nowhere in this blog; did you mean https://www.example.com/y?\np.md:3:24: warning: the link to example.org leads nowhere in this blog; did you mean https://example.org?"},
		{"a link in brackets twice", "[x]((https://example.com/y))", "p.md:3:1: warning: the link to (https://example.com/y) leads nowhere in this blog; did you mean https://example.com/y?"},
		{"a link that nobody can follow", "[x](javascript:y)", `p.md:3:1: warning: the link to "javascript:y" can't be followed; link to addresses of http, https, mailto, gemini, gopher, ssh, ftp, xmpp, tel, irc, ircs, or within the blog`},
		{"a link that a phone can follow", "[x](tel:+15551234)", ""},
		{"a scheme that is nearly one", "[x](hhttps://y)", `p.md:3:1: warning: the link to "hhttps://y" can't be followed; did you mean https:?`},
		{"a dead heading", "## One heading\n\n[x](#gone-for-good)", "p.md:5:1: warning: no heading of this post is called #gone-for-good; write the heading's words in lower case, with hyphens for blanks"},
		{"what is nearly a heading", "## One heading\n\n[x](#one-haeding)", "p.md:5:1: warning: no heading of this post is called #one-haeding; did you mean #one-heading?"},
		{"a heading by another generator's name", "## One & *two*, Üben\n\n[x](#One-two-%C3%BCben)", ""},
		{"a dead heading of another post", "[x](the-ferry#ther)", "p.md:3:1: warning: no heading of the-ferry.md is called #ther; did you mean #there?"},
		{"a footnote that nothing refers to", "a[^1]\n\n[^1]: one\n[^2]: two", "p.md:6:1: warning: this footnote is not shown, because nothing in the text refers to it; refer to it, or take it out"},
		{"a cell beyond the header", "| a | b |\n|---|---|\n| c | d | é \\| f |\n| g | h |\n| i |", "p.md:5:11: warning: this cell is not shown: the table's header has no more than 2; add a column to the header, or write \\| for a bar"},
		{"a picture that isn't there", "text ![x](gone/q.png)", "p.md:3:6: warning: the picture gone/q.png is not in this blog; name a file, relative to this one"},
		{"a picture that is nearly there", "![x](/oven.jgp)", "p.md:3:1: warning: the picture /oven.jgp is not in this blog; write the whole"},
		{"a picture of nearly that name", "![x](ovne.jpg) ![x](oven-1.jpg)", "p.md:3:1: warning: the picture ovne.jpg is not in this blog; did you mean img/oven.jpg?\np.md:3:16: warning: the picture oven-1.jpg is not in this blog; name a file, relative to this one"},
		{"a picture elsewhere", "![x](https://example.com/q.png) ![x](//example.com/q.png) ![x](data:image/png;base64,AAAA)", ""},
		{"a film that isn't there", "<video src=gone.mp4></video>", "p.md:3:1: warning: the video gone.mp4 is not in this blog; name a file, relative to this one"},
		{"a picture without words", "![](p.png)\n\n<img src=p.png>", "p.md:3:1: warning: the picture p.png has no alternative text; say in words what it shows: they are what a terminal shows in its place\np.md:5:1: warning: the picture p.png has no alternative text"},
		{"a picture that is meant to have none", "<img src=p.png alt=''>", ""},
		{"a picture with a caption", "![](p.png)\n*what it is*\n\n![](p.png \"what it is\")\n\n<figure><figcaption>what it is</figcaption><img src=p.png></figure>", ""},
		{"a shortcode", "{{< nosuch a >}}\n\n{{< figrue src=\"p.png\" alt=x >}}", "p.md:3:1: warning: the tag {{< nosuch a >}} is unknown; write Markdown instead: readers see what it wraps, or else the tag as it is written\np.md:5:1: warning: the tag {{< figrue src=\"p.png\" alt=x >}} is unknown; did you mean figure?"},
		{"a tag that is known, and not for this", "{% include foo.html %}", "p.md:3:1: warning: the tag {% include foo.html %} can't be shown as it is used here; write Markdown instead"},
		{"a block of code within a line", "x {% highlight go %}y{% endhighlight %}", "p.md:3:3: warning: the tag {% highlight go %} can't stand within a line; put it and its end on lines of their own"},
		{"a reference that nothing defines", "[ref][none], ![pic][nopic] and [fine][yes]\n\n[yes]: b.md\n\nSee [the late one][late].\n[late]: b.md", "p.md:3:1: warning: nothing says where \"none\" leads; write [none]: address on a line of its own\np.md:3:14: warning: nothing says where \"nopic\" leads; write\np.md:7:5: warning: nothing says where \"late\" leads; put an empty line above [late]:"},
		{"brackets that are no reference", "a[i][j], [1][2], [ZH][EN], `[x][y]`, \\[x\\][y], $[x][y]$, [a-z], [x] [y], {% tag [x][y] %}\n\n    [x][y]\n", "p.md:3:74: warning: the tag"},
		{"a reference in the midst of words", "語[リンク先][none]語 and [`code`][none], [two\nlines][none], *[em phasis][none]*", "p.md:3:4: warning: nothing says where \"none\" leads\np.md:3:32: warning: nothing says\np.md:3:48: warning: nothing says\np.md:4:16: warning: nothing says"},
		{"a reference by its own text", "See the [Release Notes][] and int[][]", "p.md:3:9: warning: nothing says where \"Release Notes\" leads"},
		{"a blank within a link", "see [the docs] (https://example.com/x) or [other docs] (./b.md), [x] (see below), f[i] (/x) and `[a] (/b)`", "p.md:3:5: warning: this is not a link: there is a space between ] and (; remove the space\np.md:3:43: warning: this is not a link"},
		{"a link the wrong way round", "see (the docs)[https://example.com/x], (as here)[1], f(x)[https://example.com], `(a)[/b]`", "p.md:3:5: warning: this is not a link: the brackets are the wrong way round; write [text](address)"},
		{"strong text without an end", "one **two three\n\n[**four](b.md)", "p.md:3:5: warning: these ** are shown as they are written, for nothing closes them; write ** at the end too\np.md:5:2: warning: these"},
		{"strong text with a blank inside", "> **Help wanted: ** we\n\n**Why?**Because", "p.md:3:3: warning: the text between these ** is not strong, and they are shown as they are written; write no blank between\np.md:5:1: warning: the text between"},
		{"asterisks that are no strong text", "2**3, x ** y, a/**/b, **/*.go, \\*\\*this, `**x`, $a**b c$, f***, ** and **strong**\n\n| a** |\n|---|\n| b |\n\n**A note to that.", ""},
		{"a heading without a blank", "#No space\n\ntext\n##見出し\ntext", "p.md:3:1: warning: this is not a heading: there is no space after #; add one, or write \\# if it is not meant to be a heading\np.md:6:1: warning: this is not a heading: there is no space after ##"},
		{"hashes that are no heading", "#golang\n\n#MeToo is a movement.\n\n#css a { color: red }\n\n- #Rust 2018\n\n\\#No heading here\n\n    ##code\n\n## #Rust 2018\n\na\n#Rust 2018\n\n#123 is it", ""},
		{"a merge that was not finished", "text\n\n<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> main\n", "p.md:5:1: error: a merge was not finished here: both versions of the text are shown; keep one version"},
		{"a merge that is an example", "```\n<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> main\n```\n\n<<<<<<< is what git writes\n\n<<<<<<< and what\n", ""},
		{"a footnote that nobody wrote", "a[^9] b[^1], `[^8]`, [^a-z] and \\[^7]\n\n[^1]: one", "p.md:3:2: warning: there is no footnote [^9]; write it on a line of its own, as [^9]: text"},
		{"a block of code without an end", "text\n\n- a\n\n  ```go\n  x\n\n  y\n", "p.md:7:1: warning: the block of code that begins here has no end; close it"},
		{"a block of code with an end", "```\nx\n```\n\n~~~~\ny\n~~~~", ""},
		{"an address that is but a scheme", "see <http://>", "p.md:3:5: warning: the link leads nowhere"},
		{"a component", "text\n\n<Chart />", "p.md:5:1: warning: the component <Chart> is unknown and shown as it is written; write Markdown or HTML instead"},
		{"what is nested too deep", strings.Repeat("> ", 60) + "deep", "p.md:3:"},
		{"a wide line of code", "- a\n\n  ```\n  short\n  é" + wide + "\n  ```", "p.md:7:78: warning: this line of code is 81 columns wide, and a page has room for 74: it goes on below; break it here or before"},
		{"several wide lines of code", "    short\n    \t" + wide + "\n    " + wide, "p.md:4:76: warning: this line of code and 1 more here are up to 84 columns wide, and a page has room for 74: they go on below; break them"},
		{"a line of code that just fits", "```\n" + wide[:74] + "\n```", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := checked(t, map[string]string{
				"p.md":         "---\n---\n" + tt.body,
				"b.md":         "# B\n\n## There\n",
				"the-ferry.md": "---\ndate: 2024-01-01\n---\n## There\n",
				"p.png":        "x",
				"img/oven.jpg": "x",
			})
			want := strings.Split(tt.want, "\n")
			if tt.want == "" {
				want = nil
			}
			if !slices.EqualFunc(got, want, strings.HasPrefix) {
				t.Errorf("got:\n%s\nwant:\n%s", strings.Join(got, "\n"), tt.want)
			}
		})
	}
}

// TestNoText: a post without a text is a slip, and not a page, a draft or an empty file, of which more is said elsewhere.
func TestNoText(t *testing.T) {
	const day = "---\ndate: 2024-01-01\n"
	got := checked(t, map[string]string{"a.md": day + "---\n\n", "b.md": day + "draft: true\n---\n", "c.md": day + "layout: page\n---\n", "2024-01-01-d.md": ""})
	if want := []string{"a.md: warning: the post has no text; write some, or make it a draft"}; !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

// TestSharedProblems: what many posts have for one reason is said once, the same however the posts are dealt out.
func TestSharedProblems(t *testing.T) {
	files := map[string]string{"p.png": "x"}
	for i := range maxRepeats + 5 {
		files[fmt.Sprintf("p%02d.md", i)] = "text\n\n![](p.png)\n\n[x](gone.md) [y](/docs/z)"
	}
	got := checked(t, files)
	if again := checked(t, files); !slices.Equal(got, again) {
		t.Errorf("got:\n%q\nand then:\n%q", got, again)
	}
	count := func(part string) (n int) {
		for _, line := range got {
			if strings.Contains(line, part) {
				n++
			}
		}
		return n
	}
	if a, b, c := count("p00.md:3:1: warning: the picture p.png has no alternative text (and 24 more pictures without one)"), count("(and 24 more to /docs)"), count("gone.md"); a != 1 || b != 1 || c != maxRepeats+5 || len(got) != a+b+c {
		t.Errorf("%d, %d and %d of:\n%s", a, b, c, strings.Join(got, "\n"))
	}
}

func TestLargePictureIsAProblem(t *testing.T) {
	got := checked(t, map[string]string{"p.md": "![x](p.png) ![y](q.png)", "p.png": strings.Repeat("x", 12<<20), "q.png": strings.Repeat("x", maxPicture)})
	if want := []string{"p.md:1:1: warning: the picture p.png has 12 MB; make it smaller than 10 MB: readers fetch it over ssh"}; !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

// TestPixels: a picture over the bounds is an error, one that ends too early a warning, and those of other formats have captions.
func TestPixels(t *testing.T) {
	header := "\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x27\x10\x00\x00\x27\x10\x01\x00\x00\x00\x00\x92\x35\x5f\x8a"
	got := checked(t, map[string]string{
		"p.md": "![x](large.png)\n\n![y](short.png)\n\n![z](a.svg) ![z](b.avif) ![z](c.svg)", "large.png": header, "short.png": header[:20], "a.svg": "<svg/>", "b.avif": "x", "c.svg": "<svg/>",
	})
	want := []string{
		"p.md:1:1: error: the picture large.png is too large to be shown: it has 100 megapixels, and may have 40; make it smaller",
		"p.md:3:1: warning: the picture short.png is not shown: unexpected EOF; save it again",
		"p.md:5:1: warning: the picture a.svg is a file of SVG: its caption stands for it (and 2 more of such formats); terminals are shown PNG, JPEG, GIF and WebP",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
}

// TestCheckStops: who doesn't wait for the end isn't kept.
func TestCheckStops(t *testing.T) {
	fsys := fstest.MapFS{"p.md": {Data: []byte("[x](gone.md)")}}
	l, err := content.Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	stop()
	all := l.All()
	if got := NewChecker(all).Problems(ctx, all.Posts(), func() { t.Error("a post is done") }); got != nil {
		t.Errorf("got %v", got)
	}
}

func newPost(body string) *content.Post {
	return &content.Post{Path: "post.md", Title: "No such title", Body: body, BodyLine: 1}
}

// TestLostWordIsAProblem takes a word out of a tree, as a mistake in the walker would, and text off a page.
func TestLostWordIsAProblem(t *testing.T) {
	p := newPost("One two.\n\nThree *four* five, x² &amp; `six`.\n\n- seven\n\n<p>eight</p>\n\n![nine](x.png)")
	for _, lose := range []string{"two", "five", "six", "seven", "eight", "nine"} {
		tree := markdown.Parse(p.Path, p.Body, nil)
		i := inspector{markdown: tree, doc: document.New(tree, p)}
		if i.lost(p); len(i.problems) > 0 {
			t.Fatalf("where nothing is lost: %v", i.problems)
		}
		i.doc.Root.EachLeaf(func(b *document.Block) {
			if at := strings.Index(string(b.Text), lose); at >= 0 {
				copy(b.Text[at:], strings.Repeat(".", len(lose)))
			}
		})
		if i.lost(p); len(i.problems) != 1 || !strings.Contains(i.problems[0].message, lose) {
			t.Errorf("without %q: %v", lose, i.problems)
		}
	}
}

// TestNothingIsLost holds the law of a check on what has every trap that there is: a defect that it names is one.
func TestNothingIsLost(t *testing.T) {
	specimen, err := os.ReadFile("../testdata/specimen.md")
	if err != nil {
		t.Fatal(err)
	}
	mdx := newPost("<video src=\"a.mp4\">\nNo *film*.\n</video>\n\n<div>\n*b*\n</div>\n\n> <big>c</big>\n>\n> d")
	mdx.Path = "post.mdx"
	for _, p := range []*content.Post{mdx, newPost(string(specimen)), newPost("# No such title\n\ntext"), newPost("<Conv name=\"A\">\n*b* c\n</Conv>\n\n<YouTube id=\"d\">\ne\n</YouTube>"), newPost("x<sup>2n</sup> y<sub>i</sub> a&shy;b <script>no</script>"), newPost("> [!NOTE] Title\n> text\n\n:::tip\na\n:::\n\n{% comment %}\nno\n{% endcomment %}\n")} {
		tree := markdown.Parse(p.Path, p.Body, nil)
		i := inspector{markdown: tree, doc: document.New(tree, p)}
		if i.lost(p); len(i.problems) > 0 {
			t.Error(i.problems)
		}
	}
}

// TestBombsAreChecked has what is one for a page, and what is nothing but mistakes, checked. As with pages, a bomb that goes
// off is the test's timeout.
func TestBombsAreChecked(t *testing.T) {
	rep := strings.Repeat
	distinct := func(format string, n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, format, i)
		}
		return b.String()
	}
	bombs := []struct{ name, body string }{
		{"dead links on one line", distinct("[x](gone-%d.md) ", 30_000)},
		{"dead headings", distinct("## h%d\n\n", 10_000) + distinct("[x](#gone-for-good-%d)\n", 10_000)},
		{"unknown tags", rep("{{< nosuch >}} ", 30_000)},
		{"rows with a cell too many", "| a |\n|---|\n" + rep("| b | c |\n", 30_000)},
		{"wide lines of code", "```\n" + rep(rep("x", 80)+"\n", 10_000) + "```"},
		{"1 MB of ideographs", rep("灯台守", 1<<20/9)},
		{"a table of 20,000 rows", "|a|b|c|\n|-|-|-|\n" + rep("|one|two words|three|\n", 20_000)},
		{"containers", rep("::: note\n", 20_000)},
		{"pictures", rep("![a](b)", 100_000)},
		{"addresses", rep("http://a.b/ ", 80_000)},
		{"tags", rep("<b>x</b> y\n", 50_000)},
		{"titles that are nowhere", rep("<a><img title=\"q w\" src=x></a> ", 20_000)},
		{"films without an end", rep("<video src=a title=bcd>\n\n", 20_000)},
		{"Markdown within HTML", "<div>\n" + rep("*a* <i>\n", 50_000)},
		{"links between notes", rep("[[a|b]] ", 50_000)},
		{"definitions", distinct("[a%d]: x\n\n", 50_000)},
		{"asterisks", rep("**a ", 100_000)},
		{"merges", rep("<<<<<<< a\n", 50_000)},
		{"many merges", rep("<<<<<<< a\n\n=======\n\n>>>>>>> b\n\n", 20_000)},
	}
	for _, b := range bombs {
		t.Run(b.name, func(t *testing.T) { checked(t, map[string]string{"p.md": "---\n---\n" + b.body}) })
	}
}
