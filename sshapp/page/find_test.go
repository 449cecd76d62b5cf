package page

import (
	"reflect"
	"testing"
)

func TestFinds(t *testing.T) {
	text := NewText(nil, []string{"A \x1b[1mCafé\x1b[m, and a warm", "  corner. cafe\u0301 CAFE", "", "\x1b]8;;https://example.com/m\x1b\\漢字\x1b]8;;\x1b\\"})
	for _, tt := range []struct {
		query string
		want  [][]Piece
	}{
		{"cafe", [][]Piece{{{0, 2, 7}}, {{1, 10, 16}}, {{1, 17, 21}}}},
		{"CAFE", [][]Piece{{{1, 17, 21}}}},
		{"Cafe", [][]Piece{{{0, 2, 7}}}},
		{"café", [][]Piece{{{0, 2, 7}}, {{1, 10, 16}}, {{1, 17, 21}}}},
		{"warm corner", [][]Piece{{{0, 15, 19}, {1, 2, 8}}}},
		{"cafe 漢", [][]Piece{{{1, 17, 21}, {3, 0, 3}}}},
		{"字", [][]Piece{{{3, 3, 6}}}},
		{" ", nil},
		{"nowhere", nil},
		{"example", nil},
	} {
		all := text.Find(nil, tt.query)
		var got [][]Piece
		for i := range all.Len() {
			got = append(got, all.Pieces(i))
			if first := got[i][0].Line; all.Line(i) != first || all.From(first) > i || all.From(first+1) <= i {
				t.Errorf("%q: find %d begins on line %d, and is on %d", tt.query, i, all.Line(i), first)
			}
		}
		if !reflect.DeepEqual(got, tt.want) {
			t.Errorf("%q: %v, want %v", tt.query, got, tt.want)
		}
	}
}
