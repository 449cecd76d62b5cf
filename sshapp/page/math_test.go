package page

import (
	"strings"
	"testing"

	"postern/sshapp/page/theme"
)

// TestDisplayMath has formulas between $$: what they hold, and that none swallows the prose below.
func TestDisplayMath(t *testing.T) {
	for _, tt := range []struct{ name, source, want string }{
		{"a line closes what the paragraph opened", "text $$a_1=b_1\n$$\n\n*prose*\n\n*more*", "text a_1=b_1\n\nprose\n\nmore"},
		{"within a paragraph", "text $$a_1\n= b_1$$, *prose*", "text a_1 = b_1, prose"},
		{"text behind it", "$$\na_1 = b_1\n$$, where *a* is b", "a_1 = b_1, where a is b"},
		{"alone", "text\n$$\na_1\n$$\nmore", "text\n\n  a_1\n\nmore"},
		{"in a quote", "> $$\n> a_1\n> $$\n>\n> *b*", "│   a_1\n│\n│ b"},
		{"in an entry", "- a\n\n  $$\n  b_1\n  $$\n\n  *c*", "  • a\n\n      b_1\n\n    c"},
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
