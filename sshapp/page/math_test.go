package page

import (
	"strings"
	"testing"

	"postern/sshapp/page/theme"
)

// TestMacros: what a formula of a post defines holds in all of them.
func TestMacros(t *testing.T) {
	p := post("a $\\R^n$ and $\\nosuch$\n\n$$\n\\newcommand{\\R}{\\mathbb{R}}\nx \\in \\R\n$$")
	for _, tt := range []struct {
		th   *theme.Theme
		want string
	}{{theme.Terminal(), "a ℝⁿ and \\nosuch||" + strings.Repeat(" ", 17) + "x ∈ ℝ"}, {Spoken(), "a the reals to the power of n and|\\nosuch||Formula: x in the reals."}} {
		if got := strings.Join(New(p, 40, tt.th).Plain(), "|"); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}

// TestBoldFormulas: bold letters are those of the terminal, and in a pipe those that Unicode has.
func TestBoldFormulas(t *testing.T) {
	p := post("a $2\\mathbf{xy}_1z$ b\n\n$$\n\\hat{\\mathbf{x}} = \\mathbf{A}\n$$")
	want := "a 2\x1b[1mxy\x1b[m₁z b||" + strings.Repeat(" ", 17) + "\x1b[1mx\u0302 \x1b[m= \x1b[1mA\x1b[m"
	if got := strings.Join(New(p, 40, theme.Terminal()).Lines, "|"); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	want = "a 2𝐱𝐲₁z b||" + strings.Repeat(" ", 17) + "𝐱\u0302 = 𝐀"
	if got := strings.Join(New(p, 40, theme.Plain()).Plain(), "|"); got != want {
		t.Errorf("in a pipe: %q, want %q", got, want)
	}
}

// TestCharactersOfFormulas: a formula counts as many characters as its source has, wherever its lines end.
func TestCharactersOfFormulas(t *testing.T) {
	for _, source := range []string{"aaaa aaaa $\\mathbf{v} \\cdot \\mathbf{w} = \\mathbf{AB} + \\mathbf{AC}$", "$$\n\\\\\n\\quad\\\\\nx\n$$", "$$a = \\text{all $x$ in $y$}$$"} {
		for width := 20; width < 40; width++ {
			holdLaws(t, post(source), width, theme.Terminal())
		}
	}
}

// TestDisplayMath has formulas between $$: what they hold, and that none swallows the prose below.
func TestDisplayMath(t *testing.T) {
	for _, tt := range []struct{ name, source, want string }{
		{"a line closes what the paragraph opened", "text $$a_1=b_1\n$$\n\n*prose*\n\n*more*", "text a₁ = b₁\n\nprose\n\nmore"},
		{"within a paragraph", "text $$a_1\n= b_1$$, *prose*", "text a₁ = b₁, prose"},
		{"text behind it", "$$\na_1 = b_1\n$$, where *a* is b", "a₁ = b₁, where a is b"},
		{"alone", "text\n$$\na_1\n$$\nmore", "text\n\n" + strings.Repeat(" ", 19) + "a₁\n\nmore"},
		{"on one line", "text\n$$a_1$$\nmore", "text\n\n" + strings.Repeat(" ", 19) + "a₁\n\nmore"},
		{"a paragraph of its own", "$$a_1$$", strings.Repeat(" ", 19) + "a₁"},
		{"on one line in an entry", "- a\n  $$b_1$$", "  • a\n\n" + strings.Repeat(" ", 21) + "b₁"},
		{"between TeX's brackets", "text\n\\[\na_1\n\\]\nmore", "text\n\n" + strings.Repeat(" ", 19) + "a₁\n\nmore"},
		{"between escaped ones of TeX", "\\\\[\na_1\n\\\\]\n\n\\\\[ b_1 \\\\]", strings.Repeat(" ", 19) + "a₁\n\n" + strings.Repeat(" ", 19) + "b₁"},
		{"brackets that nothing closes", "\\[\n*prose*\n\nmore \\]", "[ prose\n\nmore ]"},
		{"escaped brackets", "\\[^1\\] and `cmd` \\[--color=auto\\], \\(a=b\\)\n\n\\[link=x\\](http://a.b) \\(`x = 1`\\)", "[^1] and cmd [--color=auto], (a=b)\n\n[link=x](http://a.b) (x = 1)"},
		{"between brackets that may be escaped ones", "\\(a^2\\) \\(|x|^2\\) \\(a = b\\) \\(x_{1}\\)", "a² |x|² a = b x₁"},
		{"in a fence", "```math\na_1\n```", strings.Repeat(" ", 19) + "a₁"},
		{"in a cell", "| a |\n|---|\n| $$a_1$$ |", "a\n──\na₁"},
		{"one that isn't known", "$$\n\\foo{a}\n$$ $\\foo{b}$", "  \\foo{a}\n\n\\foo{b}"},
		{"one that doesn't fit", "$$\n\\text{" + strings.Repeat("a", 41) + "}\n$$", "  \\text{" + strings.Repeat("a", 32) + "\n  ↳ " + strings.Repeat("a", 9) + "}"},
		{"a remark", "$a % b\nc$", "$a % b c$"},
		{"code", "<pre>$a_1$</pre>\n\n`$a_1$`", "  $a_1$\n\n$a_1$"},
		{"in a heading", "### $a_1$", "a₁"},
		{"in a quote", "> $$\n> a_1\n> $$\n>\n> *b*", "│" + strings.Repeat(" ", 19) + "a₁\n│\n│ b"},
		{"at the ends of entries", "- $$a_1$$\n- b\n- c", "  •" + strings.Repeat(" ", 18) + "a₁\n\n  • b\n  • c"},
		{"in an entry", "- a\n\n  $$\n  b_1\n  $$\n\n  *c*", "  • a\n\n" + strings.Repeat(" ", 21) + "b₁\n\n    c"},
		{"one that nothing closes", "$$\n\n*prose*", "$$\n\nprose"},
		{"one that nothing closes at the end", "$$\n*prose*", "$$ prose"},
		{"one that a blank line parts", "$$a\n\n*prose*\n\nb$$", "$$a\n\nprose\n\nb$$"},
		{"two by a blank line", "$$\na_1\n\n$$\n\n*prose*", "$$ a_1\n\n$$\n\nprose"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(New(post(tt.source), 40, theme.Terminal()).Plain(), "\n"); got != tt.want {
				t.Errorf("got:\n%s\nwant:\n%s", got, tt.want)
			}
		})
	}
}

// TestDiagram has a diagram, in a fence that says what it is, and one that isn't known.
func TestDiagram(t *testing.T) {
	p := New(post("```mermaid\ngraph TD\nA --> B\n```\n\n```mermaid\npie\n```\n\n```\ngraph TD\nA --> B\n```"), 40, theme.Terminal())
	want := strings.Join([]string{
		"                 ╭───╮", "                 │ A │", "                 ╰─┬─╯", "                   │", "                   ▼", "                 ╭───╮", "                 │ B │", "                 ╰───╯",
		"", "  pie", "", "  graph TD", "  A --> B",
	}, "\n")
	if got := strings.Join(p.Plain(), "\n"); got != want {
		t.Errorf("got:\n%s\nwant:\n%s", got, want)
	}
	if b := p.Blocks[0]; b.Kind != DiagramBlock || b.Text != "graph TD\nA --> B\n" {
		t.Errorf("a copy yields %q", b.Text)
	}
}
