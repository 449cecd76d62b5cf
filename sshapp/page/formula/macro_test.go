package formula

import (
	"strings"
	"testing"
)

func TestMacros(t *testing.T) {
	for _, tt := range []struct{ name, defined, source, want string }{
		{"none", "", `\R x`, `\R x`},
		{"a command", `\newcommand{\R}{\mathbb{R}}`, `x\in\R^n \Re`, `x\in\mathbb{R}^n \Re`},
		{"without braces", `\renewcommand\a b \newcommand*\R{\alpha}`, `\R x \a`, `\alpha x \a`},
		{"behind a command", `\newcommand{\a}{\alpha}`, `\a{}x\a x`, `\alpha{}x\alpha x`},
		{"arguments", `\newcommand{\p}[2]{P(#1 \mid #2)}`, `\p{a}{b_{1}}\p x\y`, `P(a \mid b_{1})P(x \mid \y)`},
		{"a default", `\newcommand{\n}[2][2]{\|#2\|_{#1}}`, `\n{x}\n[1]{x}`, `\|x\|_{2}\|x\|_{1}`},
		{"def", `\def\v#1{\mathbf{#1}}`, `\v u\v{vw}`, `\mathbf{u}\mathbf{vw}`},
		{"an operator", `\DeclareMathOperator*{\argmax}{arg\,max} \DeclareMathOperator{\tr}{tr}`, `\argmax_x \tr A`, `\operatorname*{arg\,max}_x \operatorname{tr} A`},
		{"a definition beside its use", `\def\a{b}c\a`, `\def\a{b}c\a`, `cb`},
		{"within each other", `\def\a{\b\b}\def\b{x}`, `\a`, `xx`},
		{"itself", `\def\a{\a\a}`, `\a`, `\a`},
		{"missing arguments", `\def\a#1#2{#2}`, `x\a{b}`, `x\a{b}`},
		{"no definition", `\newcommand{\a}`, `\a`, `\a`},
		{"no name", `\newcommand{a}{b}`, `a`, `a`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var m Macros
			m.Define(tt.defined)
			if got := m.Expand(tt.source); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

// TestMacroBombs: what grows without end stays as it is, and so does all behind a post's share.
func TestMacroBombs(t *testing.T) {
	var m Macros
	m.Define(`\def\a{\b\b}\def\b{\c\c}\def\c{` + strings.Repeat("x", 4000) + `}\def\d{\d}`)
	for range 2 * maxUsed / maxExpansions {
		for _, source := range []string{`\a`, `\d`} {
			if got := m.Expand(source); got != source {
				t.Fatalf("%s is %d bytes", source, len(got))
			}
		}
	}
	if m.used > maxUsed+2*maxExpansions*maxUsed {
		t.Errorf("%d expansions", m.used)
	}
	if got := m.Expand(`\c`); got != `\c` {
		t.Error("a macro is expanded behind a post's share")
	}
}

// TestMacroArguments: a body that is long because of its arguments isn't made before it is known to be too long.
func TestMacroArguments(t *testing.T) {
	x := macro{arguments: 1, body: strings.Repeat("#1", maxSource/2)}
	argument := "{" + strings.Repeat("x", maxSource) + "}"
	if body, _, ok := x.apply(argument); ok {
		t.Errorf("it is applied, and makes %d bytes", len(body))
	}
	if body, _, ok := x.apply("x"); !ok || body != strings.Repeat("x", maxSource/2) {
		t.Errorf("a short argument makes %d bytes", len(body))
	}
}

func FuzzMacros(f *testing.F) {
	f.Add(`\newcommand{\a}[1][x]{#1}\def\b#1{\a}`, `\a[1]\b{2}`)
	f.Fuzz(func(t *testing.T, defined, source string) {
		var m Macros
		m.Define(defined)
		if got := m.Expand(source); len(got) > max(len(source), maxSource) {
			t.Errorf("%d bytes", len(got))
		}
	})
}
