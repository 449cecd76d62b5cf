package page

import (
	"strings"
	"testing"
)

func TestSpoken(t *testing.T) {
	for _, tt := range []struct{ markdown, spoken string }{
		{"## Flour\n\nRye.", "Heading 2: Flour\nRye."},
		{"One.\n\nTwo.", "One.\n\nTwo."},
		{"- a\n- b\n\nAfter.", "List, 2 items:\n- a\n- b\n\nAfter."},
		{"3. a\n4. b\n   - c\n", "List, 2 items:\n3. a\n4. b\nInner list, 1 item:\n- c\nEnd of inner list.\nEnd of list."},
		{"- [x] a\n- [ ] b", "List, 2 items:\n- Done: a\n- To do: b"},
		{"- a\n\n  b\n- c", "List, 2 items:\n- a\n\nb\n\n- c\nEnd of list."},
		{"> a", "Quote: a\nEnd of quote."},
		{"> a\n>\n> b", "Quote:\na\n\nb\nEnd of quote."},
		{"- > a", "List, 1 item:\n- Quote: a\nEnd of quote."},
		{"> [!WARNING]\n> a", "Warning: a\nEnd: Warning."},
		{":::tip Title\na\n:::", "Tip: Title\na\nEnd: Tip."},
		{"<details><summary>a</summary>b</details>", "Details: a\nb\nEnd of details."},
		{"```go\na\n\n\tb\n```", "Code, go, 3 lines:\na\n\n    b\nEnd of code."},
		{"    a", "Code, 1 line:\na\nEnd of code."},
		{"```\n" + strings.Repeat("word ", 20) + "\n```", "Code, 1 line:\n" + strings.TrimSpace(strings.Repeat("word ", 15)) + "\n" + strings.TrimSpace(strings.Repeat("word ", 5)) + "\nEnd of code."},
		{"$$\nx\n$$", "Formula: x."},
		{"$$\n\\foo\n$$", "Formula, 1 line:\n\\foo\nEnd of formula."},
		{"a $\\frac{1}{x_i^2}$, b", "a the fraction 1 over x sub i squared end of fraction, b"},
		{"---", "Separator."},
		{"| a | long name of a column |\n|---|---|\n| 1 | 2 |\n| | 3 |",
			"Table, 2 columns, 2 rows:\nColumns: a; long name of a column\nRow 1. 1: 2\nRow 2. long name of a column: 3\nEnd of table."},
		{"| a | long name of a column | c |\n|---|---|---|\n| 1 | 2 | 3 |", "Table, 3 columns, 1 row:\nColumns: a; long name of a column; c\nRow 1. a: 1; long name of a column: 2; c: 3\nEnd of table."},
		{"![a loaf](x.png)", "Picture: a loaf"},
		{"![a loaf](x.png \"Rye\")", "Picture: a loaf\nCaption: Rye"},
		{"![Rye](x.png \"Rye\")", "Picture:\nCaption: Rye"},
		{"![](dir/x.png)", "Picture without a description: x.png"},
		{"![a](http://e.org/x.png)", "Picture: a (link 1)"},
		{"[![a](x.png)](http://e.org)", "Picture: a (link 1)"},
		{"A ![a](x.png) b ![](y.png).", "A (picture: a) b (picture without a description: y.png)."},
		{`<video src="https://e.org/x.mp4"></video>`, "Video: e.org/x.mp4 (link 1)"},
		{"![](<a · b.png>)", "Picture without a description: a · b.png"},
		{"A ![](<a · b.png>).", "A (picture without a description: a · b.png)."},
		{`<object data="https://e.org/x.pdf"></object>`, "Embedded page: e.org/x.pdf (link 1)"},
		{"A <input type=checkbox checked> b", "A done: b"},
		{"A ~~b~~ *c* **d** `e`.", "A (deleted: b) c d e."},
		{"A [b *c*](http://e.org), [d](#e) and http://f.org.", "A b c (link 1), d (link 2) and http://f.org (link 3)."},
		{"A.[^1]\n\n[^1]: B.\n\n    C.", "A. (note 1)\n\nNote 1: B.\n\nC."},
		{"A\n: B", "Term: A\nDefinition: B"},
		{"# No such title\n\nText.", "Text."},
	} {
		p := New(post(tt.markdown), MaxMeasure, Spoken())
		if got := strings.Join(p.Lines, "\n"); got != tt.spoken {
			t.Errorf("%q is spoken\n%s\nand should be\n%s", tt.markdown, got, tt.spoken)
		}
	}
}

// TestSpokenLanguage: a page says its own words in the language of its post.
func TestSpokenLanguage(t *testing.T) {
	for _, tt := range []struct{ language, markdown, spoken string }{
		{"de", "## Mehl\n\n> [!NOTE]\n> [a](http://e.org)", "Überschrift 2: Mehl\nHinweis: a (Link 1)\nEnde: Hinweis."},
		{"de-at", "```go\na\n```", "Code, go, 1 Zeile:\na\nEnde des Codes."},
		{"fr", "- a\n- b", "Liste, 2 éléments :\n- a\n- b"},
		{"zh", "| a | b |\n|---|---|\n| 1 | 2 |", "表格，2 列，1 行：\n列： a; b\n第 1 行。 1: 2\n表格结束。"},
		{"ja", `| a | b |
|---|---|
| 1 | <video src="https://e.org/x.mp4"></video> |`, "表、2 列、1 行：\n列： a; b\n1 行目。 1: (動画: e.org/x.mp4) (リンク 1)\n表の終わり。"},
		{"de", "Also $x_1$:\n\n$$\nx^2\n$$", "Also x Index 1:\n\nFormel: x Quadrat."},
		{"nl", "> a", "Quote: a\nEnd of quote."},
	} {
		p := post(tt.markdown)
		p.Language = tt.language
		if got := strings.Join(New(p, MaxMeasure, Spoken()).Lines, "\n"); got != tt.spoken {
			t.Errorf("%s: %q is spoken\n%s\nand should be\n%s", tt.language, tt.markdown, got, tt.spoken)
		}
	}
}

// TestSpokenLinks: what is called link N is the Nth of the page's Links, and a footnote's line has its name.
func TestSpokenLinks(t *testing.T) {
	p := New(post("[a](x.md)[^1] ![p](q.png) ![r](http://s.org/t.png)\n\n[b](#c)\n\n[^1]: [d](http://e.org)"), MaxMeasure, Spoken())
	var targets []string
	for _, l := range p.Links {
		targets = append(targets, l.Target)
	}
	if got := strings.Join(targets, " "); got != "x.md http://s.org/t.png #c http://e.org" {
		t.Errorf("the links lead to %s", got)
	}
	if line, ok := p.Anchor("#fn:1"); !ok || p.Lines[line] != "Note 1: d (link 4)" {
		t.Errorf("the footnote is on line %d of %q", line, p.Lines)
	}
}
