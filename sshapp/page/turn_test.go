package page

import (
	"strings"
	"testing"

	"postern/sshapp/page/theme"
)

// TestMayBreak marks the lines that a screen may begin with.
func TestMayBreak(t *testing.T) {
	const four = "one one\\\ntwo two\\\nthree\\\nfour"
	for _, tt := range []struct{ name, source, want string }{
		{"a paragraph", four, "+one one\n two two\n+three\n four"},
		{"a short paragraph", "one\\\ntwo\\\nthree", "+one\n two\n three"},
		{"paragraphs", "one\n\ntwo", "+one\n+\n+two"},
		{"a heading", "a\n\n## b\n\n" + four, "+a\n+\n+\n+b\n ─\n \n one one\n two two\n+three\n four"},
		{"a heading above a line", "## b\n\none\n\ntwo\n\nthree", "+b\n ─\n \n one\n \n two\n+\n+three"},
		{"headings", "## b\n\n### c\n\none\n\ntwo", "+b\n ─\n \n c\n \n one\n \n two"},
		{"code", "```\none\ntwo\n\nthree\nfour\n```", "+  one\n   two\n+\n+  three\n   four"},
		{"a table", "|a|\n|-|\n|b|\n|c|", "+a\n ─\n b\n+c"},
		{"a table with high rows", "|a|b|\n|-|-|\n|b|c|\n|c|" + strings.Repeat("long cells ", 8) + "|\n|d|e|",
			"+a │ b\n ──┼─────────────────────────────────────\n b │ c\n   │\n+c │ long cells long cells long cells\n   │ long cells long cells long cells\n   │ long cells long cells\n   │\n+d │ e"},
		{"a section of a line", "## b\n\none\n\n## c\n\ntwo", "+b\n ─\n \n one\n+\n+\n+c\n ─\n \n two"},
		{"a note", "> [!NOTE]\n> one\n>\n> two", "+┃ Note\n ┃ one\n+┃\n+┃ two"},
		{"a picture and its caption", "![x](y.png)\n*z*", "+╭──────────────────────────╮\n │ x                        │\n │ y.png                    │\n ╰──────────────────────────╯\n   z"},
		{"a formula", "$$\n\\frac{a}{b}\n$$", "+" + strings.Repeat(" ", 19) + "a\n " + strings.Repeat(" ", 18) + "───\n " + strings.Repeat(" ", 19) + "b"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := New(post(tt.source), 40, theme.Terminal())
			var got strings.Builder
			for i, line := range p.Plain() {
				mark := " "
				if p.MayBreak(i) {
					mark = "+"
				}
				got.WriteString(mark + line + "\n")
			}
			if got := strings.TrimRight(got.String(), "\n"); got != tt.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, tt.want)
			}
		})
	}
}

// TestWhole: what isn't running text is shown whole if a screen has room for it.
func TestWhole(t *testing.T) {
	p := New(post("one\\\ntwo\n\n$$\n\\frac{a}{b}\n$$"), 40, theme.Terminal())
	for _, tt := range []struct {
		line, height int
		ok           bool
	}{{1, 9, false}, {3, 3, false}, {4, 3, true}, {5, 3, true}, {5, 2, false}} {
		first, last, ok := p.Whole(tt.line, tt.height)
		if ok != tt.ok || ok && (first != 3 || last != 5) {
			t.Errorf("at line %d, by %d lines: lines %d to %d, %v", tt.line, tt.height, first, last, ok)
		}
	}
}

// TestBegin: what goes on has a line of what was before above it, unless that is blank, and a table its head.
func TestBegin(t *testing.T) {
	p := New(post("one\\\ntwo\\\nthree\\\nfour\n\n|a|\n|-|\n|b|\n|c|\n|d|\n\n```\none\ntwo\n\nthree\nfour\n```"), 40, theme.Terminal())
	for _, tt := range []struct {
		line, begin int
		head        string
	}{{0, 0, ""}, {2, 1, ""}, {4, 4, ""}, {5, 5, ""}, {8, 6, "a ─"}, {9, 7, "a ─"}, {10, 10, ""}, {14, 14, ""}, {15, 14, ""}} {
		begin, head := p.Begin(tt.line)
		var plain []string
		for _, l := range head {
			plain = append(plain, string(appendPlain(nil, l)))
		}
		if begin != tt.begin || strings.Join(plain, " ") != tt.head {
			t.Errorf("a screen goes on at line %d from line %d with %q, want %d with %q", tt.line, begin, plain, tt.begin, tt.head)
		}
	}
}
