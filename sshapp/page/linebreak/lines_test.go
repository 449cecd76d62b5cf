package linebreak_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"postern/sshapp/cell"
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
		{"Japanese", "一二三四五六七八九十一二三四五六七八一二三四五六七八九十一二三四五六七八十。", "", 36, []string{"一二三四五六七八九十一二三四五六七八", "一二三四五六七八九十一二三四五六七", "八十。"}},
		{"no cells", "ab", "", 0, []string{"a", "b"}},
	} {
		b := &document.Block{}
		b.Add(test.text, 0, 0)
		var got []string
		for _, l := range linebreak.Lines(b, test.text, linebreak.Column{Width: test.width, Hyphens: hyphen.For(test.language)}) {
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

// TestHanging: in Chinese and Japanese, commas, full stops and closing brackets stand behind the end of a line rather than take a
// character with them to the next one. No more than one of them does, and none where nothing hangs.
func TestHanging(t *testing.T) {
	for _, test := range []struct {
		text  string
		hangs bool
		want  []string
	}{
		{"一二三四五，六七八九十。", true, []string{"一二三四五，", "六七八九十。"}},
		{"一二三四五，六七八九十。", false, []string{"一二三四", "五，六七八", "九十。"}},
		{"一二三四」。五六七八九」。", true, []string{"一二三四」。", "五六七八", "九」。"}},
		{"「一二三四」五六七", true, []string{"「一二三四」", "五六七"}},
		{"一二三四五！六七", true, []string{"一二三四", "五！六七"}},
		{"一二三四、 五六七八九十、", true, []string{"一二三四、", "五六七八九", "十、"}},
		{"abcdefghij, kl", true, []string{"abcdefghij", ", kl"}},
	} {
		b := &document.Block{}
		b.Add(test.text, 0, 0)
		var got []string
		for _, l := range linebreak.Lines(b, test.text, linebreak.Column{Width: 10, Hangs: test.hangs}) {
			line := test.text[l.Begin:l.End]
			if w := cell.Width(line); w != l.Width || w > 10+linebreak.Hanging {
				t.Errorf("%q has %d cells, and not %d", line, w, l.Width)
			}
			got = append(got, line)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%q: %q", test.text, got)
		}
	}
}

// TestKinsoku: no line begins with what closes, and none ends with what opens, whatever its width (JIS X 4051).
func TestKinsoku(t *testing.T) {
	const text = "「日本語の組版では、行頭に句読点（、や。）が来ない。」また、“引用”や『二重鉤』、【括弧】、それにーやっ、ゃなどの小書き！？も、々も行頭に置かない・・・。" +
		"中文（例如：这一段）也是如此，“引号”、《书名》和……都一样！对吗？对；没错：好。"
	const notFirst, notLast = "、。，．」』）】》”！？：；々ー・っゃ…", "「『（【《“"
	b := &document.Block{}
	b.Add(text, 0, 0)
	for width := 16; width <= 60; width++ {
		for _, hangs := range []bool{false, true} {
			for _, l := range linebreak.Lines(b, text, linebreak.Column{Width: width, Hangs: hangs}) {
				line := text[l.Begin:l.End]
				first, _ := utf8.DecodeRuneInString(line)
				last, _ := utf8.DecodeLastRuneInString(line)
				if strings.ContainsRune(notFirst, first) || strings.ContainsRune(notLast, last) {
					t.Errorf("at a width of %d there is the line %q", width, line)
				}
			}
		}
	}
}
