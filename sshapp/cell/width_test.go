package cell

import (
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// TestWidth compares widths with a table written by hand: the width on a terminal that counts grapheme clusters, and on one that
// counts code points. Width must be the wider of the two.
func TestWidth(t *testing.T) {
	for _, tt := range []struct {
		name, text         string
		clusters, charwise int
	}{
		{"ASCII", "abc", 3, 3},
		{"Latin", "äöü", 3, 3},
		{"combining mark", "e\u0301", 1, 1},
		{"two marks", "a\u0308\u0304", 1, 1},
		{"Hebrew with points", "שָׁלוֹם", 4, 4},
		{"Persian with a non-joiner", "می\u200cروم", 5, 5},
		{"ideographs", "灯台", 4, 4},
		{"kana and a wide comma", "あ、", 4, 4},
		{"half-width kana", "ｱｲ", 2, 2},
		{"full-width Latin", "Ａ", 2, 2},
		{"Hangul", "한국", 4, 4},
		{"Hangul, decomposed", "\u1112\u1161\u11ab", 2, 4}, // 2 on a terminal; the renderer that counts code points says 4
		{"emoji", "🎉", 2, 2},
		{"emoji by VS16", "❤\ufe0f", 2, 1},
		{"text heart", "❤", 1, 1},
		{"flag", "🇳🇴", 2, 2},
		{"skin tone", "👍🏽", 2, 4},
		{"joined emoji", "👩\u200d🚀", 2, 4},
		{"family", "👨\u200d👩\u200d👧\u200d👦", 2, 8},
		{"keycap", "1\ufe0f\u20e3", 2, 1},
		{"ambiguous", "…–·°", 4, 4},
		{"no-break space", "\u00a0", 1, 1},
		{"box drawing", "│─┼", 3, 3},
		{"zero-width space", "a\u200bb", 2, 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got, want := Width(tt.text), max(tt.clusters, tt.charwise); got != want {
				t.Errorf("%q is %d cells wide, want %d", tt.text, got, want)
			}
		})
	}
}

// TestFillsOneCell: the shortcut agrees with the table.
func TestFillsOneCell(t *testing.T) {
	for r := rune(0x2000); r < 0x110000; r++ {
		if fillsOneCell(r) && ansi.StringWidthWc(string(r)) != 1 {
			t.Errorf("%q has %d cells", r, ansi.StringWidthWc(string(r)))
		}
	}
}
