package page

import "testing"

func TestFinds(t *testing.T) {
	lines := []string{"A \x1b[1mCafé\x1b[m, and a warm", "  corner. cafe\u0301 CAFE", "漢字"}
	for _, tt := range []struct {
		text string
		want []Find
	}{
		{"cafe", []Find{{{0, 2, 7}}, {{1, 10, 16}}, {{1, 17, 21}}}},
		{"CAFE", []Find{{{1, 17, 21}}}},
		{"café", []Find{{{0, 2, 7}}, {{1, 10, 16}}, {{1, 17, 21}}}},
		{"warm corner", []Find{{{0, 15, 19}, {1, 2, 8}}}},
		{"字", []Find{{{2, 3, 6}}}},
		{" ", nil},
		{"nowhere", nil},
	} {
		got := Finds(lines, tt.text)
		if len(got) != len(tt.want) {
			t.Errorf("%q: %v, want %v", tt.text, got, tt.want)
			continue
		}
		for i := range got {
			if len(got[i]) != len(tt.want[i]) || got[i][0] != tt.want[i][0] || got[i][len(got[i])-1] != tt.want[i][len(got[i])-1] {
				t.Errorf("%q: %v, want %v", tt.text, got[i], tt.want[i])
			}
		}
	}
}
