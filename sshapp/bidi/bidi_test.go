package bidi

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"postern/sshapp/cell"
)

func visual(line string) string { return textOf(Visual(line)) }

func textOf(glyphs []Glyph) string {
	var b strings.Builder
	for _, g := range glyphs {
		b.WriteString(g.Text)
	}
	return b.String()
}

// TestVisualWords: words are in the order in which they are seen, and the letters of each in the order in which they are read. Styles are
// where they are seen.
func TestVisualWords(t *testing.T) {
	for _, tt := range []struct{ line, want string }{
		{"אבג דהו (Go 12) זח!", "!זח (Go 12) דהו אבג"},
		{"a אבג 12, ד", "a ד ,12 אבג"},
		{"می\u200cروم، سلام!", "سلام! می\u200cروم،"},
		{"عدد ۱۲ (سه) b", "b (سه) ۲۱ عدد"},
		{"سلام و Docker-ها", "ها-Docker و سلام"},
		{"אב" + End + " .1", "אב .1"},
		{"שָׁלוֹם א", "א שָׁלוֹם"},
	} {
		if got := textOf(VisualWords(tt.line)); got != tt.want {
			t.Errorf("%q is %q, want %q", tt.line, got, tt.want)
		}
	}
	var at []int
	for _, g := range VisualWords("سلا ד" + RightToLeft) {
		at = append(at, g.At)
	}
	if want := []int{7, 6, 4, 2, 0}; !slices.Equal(at, want) {
		t.Errorf("styles are at %v, want %v", at, want)
	}
}

// TestVisual: in Hebrew, whose letters have one form, so that the order is easy to see; and in Arabic and Persian, whose letters join.
func TestVisual(t *testing.T) {
	for _, tt := range []struct{ name, line, want string }{
		{"Latin", "abc, (def)!", "abc, (def)!"},
		{"Hebrew", "אבג דה.", ".הד גבא"},
		{"English in Hebrew", "אב Go 1.26 גד", "דג Go 1.26 בא"},
		{"Hebrew in English", "in אב גד, a", "in דג בא, a"},
		{"number", "אב 12-34, 5%", "5% ,12-34 בא"},
		{"number in English", "a אב 12 b", "a 12 בא b"},
		{"brackets", "אב (Go) [ג]", "[ג] (Go) בא"},
		{"brackets around English", "Go (אב) c", "Go (בא) c"},
		{"unpaired", "אב (ג", "ג) בא"},
		{"guillemets", "«אב»", "«בא»"},
		{"margin, and text in two columns", "    אב ג  דה", "    ג בא  הד"},
		{"bar", "│ אב ג", "│ ג בא"},
		{"table", "אב │ גד │ ab", "בא │ דג │ ab"},
		{"bullet at the right", "  אב." + End + " •", "  .בא •"},
		{"number at the right", "  אב" + End + " 12.", "  בא 12."},
		{"the line begins with a word of the other direction", RightToLeft + "Go אב", "בא Go"},
		{"the line begins with code", RightToLeft + LeftToRight + "--all" + LeftToRight + " אב", "בא --all"},
		{"number mirrored at the right", "  אב" + End + " .12", "  בא .12"},
		{"points", "שָׁלוֹם", "םוֹלשָׁ"},
		{"Persian", "می\u200cروم، گ.", ".\ufb92 ،\ufee1\ufeed\ufead\ufbfd\ufee3"},
		{"ligature at the right", "  سلام", "   \ufee1\ufefc\ufeb3"},
		{"ligature with a bullet", "  سلام" + End + " •", "   \ufee1\ufefc\ufeb3 •"},
		{"ligature before a column", "سلام  ab", "\ufee1\ufefc\ufeb3   ab"},
		{"ligature in a column", "│   سلام │ ab", "│    \ufee1\ufefc\ufeb3 │ ab"},
		{"ligature in English", "a سلام b", "a \ufee1\ufefc\ufeb3 b "},
		{"vowels", "بَلَا", " \ufefc\u064e\ufe91\u064e"},
	} {
		if got := visual(tt.line); got != tt.want {
			t.Errorf("%s: %q is %q, want %q", tt.name, tt.line, got, tt.want)
		}
	}
}

// lettersOf returns the characters of a line in no order, without blanks, forms, marks of direction and sides of brackets.
func lettersOf(line string) string {
	var all []rune
	for _, r := range norm.NFKD.String(line) {
		other, _ := utf8.DecodeRuneInString(mirrored(unit{text: string(r), first: r}))
		if !strings.ContainsRune(" "+nonJoiner+LeftToRight+RightToLeft, r) {
			all = append(all, min(r, other))
		}
	}
	slices.Sort(all)
	return string(all)
}

// FuzzVisual: the cells of a line stay as many as they are, and its letters the same but for the forms of Arabic ones.
func FuzzVisual(f *testing.F) {
	f.Add("│ (سلام) لا Go 1.2 «دنیا»  x ، می\u200cروم" + End + " •")
	f.Fuzz(func(t *testing.T, line string) {
		if strings.ContainsFunc(line, func(r rune) bool { return r < ' ' || r == 0x7f || r == 0xfffd }) {
			return
		}
		if got, want := cell.Width(visual(line)), cell.Width(line); got != want {
			t.Errorf("%q has %d cells instead of %d", line, got, want)
		}
		if got, want := lettersOf(visual(line)), lettersOf(line); got != want {
			t.Errorf("%q has the letters %q instead of %q", line, got, want)
		}
	})
}
