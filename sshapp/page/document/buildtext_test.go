package document

import (
	"strings"
	"testing"
)

// TestCollapse has what is replaced, and texts that are as they are, which [isCollapsed] tells apart.
func TestCollapse(t *testing.T) {
	for _, tt := range []struct{ text, want, code string }{
		{"", "", ""},
		{"plain text", "plain text", "plain text"},
		{" a  b ", " a b ", " a  b "},
		{"a\tb\nc", "a b c", "a b c"},
		{"a\u2028b\u2029c\u0085d", "a b c d", "a b c d"},
		{"soft\u00adhyphen", "softhyphen", "softhyphen"},
		{"“quoted” — café", "“quoted” — café", "“quoted” — café"},
		{"日本 語", "日本 語", "日本 語"},
		{strings.Repeat("a \n", 3), "a a a ", "a  a  a  "},
	} {
		if got := collapse(tt.text, false); got != tt.want {
			t.Errorf("collapse(%q) = %q, want %q", tt.text, got, tt.want)
		}
		if got := collapse(tt.text, true); got != tt.code {
			t.Errorf("collapse(%q) of code = %q, want %q", tt.text, got, tt.code)
		}
	}
}
