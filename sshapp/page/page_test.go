package page

import (
	"slices"
	"strings"
	"testing"

	"postern/sshapp/page/document"
	"postern/sshapp/page/theme"
)

// TestSource holds what becomes of each thing that authors write.
func TestSource(t *testing.T) {
	for _, tt := range []struct{ name, source, want string }{
		{"soft breaks", "one\ntwo", "one two"},
		{"soft breaks that are no blanks", "これは\n文で、\n*ある*。\nPostern\nは\n`x`\nです\n\n하나\n둘\n\n<div>这是\n  一个。</div>", "これは文で、ある。Postern は x です\n\n하나 둘\n\n这是一个。"},
		{"hard breaks", "one  \ntwo\\\nthree<br>four", "one\ntwo\nthree\nfour"},
		{"headings", "Two\n---\n\n### Three", "Two\n───\n\nThree"},
		{"heading attributes", "## A {#b .c}\n\n## B {: .c}", "A\n─\n\nB\n─"},
		{"more heading attributes", "## A\u00a0{#b}\n\n## C {.d} ##\n\n## E (#f)\n\n## G (#1) {-}", "A\n─\n\nC\n─\n\nE\n─\n\nG (#1)\n──────"},
		{"attributes of what is in a line", "a ![b](c.png){ width=\"3\" } [d](e){target=_blank .f} `g`{.h} {x=1} f(x){y=2} {.svelte}", "a b d g {x=1} f(x){y=2} {.svelte}"},
		{"attributes of blocks", "|a|\n|-|\n|b|\n{: .c}\n\nd\n{: .e #f}\n\n* TOC\n{:toc}\n\n1. g\n2. h\n{:.i}", "a\n─\nb\n\nd\n\n  1. g\n  2. h"},
		{"the title is not set twice", "# No *such* title!\n\ntext", "text"},
		{"several paragraphs in an entry", "- a\n\n  b\n- c", "  • a\n\n    b\n\n  • c"},
		{"code in an entry", "1. a\n\n   ```\n   x\n   ```", "  1. a\n\n       x"},
		{"numbers stand flush", "99. a\n100. b", "   99. a\n  100. b"},
		{"lists nest", "- a\n  1. b\n     - c", "  • a\n    1. b\n       ▪ c"},
		{"tasks", "- [x] a\n- [ ] b", "  ☑ a\n  ☐ b"},
		{"an empty entry", "- a\n-\n- b", "  • a\n  •\n  • b"},
		{"quotes nest", "> a\n>\n> > b\n\nc", "│ a\n│\n│ │ b\n\nc"},
		{"alert", "> [!NOTE]\n> a", "┃ Note\n┃ a"},
		{"alert with a title", "> [!tip]- *My* title\n> a", "┃ My title\n┃ a"},
		{"no alert", "> [!important words] a", "│ [!important words] a"},
		{"titles of containers", ":::note[The `a` of $x_1$]\nb\n:::\n\n:::tip A *b* {c}\nd\n:::\n\n!!! note \"E & `f` $\\mathbb{R}$ {g}\"\n    g\n\n:::tip {c}\nh\n:::", "┃ The a of x₁\n┃ b\n\n┃ A b\n┃ d\n\n┃ E & f ℝ {g}\n┃ g\n\n┃ Tip\n┃ h"},
		{"braces in titles of containers", ":::note The $x_{i}$ of $\\{y\\}$ {.c}\na\n:::\n\n!!! note \"A {b} c\"\n    d\n\n:::tip Use `{}` for ${E}\nf\n:::\n\n::: {.note}\ng\n:::\n\n:::note At last $x_{i}$\nh\n:::", "┃ The xᵢ of {y}\n┃ a\n\n┃ A {b} c\n┃ d\n\n┃ Use {} for ${E}\n┃ f\n\n┃ Note\n┃ g\n\n┃ At last xᵢ\n┃ h"},
		{"fenced containers nest", "::::note One\na\n\n:::warning\nb\n:::\n\nc\n::::\n\nd", "┃ One\n┃ a\n┃\n┃ ┃ Warning\n┃ ┃ b\n┃\n┃ c\n\nd"},
		{"indented container", "!!! danger \"Mind the gap\"\n    a\n\n    b\n\nc", "┃ Mind the gap\n┃ a\n┃\n┃ b\n\nc"},
		{"tabs", "a\n\n=== \":octicons-file-code-16: `b.md`\"\n\n    ``` go\n    c\n    ```\n\n===! \"*D*\"\n    - e\n\n=== none\n\nf\n===", "a\n\n▾ b.md\n    c\n\n▾ D\n    • e\n\n=== none\n\n\nf\n━"},
		{"container that folds", ":::details More\na\n:::", "▾ More\n  a"},
		{"footnotes", "a[^x] b[^y]\n\n[^y]: why\n[^x]: ex", "a¹ b²\n\n────────────\n\n¹ ex\n² why"},
		{"definitions", "a\n: b\n: c", "a\n    b\n    c"},
		{"thematic break", "a\n\n***\n\nb", "a\n\n             ─────────────\n\nb"},
		{"comments", "a <!-- no --> b\n\n<!-- no\n\nno -->\n\n<!--more-->\n\nc", "a b\n\nc"},
		{"links", "[a](http://b) <http://c> [d]\n\n[d]: http://e", "a http://c d"},
		{"a link without text", "a [](http://b.c/d) e", "a e"},
		{"a link that can't be followed", "[a](javascript:b)", "a"},
		{"picture", "![alt *text*](a/b.png)", "╭──────────────────────────╮\n│ alt text                 │\n│ b.png                    │\n╰──────────────────────────╯"},
		{"caption", "![](b.png \"Title\")\n\na", "▣ b.png\n  Title\n\na"},
		{"caption below", "![](b.png)\n<small>so *it* is</small>", "▣ b.png\n  so it is"},
		{"caption with a link", "![](b.png)\n*[b](http://c.d)*\n\n![e](e.png)\n*[e](http://c.d)*", "▣ b.png\n  b\n\n▣ e\n  e"},
		{"caption that repeats", "![so](b.png)\n*so*", "▣ b.png\n  so"},
		{"words that are the file's name", "![b](b.png) ![B.png](b.png) ![b](bc.png)\n\n![](d/e-1.png \"E 1\")\n\n![f.png](f.png)\n*f.png*", "▣ b\n\n▣ B.png\n\n╭──────────────────────────╮\n│ b                        │\n│ bc.png                   │\n╰──────────────────────────╯\n\n▣ E 1\n\n▣ f.png"},
		{"picture in a line", "a ![b](c.png) d ![](e.png)", "a b d [e.png]"},
		{"HTML figure", "<figure><img src=b.png alt=c><figcaption>d</figcaption></figure>", "╭──────────────────────────╮\n│ c                        │\n│ b.png                    │\n╰──────────────────────────╯\n  d"},
		{"film", "<iframe src='https://www.a.b/c'></iframe>", "▣ embedded page · a.b/c"},
		{"table", "|a|b|\n|-|-:|\n|c|dd|\n|\\||e|", "a │  b\n──┼───\nc │ dd\n| │  e"},
		{"HTML in a table", "|a|\n|-|\n|b<br>c|", "a\n─\nb\nc"},
		{"HTML table", "<table><tr><th>a<th>b<tr><td>c<td>d</table>", "a │ b\n──┼──\nc │ d"},
		{"HTML table with strays", "<table><caption>t</caption><tr><td>1</td><dd>2<hr><tr>3</table>\n\nb", "  t\n\n1 │ 2\n3 │\n\nb"},
		{"inline HTML", "<b>a</b> <kbd>b</kbd> x<sup>2</sup> y<sub>1</sub> z<sup>n+k</sup> 4<sup>th</sup> <q>c</q>", "a b x² y₁ z^(n+k) 4th “c”"},
		{"Markdown in HTML", "<div>\n\n*a*\n\n- b\n\n</div>\n\nc", "a\n\n  • b\n\nc"},
		{"HTML lists", "<ol start=3><li>a<li>b<ul><li>c</ul></ol>", "  3. a\n  4. b\n     ◦ c"},
		{"scripts", "a<script>b</script>\n\n<style>\nc\n\nd</style>\n\ne", "a\n\ne"},
		{"tags that no one knows", "Vec<T> and <cd> and <Output>", "Vec<T> and <cd> and <Output>"},
		{"components", "<Aside type='x'>a</Aside> <my-tag>b</my-tag> <Chart rows={[1, 2]}>c</Chart>", "a b c"},
		{"a component alone", "a <Chart rows={1} />", "a <Chart rows={1} />"},
		{"entities", "&lt;b&gt; &amp;amp; \\&amp; &#x41; &nosuch;", "<b> &amp; &amp; A &nosuch;"},
		{"control characters", "a&#27;[31mb&#x9b;c&#x202e;d `&#27;`", "a\ufffd[31mb›c\ufffdd &#27;"},
		{"emoji", ":tada: a:tada:b 1:100:2 `:tada:` :nosuch:", "🎉 a:tada:b 1:100:2 :tada: :nosuch:"},
		{"icons", ":material-account:{ .big } a\n:material-cog: b\n\n:octicons-check-16:", "a :material-cog: b\n\n:octicons-check-16:"},
		{"an icon before a letter that isn't ASCII", ":octicons-x: Übersicht\n\n:material-cog:{ .big }\t灯台", "Übersicht\n\n灯台"},
		{"math", "$a_1 b_1$ and $$x$$ for $5 and $6, $HOME", "a₁b₁ and x for $5 and $6, $HOME"},
		{"math block", "$$\na_1\nb_1\n$$", strings.Repeat(" ", 18) + "a₁b₁"},
		{"displayed math in a line", "$$ x_1 > k $$ 일 때\n$$ y_1 $$ 를, $$ or $$$", "x₁ > k 일 때 y₁ 를, $$ or $$$"},
		{"math with endings", "the $n$th, all $x_1$s, $a$then, $a$ths and US$5 or $6s", "the nth, all x₁s, $a$then, $a$ths and\nUS$5 or $6s"},
		{"math between TeX's parentheses", "\\\\(x_1 \\\\) and \\(a^2\\), \\\\(\\\\) but \\(a\\), \\[b\\] \\[c](d)", "x₁ and a², \\(\\) but (a), [b] [c](d)"},
		{"math beside letters", "$\\sin \\theta$を$\\vec{s}$、и$x$и a$x$ $5円と$6", "sin θをs⃗、иxи a$x$ $5円と$6"},
		{"wikilinks", "[[a]] [[b|c]] [[d]](http://e)", "a c [d]"},
		{"kramdown", "a\n{: .lead}\n\n[b](http://c){: target=\"_blank\"} {not}", "a\n\nb {not}"},
		{"shortcodes", "{{< figure src=\"/a/b.png\" alt=\"c\" >}}", "╭──────────────────────────╮\n│ c                        │\n│ b.png                    │\n╰──────────────────────────╯"},
		{"shortcodes over lines", "{{< figure\n  src=\"b.png\"\n  caption=\"c\"\n>}}", "▣ b.png\n  c"},
		{"shortcodes that wrap", "{{< note >}}\na\n{{< /note >}}\n\n{{% wrap %}}b{{% /wrap %}}", "┃ Note\n┃ a\n\nb"},
		{"unknown shortcodes", "a {{< nosuch b >}} {{ site.title }}{{ site.baseurl }}", "a {{< nosuch b >}} {{ site.title }}"},
		{"Liquid", "{% highlight go %}\na := *b*\n{% endhighlight %}\n\n[c]({% post_url 2020-01-02-d %})", "  a := *b*\n\nc"},
		{"tags behind each other in a target", "[a]({{ site.baseurl }}{% post_url 2020-01-02-d %}) [b]({% link _posts/e.md %}#f) [c]({{ site.baseurl }}{{ '/g' | relative_url }}#h)", "a b c"},
		{"code is left alone", "```\n{{< a >}} {% b %} :tada: <T>\n```", "  {{< a >}} {% b %} :tada: <T>"},
		{"titles of code", "```js {1,3} title=\"A *b*\"\na\n```\n\n``` js:src/b.js\nb\n```\n\n```js [c.js]\nc\n```\n\n- ```js {x: ['y', [1]]} src/d.js hidden\n  d\n  ```\n\n```java .e.java\ne\n```\n\n``` {.go file=f.go}\nf\n```",
			"  A *b*\n  a\n\n  src/b.js\n  b\n\n  c.js\n  c\n\n  •   src/d.js\n      d\n\n  .e.java\n  e\n\n  f.go\n  f"},
		{"code without a title", "```js [[1, 3, \"App\"]] {2-3} 1.5 eval\na\n```\n\n```\nb\n```\n\n```title\nc\n```\n\n```js title=\"\"\nd\n```\n\n" +
			"```{.python .numberLines startFrom=\"100\"}\ne\n```\n\n``` {#my .haskell .numberLines}\nf\n```", "  a\n\n  b\n\n  c\n\n  d\n\n  e\n\n  f"},
		{"imports", "import A from './a.mdx'\n\nimport is a word", "import is a word"},
		{"raised", "x<sup>[1]</sup> y<sup><a href=\"#a\">2</a>3</sup> z<sup>[[4]](#a)</sup> a<sup>*</sup> Na<sup>+</sup> b<sup>c *d*</sup> e<sup> 2 </sup> f<sup></sup> 링크<sup>link</sup>",
			"x[1] y²³ z[4] a* Na⁺ b^(c d) e² f\n링크(link)"},
		{"ruby", "<ruby>漢<rt>kan</rt>字<rt>ji</ruby> <ruby>漢 <rp>(</rp><rt>*kan*</rt><rp>)</rp></ruby>", "漢(kan)字(ji) 漢(kan)"},
		{"ruby of several parts", "<ruby><rb>漢<rb>字<rt>kan<rt>ji</ruby> <ruby>字<rt></rt></ruby>\n\n<ruby>\n漢 <rp>(</rp><rt>kan</rt><rp>)</rp>\n字 <rt>ji</rt>\n</ruby>", "漢字(kan ji) 字\n\n漢(kan) 字(ji)"},
		{"marks that are none", "a==b==c, \"==\" or \"==\", a == b == c, xQ==; yQ== ===d===", "a==b==c, \"==\" or \"==\", a == b == c,\nxQ==; yQ== ===d==="},
		{"entities in addresses", "<a href=\"http://b.c/defg\">http://b.c/d&#8230;g</a> http://b.c?d&amp;e", "http://b.c/d…g http://b.c?d&e"},
		{"soft hyphens", "sepa\u00adrate", "separate"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got := strings.Join(New(post(tt.source), 40, theme.Terminal()).Plain(), "\n")
			if got != tt.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, tt.want)
			}
		})
	}
}

func TestLineBreaks(t *testing.T) {
	for _, tt := range []struct {
		name, source string
		width        int
		want         []string
	}{
		{"even lines", "aaa bb cc ddddd", 6, []string{"aaa", "bb cc", "ddddd"}},
		{"a no-break space", "aaaa bb\u00a0cc", 7, []string{"aaaa", "bb\u00a0cc"}},
		{"a long word", "aaaaaaaaaa", 4, []string{"aaaa", "aaaa", "aa"}},
		{"a hyphen", "well-known", 6, []string{"well-", "known"}},
		{"an option", "aaa --bb", 6, []string{"aaa", "--bb"}},
		{"punctuation stays with a link", "[aaaa](http://b), c", 5, []string{"aaaa,", "c"}},
		{"ideographs", "灯台守は毎晩。", 12, []string{"灯台守は毎", "晩。"}},
		{"Korean", "한국어는 빈칸에서 끝납니다.", 14, []string{"한국어는", "빈칸에서", "끝납니다."}},
		{"a comma behind code", "灯台守は`go`、`fmt`。", 15, []string{"灯台守はgo、", "fmt。"}},
		{"a comma behind a blank", "灯台守は `go` 、毎晩", 12, []string{"灯台守は", "go 、毎晩"}},
		{"code is not broken", "灯台守`灯台守`灯台", 10, []string{"灯台守", "灯台守灯台"}},
		{"a comma behind what fills a line", "`aaaaaaaa`、灯台", 8, []string{"aaaaaaa", "a、灯台"}},
		{"a short formula is not broken", "aaaaa $b-c$", 9, []string{"aaaaa", "b − c"}},
		{"a long formula", "aaa $b-c-d-e-f$", 9, []string{"aaa b − c", "− d − e −", "f"}},
		{"an address", "aaa https://example.com/bb-cc/dd-ee?f_f=g&h=i#j.k", 30, []string{"aaa https://example.com/bb-cc/", "dd-ee?f_f=g&h=i#j.k"}},
		{"an address without a slash to break at", "https://example.com/aaaa-bbbb-cccc-dddd", 25, []string{"https://example.com/", "aaaa-bbbb-cccc-dddd"}},
		{"an address without a scheme", "(github.com/aaa/bbb-ccc/ddd-eee)", 24, []string{"(github.com/aaa/bbb-ccc/", "ddd-eee)"}},
		{"an address in a sentence without blanks", "記事はhttps://example.com/aaa?b=cc-dd&ee=ffを", 28, []string{"記事はhttps://example.com/", "aaa?b=cc-dd&ee=ffを"}},
		{"a path", "aaa /usr/share/doc-base/postern-manual", 24, []string{"aaa /usr/share/doc-", "base/postern-manual"}},
		{"no last word alone", "aaaa bbbb cccc dddd eeee f", 24, []string{"aaaa bbbb cccc dddd", "eeee f"}},
		{"a quotation in German", "Er sagte „Hallo“ langeswort dann.", 20, []string{"Er sagte „Hallo“", "langeswort dann."}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := New(post(tt.source), tt.width, theme.Terminal()).Plain(); !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// TestNoLineBeginsWithPunctuation looks for what Chinese and Japanese readers would take for a mistake, around all that may
// stand in a line.
func TestNoLineBeginsWithPunctuation(t *testing.T) {
	const text = "これは`code`、[連結](http://a)。**強調**、`関数`（*引数*）と$x+y$。「`引用`」『二重』は、https://example.com/a-b、です。" +
		"値が`1`、`2`、`3`。コンピューター、キャッチャー。说：“你好”，他说 ，好！（注） 。阿诺德·布里斯班（ 出处：“极限 ”）和珍·古道尔。  \n"
	for width := 20; width <= 90; width++ {
		holdLaws(t, post(text+text), width, theme.None())
		for _, line := range New(post(strings.Repeat(text, 3)), width, theme.None()).Plain() {
			first, last := []rune(line)[0], []rune(line)[len([]rune(line))-1]
			if strings.ContainsRune("、。，！：）」』”ーャ·", first) || strings.ContainsRune("（「『“", last) {
				t.Errorf("a line of a page of %d columns is %q", width, line)
			}
		}
	}
}

// TestRecords: a table whose columns don't fit is set row by row, each cell beside the name of its column, which is never cut.
func TestRecords(t *testing.T) {
	for _, tt := range []struct {
		name, source string
		width        int
		want         string
	}{
		{"names once more in each", "|a|bb|c|d|e|\n|-|-|-|-|-|\n|1|2|3|4|5|\n|6||7|8|9|", 24, "a   1\nbb  2\nc   3\nd   4\ne   5\n\na   6\nc   7\nd   8\ne   9"},
		{"names of cells that are empty", "|a|b|c|\n|-|-|-|\n|1|||", 20, "a  1\nb\nc"},
		{"long names and cells", "|the first column|b|c|\n|-|-|-|\n|1|many words in it|3|", 22, "the       1\nfirst\ncolumn\nb         many words\n          in it\nc         3"},
		{"a header alone", "|a|b|c|\n|-|-|-|", 20, "a\nb\nc"},
		{"words that would be broken", "|a|b|\n|-|-|\n|antidisestablishment|half-timbered|", 30, "a  antidisestablishment\nb  half-timbered"},
		{"no header", "<table><tr><td>a<td>b<td>c<tr><td>d<td>e<td>f</table>", 20, "a\nb\nc\n\nd\ne\nf"},
		{"a cell over two columns", "<table><tr><th rowspan=2>a<th>b<th>c<th>d<tr><td colspan=2>1<td>2</table>", 20, "a\nb  1\nc\nd  2"},
		{"no room for names", "> > > |a|b|\n> > > |-|-|\n> > > |1|2|", 12, "│ │ │ a\n  1\n│ │ │ b\n  2"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(New(post(tt.source), tt.width, theme.Terminal()).Plain(), "\n"); got != tt.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, tt.want)
			}
		})
	}
}

// TestTableGivesRoomToProse: columns of names give way to one of sentences, though theirs would fit.
func TestTableGivesRoomToProse(t *testing.T) {
	p := post("|Word|Language of origin|Meaning|\n|-|-|-|\n|alpha beta gamma|northern Italian|" + strings.Repeat("It means this and that. ", 12) + "|\n")
	if lines := New(p, 60, theme.Terminal()).Plain(); len(lines) > 12 {
		t.Errorf("the table has %d lines:\n%s", len(lines), strings.Join(lines, "\n"))
	}
}

// TestLongCodeGoesOn: a line of code that is too long goes on below its own beginning.
func TestLongCodeGoesOn(t *testing.T) {
	for _, tt := range []struct{ name, code, want string }{
		{"behind a blank", "\tone long line of it\nshort", "      one long line\n      ↳ of it\n  short"},
		{"behind a comma", "call(alpha,beta,gamma)", "  call(alpha,beta,\n  ↳ gamma)"},
		{"behind a parenthesis", "someFunction(alpha+1)", "  someFunction(\n  ↳ alpha+1)"},
		{"behind a dot", "alpha.beta.gamma.delta", "  alpha.beta.gamma.\n  ↳ delta"},
		{"anywhere", "01234567890123456789", "  01234567890123456\n  ↳ 789"},
		{"not at its indentation", "          01234567890123456789", "            0123456\n↳ 7890123456789"},
		{"tabs within it", "a\tb\tc", "  a   b   c"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := New(post("```\n"+tt.code+"\n```"), 19, theme.Terminal())
			if got := strings.Join(p.Plain(), "\n"); got != tt.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, tt.want)
			}
			if got, want := p.Blocks[0].Text, tt.code+"\n"; got != want {
				t.Errorf("a copy yields %q, want %q", got, want)
			}
		})
	}
}

func TestLinks(t *testing.T) {
	p := New(post(`[out](HTTP://a.b/ü "t") [mail](mailto:a@b.c) [call](tel:+15550100) [post](../other.md) [here](#a-heading)
[bad](JaVaScript:x) [worse](java&#10;script:x) [data](data:text/html,x) note[^1] ![](p.png) <a href="//c.d/&#27;]0;x">e</a>

## A heading

[^1]: here
`), 80, theme.Terminal())
	want := []Link{
		{Text: "out", Target: "HTTP://a.b/ü", Kind: document.LinkExternal, Source: 1},
		{Text: "mail", Target: "mailto:a@b.c", Kind: document.LinkExternal, Source: 1},
		{Text: "call", Target: "tel:+15550100", Kind: document.LinkExternal, Source: 1},
		{Text: "post", Target: "../other.md", Kind: document.LinkPost, Source: 1},
		{Text: "here", Target: "#a-heading", Kind: document.LinkHeading, Source: 1},
		{Text: "¹", Target: "#fn:1", Kind: document.LinkFootnote, Source: 2},
		{Text: "[p.png]", Target: "p.png", Kind: document.LinkImage, Source: 2},
		{Text: "e", Target: "//c.d/\ufffd]0;x", Kind: document.LinkExternal, Source: 2},
		{Text: "¹", Target: "#fnref:1", Kind: document.LinkFootnote, Source: 6},
	}
	for i, l := range p.Links {
		if i >= len(want) || l.Kind != want[i].Kind || l.Target != want[i].Target || l.Source != want[i].Source {
			t.Errorf("link %d is %+v", i, l)
		}
		if at := p.Plain()[l.Line][l.At:]; !strings.HasPrefix(at, l.Text) {
			t.Errorf("where the link %q begins stands %q", l.Text, at)
		}
	}
	if len(p.Links) != len(want) {
		t.Errorf("%d links, want %d", len(p.Links), len(want))
	}
	all := strings.Join(p.Lines, "\n")
	for _, url := range []string{"HTTP://a.b/%C3%BC", "mailto:a@b.c", "tel:+15550100", "https://c.d/%EF%BF%BD]0;x"} {
		if !strings.Contains(all, "\x1b]8;;"+url+"\x1b\\") {
			t.Errorf("no hyperlink to %s in %q", url, all)
		}
	}
	if n := strings.Count(all, "\x1b]8;;\x1b\\"); n != 4 {
		t.Errorf("%d hyperlinks, want 4: %q", n, all)
	}
	for name, text := range map[string]string{"#fn:1": "here", "fnref:1": "note", "#a-heading": "A heading"} {
		line, ok := p.Anchor(name)
		if !ok || !strings.Contains(p.Plain()[line], text) {
			t.Errorf("%s leads to line %d, %q", name, line, p.Plain()[line])
		}
	}
}

// TestMarks looks for reverse video.
func TestMarks(t *testing.T) {
	for source, want := range map[string]string{
		"==a b== c": "\x1b[7ma b\x1b[m c", "(==a==), ==**b**==.": "(\x1b[7ma\x1b[m), \x1b[1;7mb\x1b[m.", "これは==重要==です": "これは\x1b[7m重要\x1b[mです",
		"a ==*b* `c`== d": "a \x1b[3;7mb\x1b[23m \x1b[1mc\x1b[m d",
	} {
		if got := New(post(source), 40, theme.None()).Lines[0]; got != want {
			t.Errorf("%q is shown as %q, not %q", source, got, want)
		}
	}
}

// TestAddresses: a bare address is a link wherever it stands.
func TestAddresses(t *testing.T) {
	for _, tt := range []struct{ source, want string }{
		{"a https://b.c/d_e, f", "https://b.c/d_e"},
		{"参照：https://b.c/d?e=f、です", "https://b.c/d?e=f"},
		{"「https://b.c/」", "https://b.c/"},
		{"a [https://b.c/d] e", "https://b.c/d"},
		{"a \"http://b.c\" d", "http://b.c"},
		{"(see (https://b.c/d_(e)).)", "https://b.c/d_(e)"},
		{"|a|\n|-|\n|b:https://c.d/e|", "https://c.d/e"},
		{"- https://b.c", "https://b.c"},
		{"> a:https://b.c.", "https://b.c"},
		{"## a:https://b.c", "https://b.c"},
		{"a[^1]\n\n[^1]: b:https://c.d!", "#fn:1 #fnref:1 https://c.d"},
		{"<div>a https://b.c/?d&amp;e <b>f</b></div>", "https://b.c/?d&e"},
		{"<table><tr><td>https://b.c</table>", "https://b.c"},
		{"https://b.c/?d=e&amp;f=g", "https://b.c/?d=e&f=g"},
		{"`https://b.c` <code>https://b.c</code> https://localhost http://127.0.0.1:80/x xhttps://b.c git://b.c/d https://. ![https://b.c](d)", "d"},
		{"[https://b.c](https://d.e) <a href=\"https://f.g\">https://h.i</a> <a href=\"javascript:x\">https://j.k</a>", "https://d.e https://f.g"},
		{"    https://b.c", ""},
	} {
		var got []string
		for _, l := range New(post(tt.source), 60, theme.None()).Links {
			got = append(got, l.Target)
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%q has the links %q, want %q", tt.source, got, tt.want)
		}
	}
}

func TestAnchors(t *testing.T) {
	p := New(post("## One & two\n\n## One & two\n\n## Üben!\n\n## Own {#mine}\n\n## Also (#too)\n\n## More\u00a0{#third} ##\n\n<a id=there></a>\n\ntext"), 80, theme.None())
	var got []string
	for _, h := range p.Headings {
		got = append(got, h.Anchor)
	}
	if want := []string{"one--two", "one--two-1", "üben", "mine", "too", "third"}; !slices.Equal(got, want) {
		t.Errorf("anchors are %q, want %q", got, want)
	}
	if line, ok := p.Anchor("there"); !ok || p.Plain()[line] != "text" {
		t.Errorf("#there leads to line %d, %v", line, ok)
	}
}

// TestPositions goes from one width to others and back: the same text is on top.
func TestPositions(t *testing.T) {
	p := specimen(t)
	wide := New(p, 76, theme.Terminal())
	for _, other := range []*Page{New(p, 40, theme.Lookup("dark")), New(p, 21, theme.None()), New(p, 200, theme.Terminal())} {
		if len(other.Blocks) != len(wide.Blocks) {
			t.Fatalf("%d blocks at one width, %d at another", len(wide.Blocks), len(other.Blocks))
		}
		for i := range wide.Lines {
			at := wide.At(i)
			line := other.Line(at)
			if b := other.Blocks[at.Block]; line < b.First || line > b.Last {
				t.Fatalf("line %d is in block %d, and at another width on line %d, outside of it", i, at.Block, line)
			}
			above := int(other.above[line] - other.above[other.Blocks[at.Block].First])
			below := int(other.above[line+1] - other.above[other.Blocks[at.Block].First])
			if last := other.Blocks[at.Block].Last; above > at.Text || below <= at.Text && line != last && at.Text > 0 {
				t.Errorf("position %v is on a line from %d to %d", at, above, below)
			}
		}
	}
	empty := New(post(""), 80, theme.Terminal())
	if empty.Line(Position{3, 4}) != 0 || empty.At(5) != (Position{}) {
		t.Error("a page without lines has a position that is not its beginning")
	}
}

func TestBarInCodeOfATable(t *testing.T) {
	p := New(post("| a | b |\n| - | - |\n| `x \\| y` | z |\n"), 60, theme.None())
	if got := strings.Join(p.Plain(), "\n"); !strings.Contains(got, "x | y") || strings.Contains(got, `\`) {
		t.Errorf("the table is\n%s", got)
	}
}

// TestTabs puts tabs where a page must have blanks in their place, aligned as the author sees them.
func TestTabs(t *testing.T) {
	for _, tt := range []struct{ source, want string }{
		{"<table><tr><td><pre>if\ta:\n\tb\n</pre><td>c</table>", "if  a: │ c\n    b  │"},
		{"<pre><h3>a\tb</h3></pre>", "a   b"},
		{"<pre><summary><b>a</b>\tb</summary></pre>", "a   b"},
		{"| a\tb | `c\td` |\n|-|-|\n|\te |f\t|", "a b │ c d\n────┼────\ne   │ f"},
		{"x<sup>a\tb</sup>", "x^(a b)"},
		{"a\tb\n\n- c\td", "a b\n\n  • c d"},
	} {
		if got := strings.Join(New(post(tt.source), 40, theme.Terminal()).Plain(), "\n"); got != tt.want {
			t.Errorf("%q is shown as\n%s\nnot\n%s", tt.source, got, tt.want)
		}
		for _, th := range themes() {
			holdLaws(t, post(tt.source), 20, th)
		}
	}
	for _, source := range []string{"<pre class=\"language-go\tx\">a</pre>", "{% highlight go\tlinenos %}\na\n{% endhighlight %}"} {
		if got := New(post(source), 40, Spoken()).Lines[0]; got != "Code, go, 1 line:" {
			t.Errorf("%q is said to be %q", source, got)
		}
	}
}

// TestNoTabInAPage puts tabs for blanks, in all that a specimen has, and in the cell of a table.
func TestNoTabInAPage(t *testing.T) {
	for part := range strings.SplitSeq(specimen(t).Body, "\n\n") {
		part = strings.ReplaceAll(part, " ", "\t")
		for _, body := range []string{part, "text\t" + part, "<table><tr><td><pre>" + part + "</pre></table>", "<sup>" + part} {
			for i, th := range themes() {
				for n, line := range New(post(body), 20+i*20, th).Lines {
					if strings.Contains(line, "\t") {
						t.Fatalf("line %d of the page of %q, in the theme %s, is %q", n, body, th.Name, line)
					}
				}
			}
		}
	}
}

// TestPlainTheme: without escapes, signs say what is deleted.
func TestPlainTheme(t *testing.T) {
	for _, tt := range []struct{ source, want string }{
		{"~~100~~ 50 euros", "~~100~~ 50 euros"},
		{"a ~~*b* [c](http://d)~~, <del>e `f`</del>", "a ~~b c~~, ~~e f~~"},
		{"<div><s>a<div>b</div></s></div>", "~~a~~\n\n~~b~~"},
		{"|~~a~~|b|\n|-|-|\n|c|~~d~~|", "~~a~~ │ b\n──────┼──────\nc     │ ~~d~~"},
		{"## ~~a~~ b", "~~a~~ b\n───────"},
		{"<del>\n<pre>a</pre>\n</del>", "  a"},
	} {
		p := New(post(tt.source), 40, theme.Plain())
		if got := strings.Join(p.Plain(), "\n"); got != tt.want {
			t.Errorf("%q is shown as\n%s\nnot\n%s", tt.source, got, tt.want)
		}
		if len(p.Headings) > 0 && p.Headings[0].Text != "a b" {
			t.Errorf("the heading is %q", p.Headings[0].Text)
		}
	}
}

// TestPictureSizes: a size is no text of a picture.
func TestPictureSizes(t *testing.T) {
	for _, tt := range []struct{ source, want string }{
		{"![[x.png]]", "[x.png]"},
		{"![[x.png|400]]", "[x.png]"},
		{"![[a/x.png|400x300]]", "[x.png]"},
		{"![[x.png|so|400]]", "so"},
		{"![[x.png|so]]", "so"},
		{"![so|300](b.png)", "so"},
		{"![so | 300 x 200](b.png)", "so"},
		{"![so *it* is|300](b.png)", "so it is"},
		{"![|300](b.png)", "[b.png]"},
		{"![so](b.png =300x200)", "so"},
		{"![](/a/b.png =50%x)", "[b.png]"},
		{"[![so](b.png =x200 \"t\")](http://c)", "so"},
		{"![2024](b.png)", "2024"},
		{"![a|b](b.png)", "a|b"},
		{"[[a|b]] `![so](b.png =300x200)`", "b ![so](b.png =300x200)"},
		{"|x|\n|-|\n|![[b.png\\|400]] ![so\\|30](c.png) [[d\\|e]]|", "x\n────────────\n[b.png] so e"},
	} {
		got := strings.Join(New(post("text "+tt.source), 40, theme.None()).Plain(), "\n")
		if strings.HasPrefix(tt.source, "|") {
			got = "text " + strings.Join(New(post(tt.source), 40, theme.None()).Plain(), "\n")
		}
		if got != "text "+tt.want {
			t.Errorf("%q is shown as %q, not %q", tt.source, got, "text "+tt.want)
		}
	}
	figure := New(post("![[x.png|400]]"), 40, theme.None())
	if want := "▣ x.png"; strings.Join(figure.Plain(), "\n") != want {
		t.Errorf("a figure is\n%s", strings.Join(figure.Plain(), "\n"))
	}
}
