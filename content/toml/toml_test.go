package toml

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"postern/content/problem"
	"postern/content/sanitize"
)

// dump writes nodes as KEY@LINE:COLUMN=TEXT, and what they hold behind it.
func dump(nodes []Node) string {
	var all []string
	for _, n := range nodes {
		s := fmt.Sprintf("%s@%d:%d=%d %s", n.Key, n.Line, n.Column, n.Kind, n.Text)
		if len(n.Nodes) > 0 {
			s += "(" + dump(n.Nodes) + ")"
		}
		all = append(all, s)
	}
	return strings.Join(all, ", ")
}

// TestParse: values are as they were written, with the positions of their keys.
func TestParse(t *testing.T) {
	for text, want := range map[string]string{
		"":                              "",
		"# a\n a.\"b c\" = 'x' # b\n":   "a.b c@2:2=0 x",
		"d = 2024-01-02 03:04:05+01:00": "d@1:1=4 2024-01-02 03:04:05+01:00",
		"n = 0_07\n":                    "",
		"n = 1_000\nf = 1e3\nb = true":  "n@1:1=2 1_000, f@2:1=3 1e3, b@3:1=1 true",
		"l = [1, [2], {name = \"é\"}]":  "l@1:1=6 (@0:0=2 1, @0:0=6 (@0:0=2 2), @0:0=7 (name@1:15=0 é))",
		"[t]\na = \"\\u001b\"\n[[u.v]]": "t@1:2=8 , a@2:1=0 \ufffd, u.v@3:3=8 ",
	} {
		nodes, _ := Parse(text)
		if got := dump(nodes); got != want {
			t.Errorf("%q:\n got %s\nwant %s", text, got, want)
		}
	}
}

// TestParseErrors: what stands before a mistake is returned with it, and nothing of what is nested too deep.
func TestParseErrors(t *testing.T) {
	nodes, err := Parse("a = 1\nb = \nc = 3")
	var syntax *SyntaxError
	if !errors.As(err, &syntax) || syntax.Line != 2 || len(nodes) != 1 {
		t.Errorf("%s, %#v", dump(nodes), err)
	}
	for depth, want := range map[int]error{maxDepth: nil, maxDepth + 1: ErrDeep} {
		if _, err := Parse("a = " + strings.Repeat("[", depth) + strings.Repeat("]", depth)); err != want {
			t.Errorf("%d brackets: %v", depth, err)
		}
	}
	if nodes, err := Parse("a = [" + strings.Repeat("1,", 2*MaxItems) + "]"); err != nil || len(nodes[0].Nodes) != MaxItems {
		t.Errorf("of a list of %d: %d, %v", 2*MaxItems, len(nodes[0].Nodes), err)
	}
}

// FuzzParse: every position lies in the text, and every value is safe to show.
func FuzzParse(f *testing.F) {
	for _, s := range []string{"a = 1\n[b.c]\nd = {e = [1, 'x']}", "a = '''\n\n''' b", "\"\\u0000\" = 1\n= x", "a = [\n{b.c = 1,\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		inText := func(p problem.Position) bool {
			lines := strings.SplitAfter(text, "\n")
			return p.Line >= 1 && p.Line <= len(lines) && p.Column >= 1 && p.Column <= len(lines[p.Line-1])+1
		}
		nodes, err := Parse(text)
		for _, n := range nodes {
			if !inText(n.Position) || sanitize.Text(n.Text) != n.Text {
				t.Errorf("%q: %s", text, dump([]Node{n}))
			}
		}
		var syntax *SyntaxError
		if errors.As(err, &syntax) && syntax.Position != (problem.Position{}) && !inText(syntax.Position) {
			t.Errorf("%q: %s at %v", text, syntax.Message, syntax.Position)
		}
	})
}
