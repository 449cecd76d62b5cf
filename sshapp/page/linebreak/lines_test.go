package linebreak_test

import (
	"slices"
	"testing"

	"postern/sshapp/page/document"
	"postern/sshapp/page/hyphen"
	"postern/sshapp/page/linebreak"
)

// TestLines: lines are even, keep to the width, and end in words only where a reader sees that these go on.
func TestLines(t *testing.T) {
	for _, test := range []struct {
		name, text, language string
		width                int
		want                 []string
	}{
		{"even", "aaa bb cc ddddd", "", 6, []string{"aaa", "bb cc", "ddddd"}},
		{"wide enough", "aaa bb cc ddddd", "", 15, []string{"aaa bb cc ddddd"}},
		{"line end", "aaa\nbb", "", 10, []string{"aaa", "bb"}},
		{"long word", "abcdef", "", 4, []string{"abcd", "ef"}},
		{"address", "https://example.com/one/two", "", 24, []string{"https://example.com/", "one/two"}},
		{"mail", "ask jean-paul@my-host.example, or not", "", 20, []string{"ask jean-paul@", "my-host.example, or", "not"}},
		{"mail that is short", "ask him a-b@my.host", "", 14, []string{"ask him", "a-b@my.host"}},
		{"host", "see well-known.example.com", "", 20, []string{"see well-known.", "example.com"}},
		{"hyphens", "a well-known node.js-based", "", 14, []string{"a well-known", "node.js-based"}},
		{"German", "eine Rechtsschutzversicherung", "de", 26, []string{"eine Rechtsschutzversiche‐", "rung"}},
		{"German alone", "Rechtsschutzversicherung", "de", 18, []string{"Rechtsschutzversi‐", "cherung"}},
		{"no cells", "ab", "", 0, []string{"a", "b"}},
	} {
		b := &document.Block{}
		b.Add(test.text, 0, 0)
		var got []string
		for _, l := range linebreak.Lines(b, test.text, test.width, hyphen.For(test.language)) {
			line := test.text[l.Begin:l.End]
			if l.Hyphen {
				line += linebreak.Hyphen
			}
			got = append(got, line)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: %q", test.name, got)
		}
	}
}
