package account

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark/ast"

	"postern/content"
	"postern/sshapp/page/document"
	"postern/sshapp/page/markdown"
)

// TestRules has each rule of what is no text. In each source the words in capitals are text, all others are not, and nothing is lost.
func TestRules(t *testing.T) {
	for source, rule := range map[string]string{
		"[TEXT](https://x.example/a_(b) \"tip (with) it\") MORE":               "address of a link",
		"[TEXT](<a b> 'tip') [TEXT](c)":                                        "address of a link",
		"[TEXT][ref]\n\n[ref]: https://x.example\n  \"tip\"\n":                 "name of a reference",
		"[TEXT]\n\n[text]: <https://x.example> (tip)":                          "definition of a reference",
		"TEXT[^note]\n\n[^note]: TEXT":                                         "name of a footnote",
		"TEXT\n\n[^note]: no word\n\n    nor here\n":                           "footnote that nothing refers to",
		"1. ONE\n2. TWO\n   10) TEN":                                           "number of a list's item",
		"- [x] DONE":                                                           "box of a task",
		"[[note|TEXT]]":                                                        "target of a link between notes",
		"```go {1,3}\nCODE\n```":                                               "language of a block of code",
		"~~~js\nCODE\n~~~":                                                     "language of a block of code",
		"TEXT :smile:":                                                         "name of an emoji",
		"# TITLE {#id .class}\n\nTEXT\n{: .lead}":                              "attributes",
		"# TITLE (#anchor)":                                                    "anchor of a heading",
		":::note{.x}\nTEXT\n:::\n\n!!! tip\n    TEXT":                          "name of a container",
		"* not shown\n{:toc}\n\nTEXT":                                          "place of a table of contents",
		"> [!note] TEXT\n> TEXT":                                               "marker of an alert",
		"![ALT|400x300](x.png) TEXT":                                           "size of a picture",
		"![[x.png|300]] TEXT":                                                  "size of a picture",
		"| A | B |\n|---|---|\n| C | D | no column |":                          "cell beyond the header",
		"import x from 'y'\n\nTEXT":                                            "script",
		"{% comment %}\nno\n{% endcomment %}\n\nTEXT":                          "comment",
		"{% highlight go %}\nCODE\n{% endhighlight %}":                         "tag",
		"{{< figure src=\"x.png\" alt=\"ALT\" caption=\"CAPTION\" >}}":         "tag",
		"{{raw `\nCODE\n`}}":                                                   "tag",
		"A <b class=\"x\" title='tip'>BOLD</b>":                                "HTML",
		"<div class=x>\n<img src=x.png alt=ALT title=\"THE CAPTION\">\n</div>": "HTML",
		"A <script>no()</script> B":                                            "content of <script>",
		"<svg><text>no</text></svg>\n\nTEXT":                                   "HTML",
		"<video src=v.mp4 title=FILM>no</video>\n\nTEXT":                       "HTML",
		"<Note title=\"TITLE\" kind=\"odd\">\nTEXT\n</Note>":                   "tag of a component",
		"<Talk name=\"Ann\">\nHI\n</Talk>":                                     "tag of a component",
	} {
		rules := map[string]int{}
		tree := markdown.Parse("a.md", source, nil)
		a := Of(tree, func(rule string, letters int) { rules[rule] += letters })
		if len(a.Lost) > 0 || rules[rule] == 0 {
			t.Errorf("%q: %v is lost; there is no letter of %q: %v", source, a.Lost, rule, slices.Sorted(maps.Keys(rules)))
		}
		for _, p := range slices.Concat(a.Text, a.Apart) {
			if p.Text != strings.ToUpper(p.Text) && p.Text != "Ann" {
				t.Errorf("%q: %q is text", source, p.Text)
			}
		}
		texts := AppendTexts(nil, document.New(tree, &content.Post{}).Root)
		said := strings.Join(texts, " ")
		for _, word := range strings.FieldsFunc(source, func(r rune) bool { return r < 'A' || r > 'Z' }) {
			if len(word) > 2 && !strings.Contains(said, word) {
				t.Errorf("%q: %q is not in the tree", source, word)
			}
		}
		if m, ok := a.Missing(texts); ok {
			t.Errorf("%q: %q is missing", source, m.Text)
		}
		if m, ok := a.MissingApart(texts); ok {
			t.Errorf("%q: %q is missing", source, m.Text)
		}
	}
}

// TestForgottenNodeIsLost takes each node out of a tree in turn, as a parser would that forgets it: its words are lost then, at their places.
func TestForgottenNodeIsLost(t *testing.T) {
	const source = "# one\n\ntwo *three* `four` [five](x) ![six](y)\n\n- seven\n\n> eight\n\n```go\nnine\n```\n\n| ten |\n|---|\n| eleven |\n\n<p>twelve</p>\n\nthirteen[^a] <b>fourteen</b> $fifteen$ <https://sixteen.example>\n\n[^a]: seventeen\n"
	words := strings.Fields("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen")
	forgotten := map[string]bool{}
	for n := range 200 {
		tree := markdown.Parse("a.md", source, nil)
		var nodes []ast.Node
		ast.Walk(tree.Root, func(node ast.Node, entering bool) (ast.WalkStatus, error) {
			if entering && node.Parent() != nil {
				nodes = append(nodes, node)
			}
			return ast.WalkContinue, nil
		})
		if n == len(nodes) {
			break
		}
		nodes[n].Parent().RemoveChild(nodes[n].Parent(), nodes[n])
		for _, lost := range Of(tree, nil).Lost {
			if !strings.HasPrefix(source[lost.At:], lost.Text) {
				t.Errorf("%q is not at %d", lost.Text, lost.At)
			}
			for _, word := range words {
				forgotten[word] = forgotten[word] || strings.Contains(lost.Text, word)
			}
		}
	}
	for _, word := range words {
		if !forgotten[word] {
			t.Errorf("nobody misses %q", word)
		}
	}
}
