package page

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"postern/sshapp/cell"
	"postern/sshapp/page/theme"
)

var rep = strings.Repeat

// bombs are small inputs that take some reader of Markdown minutes or gigabytes. Each was one for a part of what pages
// are made with.
var bombs = []struct{ name, body string }{
	{"one paragraph of 1 MB", rep("lorem ipsum dolor sit amet ", 1<<20/27)},
	{"one paragraph of 1 MB, a word a line", rep("lorem\n", 1<<20/6)},
	{"1 MB without a blank", rep("a", 1<<20)},
	{"1 MB of hyphens", rep("ab-", 1<<20/3)},
	{"1 MB of ideographs", rep("灯台守", 1<<20/9)},
	{"1 MB of combining marks", "a" + rep("\u0301", 1<<19)},
	{"1 MB of emoji joined", rep("👩\u200d", 1<<20/7)},
	{"10,000 entries", rep("- entry\n", 10_000)},
	{"10,000 loose entries", rep("1. entry\n\n", 10_000)},
	{"quotes 100 deep", rep("> ", 100) + "deep"},
	{"100 > in a row", rep(">", 100)},
	{"100 KB of >", rep(">", 100_000)},
	{"quotes to 1,000 deep", nested(">", "", 1000)},
	{"lists 300 deep", nested("  ", "- x", 300)},
	{"lists in one line", rep("- ", 50_000)},
	{"numbers in one line", rep("1. ", 33_000)},
	{"quotes and lists", rep("> - ", 25_000)},
	{"footnotes in footnotes", "a[^1]\n\n" + rep("[^1]: ", 16_000)},
	{"5,000 footnotes", footnotes(5000)},
	{"a table of 200 columns", "|" + rep("a|", 200) + "\n|" + rep("-|", 200) + "\n" + rep("|"+rep("cell|", 200)+"\n", 100)},
	{"a table of missing cells", "|" + rep("a|", 5000) + "\n|" + rep("-|", 5000) + "\n" + rep("|\n", 5000)},
	{"a table of 20,000 rows", "|a|b|c|\n|-|-|-|\n" + rep("|one|two words|three|\n", 20_000)},
	{"a table of long names", "|" + rep(rep("name", 200)+"|", 50) + "\n|" + rep("-|", 50) + "\n" + rep("|"+rep("1|", 50)+"\n", 500)},
	{"a definition used 12,800 times", "[a]: /" + rep("x", 50_000) + "\n\n" + rep("[a] ", 12_800)},
	{"an address used 16,000 times", "[a]: http://a/" + rep("x", 2000) + "\n\n" + rep("[a] ", 16_000)},
	{"brackets", rep("[", 50_000) + rep("]", 50_000)},
	{"links that don't end", rep("[a](", 250_000)},
	{"links in links", rep("[", 1000) + "a" + rep("](b)", 1000)},
	{"emphasis that doesn't end", rep("a_ *", 250_000)},
	{"stars", rep("*a**b_c__ ", 100_000)},
	{"backticks", backticks(600)},
	{"tags that don't end", rep("<b>", 100_000)},
	{"divisions that don't end", rep("<div>\n\n", 50_000)},
	{"lists of HTML", rep("<ul><li>", 50_000)},
	{"tables in tables", rep("<table><tr><td>", 20_000)},
	{"cells over many rows", "<table>" + rep("<tr><td colspan=900 rowspan=9999>x", 20_000)},
	{"cells over many columns", "<table>" + rep("<tr>"+rep("<td colspan=900 rowspan=9>x", 10), 5000)},
	{"tags in a line", rep("<b>x</b>", 60_000)},
	{"marks between tags", "<p>" + rep("*a*<b>", 60_000)},
	{"marks behind a long line", "<p>" + rep("a", 200_000) + rep("*a*<b>", 60_000)},
	{"lines between tags", "<p>" + rep("\n- a\n<p>", 40_000)},
	{"unknown tags", rep("<T>x", 100_000)},
	{"unknown pairs", rep("<T>x</T>", 60_000)},
	{"components", rep("<A b={", 100_000)},
	{"components on lines that nothing ends", rep("<A>\n", 100_000)},
	{"components on lines", rep("<A>\nx\n</A>\n", 30_000)},
	{"components in each other", rep("<A>\n", 20_000) + rep("</A>\n", 20_000)},
	{"components on one line", rep("<A>", 20_000) + rep("</A>", 20_000)},
	{"shortcodes that don't end", rep("{{< a ", 100_000)},
	{"shortcodes on lines", rep("{{< a\n", 100_000)},
	{"texts of tags that nothing ends", rep("{{a `\n", 150_000)},
	{"texts of tags that end in nothing", rep("{{a ``\n", 150_000)},
	{"blocks of code between tags that nothing ends", rep("{% code %}\n\n", 80_000)},
	{"texts within a line", rep("{{raw \"<\"}}", 80_000)},
	{"quotes in tags", rep("{{a \"", 150_000)},
	{"shortcodes", rep("{{< a >}}", 60_000)},
	{"pairs of shortcodes", rep("{{< note >}}x{{< /note >}}", 20_000)},
	{"dollars", rep("$a", 250_000)},
	{"formulas that nothing closes", rep("a\n$$b\n", 100_000)},
	{"formulas on lines of their own", rep("$$\n", 200_000)},
	{"brackets of formulas on lines of their own", rep("\\[\n", 100_000)},
	{"brackets of formulas in a quote", rep("> \\\\[\n", 50_000)},
	{"wikilinks that don't end", rep("[[a|", 100_000)},
	{"colons", rep(":a", 250_000)},
	{"containers", rep("::: note\n", 20_000)},
	{"indented containers", nested("    ", "!!! note", 200)},
	{"definitions", rep("a\n: b\n\n", 15_000)},
	{"descriptions", "a\n" + rep(": b\n", 25_000)},
	{"headings alike", rep("# a\n", 25_000)},
	{"headings with attributes", rep("# a {#b .c d=e}\n", 10_000)},
	{"unfinished heredocs of PHP", "```php\n<?php " + rep("<<<A\n", 20_000) + "\n```"},
	{"many heredocs of PHP", rep("```php\n<?php "+rep("<<<A\n", 2000)+"\n```\n\n", 30)},
	{"a megabyte of code", "```go\n" + rep("x := 1\n", 150_000) + "```"},
	{"a line of code of a megabyte", "```\n" + rep("x", 1<<20) + "\n```"},
	{"tabs of code", "```\n" + rep("\t", 1<<20) + "\n```"},
	{"pictures", rep("![a](b)", 100_000)},
	{"addresses", rep("http://a.b/ ", 80_000)},
	{"entities", rep("&amp;", 200_000)},
	{"backslashes", rep("\\", 1<<20)},
}

func nested(by, line string, depth int) string {
	var b strings.Builder
	for i := range depth {
		b.WriteString(rep(by, i) + line + "\n")
	}
	return b.String()
}

func footnotes(n int) string {
	var notes, refs strings.Builder
	for i := range n {
		fmt.Fprintf(&notes, "[^%d]: x\n\n", i)
		fmt.Fprintf(&refs, "[^%d] ", n-1-i)
	}
	return refs.String() + "\n\n" + notes.String()
}

func backticks(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteString("e" + rep("`", i))
	}
	return b.String()
}

// TestBombs typesets what would take others minutes. Time is not asserted: a bomb that goes off is seen as the test's
// timeout, and its time in go test -v. Memory is: a heading of one letter takes four lines and a place among the anchors, and nothing takes more.
func TestBombs(t *testing.T) {
	for _, b := range bombs {
		t.Run(b.name, func(t *testing.T) {
			p := New(post(b.body), 80, theme.Terminal())
			if size := int(p.size()); size > 80*len(b.body)+256<<10 {
				t.Errorf("%d bytes of Markdown make a page of %d", len(b.body), size)
			}
			for i, l := range p.Lines[:min(len(p.Lines), 1000)] {
				if w := cell.Width(ansi.Strip(l)); w > 80 {
					t.Fatalf("line %d is %d cells wide", i, w)
				}
			}
		})
	}
}

// TestBombsRightToLeft has paragraphs, cells and descriptions of 1 MB in a post of a right-to-left language: nothing that takes the whole
// of a text is asked for each of its lines.
func TestBombsRightToLeft(t *testing.T) {
	text := rep("word ", 1<<20/5) + "سلام"
	for name, body := range map[string]string{
		"paragraph": text, "quote": "> " + text, "entry": "- " + text, "cell": "| a |\n| - |\n| " + text + " |\n", "picture": "![" + text + "](a.png)",
	} {
		t.Run(name, func(t *testing.T) {
			p := post(body)
			p.Language = "fa"
			if lines := len(New(p, 80, theme.Terminal()).Lines); lines < 1000 {
				t.Errorf("the page has %d lines", lines)
			}
		})
	}
}
