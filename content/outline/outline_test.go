package outline

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestDefinitionsAreReadOnce: the first paragraph that asks for the definitions of a body has them read, and the next ones don't.
func TestDefinitionsAreReadOnce(t *testing.T) {
	d := definitions{body: "[a]: x\n[b]: y\n"}
	if !d.has("[a]") || d.has("[c]") {
		t.Errorf("the definitions are %v", d.labels)
	}
	if n := testing.AllocsPerRun(10, func() { d.has("[b]") }); n != 0 {
		t.Errorf("to ask again makes %v allocations", n)
	}
	for _, empty := range []string{"[^1]\n\n", "<a title='[x]'>\n\n"} { // half an hour, if each paragraph searches the body
		if o := Scan(strings.Repeat(empty, 2<<20/len(empty)) + "x]:\n"); !strings.HasPrefix(o.Summary, "x") {
			t.Errorf("after many %q the summary is %q", empty, o.Summary)
		}
	}
}

func TestSummaries(t *testing.T) {
	for _, c := range []struct{ body, want string }{
		{"# Title\n\nThe *first* [paragraph](x), `code`\nand more.\n\nSecond.", "The first paragraph, code and more."},
		{"Title\n=====\n\nSub\n---\nText.", "Text."},
		{"One.\n\n## Two\n\nThree.\n\n<!-- more -->\n\nFour.", "One. Three."},
		{"这是\n第一段，\nGo\n语言。\n\n二。", "这是第一段，Go 语言。"},
		{"> Quote\n> <!--more-->\n\nFour.", "Quote"},
		{"One.<!-- truncate -->\n\nFour.", "One."},
		{"One.\n{/* truncate */}\n\nFour.", "One."},
		{"<!-- more -->\n\nText.", "Text."},
		{"![alt](x.png)\n\nText.", "Text."},
		{"[![alt](x.png)](y)\n\nText.", "Text."},
		{"import X from 'x'\nimport { Y } from \"y\"\n\nexport const a = {\n  b: 1,\n}\n\nText.", "Text."},
		{"<!-- a comment\n\nover lines -->\n\nText.", "Text."},
		{"{{< youtube id >}}\n\n{% include x %}\n\nText {{ x }} here.", "Text here."},
		{"<div>\nHTML\n</div>\n\nText.", "Text."},
		{"<figure>\n<img src=x>\n</figure>\n\n> [!NOTE]\n> Careful.\n\nText.", "Text."},
		{"<p>Only <b>HTML</b> here.</p>", "Only HTML here."},
		{"> [!NOTE]\n> Careful.", "Careful."},
		{":::note\n:::\n\nText.", "Text."},
		{"```\ncode\n\n# no heading\n```\n\nText.", "Text."},
		{"    indented\n\nText.", "Text."},
		{"<script>\nvar x;\n\nvar y;\n</script>\n\nText.", "Text."},
		{"[ref]: https://x\n\nSee [ref] and [this][ref], not [it].", "See ref and this, not [it]."},
		{"See [the\nlong name][ref], [so\non], [a\n*link*](x \"y\"), `co\nde` and 2 *\nx.\n\n[ref]: x\n[so on]: y", "See the long name, so on, a link, co de and 2 * x."},
		{"A note[^1] and [one] [two] [three] [4] [5] [6] [7] [8] [9].\n\n[^1]: It.\n[9]: x", "A note and [one] [two] [three] [4] [5] [6] [7] [8] 9."},
		{"看[长的\n名字][ref]。\n\n[ref]: x", "看长的名字。"},
		{"[not\nso] and a \\[b\\].", "[not so] and a [b]."},
		{"An [opening\n\nbracket].", "An [opening"},
		{"See [the\nname][ref].\n\nMore [of\nit](x), and\nso <!-- more -->\n\nText.", "See the name. More of it, and so"},
		{"- [ ] one\n- two", "one two"},
		{"Tom &amp; Jerry &lt;3 &#27;[1m", "Tom & Jerry <3 \ufffd[1m"},
		{"A footnote[^1] and <https://x.example>.", "A footnote and https://x.example."},
		{"snake_case and 2 * 3 * 4 and _so_ __on__ ~~no~~ ~5", "snake_case and 2 * 3 * 4 and so on no ~5"},
		{"The norm $\\|a_{1}\\|^{*}$ and $b_{2}$, *from* $5 to $6.", "The norm $\\|a_{1}\\|^{*}$ and $b_{2}$, from $5 to $6."},
		{"It costs $5 *or* 6$x.", "It costs $5 or 6$x."},
		{"A Vec<T> is `Vec<T>`, a <b>b</b>.", "A Vec<T> is Vec<T>, a b."},
		{"See [[page]] and [[page|that]].", "See page and that."},
		{"Escaped \\*stars\\* {#id} {: .class}", "Escaped *stars*"},
		{"| a | b |\n|---|---|\n\nText.", "Text."},
		{"***\n\nText.", "Text."},
		{"", ""},
		{strings.Repeat("long words ", 40), strings.TrimSpace(strings.Repeat("long words ", 18)) + "…"},
		{strings.Repeat("字", 300), strings.Repeat("字", 199) + "…"},
	} {
		got := Scan(c.body).Summary
		if got != c.want {
			t.Errorf("%q:\n got %q\nwant %q", c.body, got, c.want)
		}
		if n := utf8.RuneCountInString(got); n > maxSummary {
			t.Errorf("%d characters", n)
		}
	}
}

func TestWords(t *testing.T) {
	for body, want := range map[string]int{
		"One two three.":                       3,
		"# One\n\n- two\n- three - 4":          4,
		"```\nnot these words\n```\none":       1,
		"如何使用云同步博客吧":                           6,
		"it's well-known — yes":                3,
		"<!-- no words here -->\n\none":        1,
		"Привет, мир! שלום":                    3,
		"![x](data:image/png;base64,AAAA==)":   1,
		strings.Repeat("word ", 1000) + "\n\n": 1000,
	} {
		if got := Scan(body).Words; got != want {
			t.Errorf("%q: %d words, want %d", body, got, want)
		}
	}
}
