package cell

import "testing"

func TestExpandTabs(t *testing.T) {
	for _, tt := range []struct {
		line   string
		column int
		want   string
	}{
		{"ab", 0, "ab"},
		{"\ta\tb", 0, "    a   b"},
		{"abcd\t\te\t", 0, "abcd        e   "},
		{"灯\ta", 0, "灯  a"},
		{"\ta\tb", 3, " a   b"},
	} {
		if got := ExpandTabs(tt.line, tt.column); got != tt.want {
			t.Errorf("%q at column %d is %q, want %q", tt.line, tt.column, got, tt.want)
		}
	}
}
