package command

import (
	"slices"
	"strings"
	"testing"
)

// TestSplit: a line with quotes and backslashes is split as a POSIX shell splits it.
func TestSplit(t *testing.T) {
	for line, want := range map[string][]string{
		"":                            nil,
		" \t\n ":                      nil,
		"ls":                          {"ls"},
		" ls  -n\t3\n":                {"ls", "-n", "3"},
		`search "two words"`:          {"search", "two words"},
		`search 'two words' three`:    {"search", "two words", "three"},
		`a'b c'd"e f"g`:               {"ab cde fg"},
		`'' ""`:                       {"", ""},
		`a\ b \'`:                     {"a b", "'"},
		`"a\"b\\c\$d\e"`:              {`a"b\c$d\e`},
		`'a\b'`:                       {`a\b`},
		"a\\\nb \"c\\\nd\"":           {"ab", "cd"},
		"ls \\\n -n 3 \\\n":           {"ls", "-n", "3"},
		`$HOME * ~ #x; a|b & $(id) <`: {"$HOME", "*", "~", "#x;", "a|b", "&", "$(id)", "<"},
		"größe 漢字":                    {"größe", "漢字"},
	} {
		got, err := Split(line)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%q is %q (%v), want %q", line, got, err, want)
		}
	}
	for _, line := range []string{`'`, `"`, `a "b`, `a 'b" c`, `"a\"`, `\`, "a\\", "\x00", "\xff"} {
		if got, err := Split(line); err == nil {
			t.Errorf("%q is %q", line, got)
		}
	}
}

// FuzzSplit: Split returns a word unchanged that Quote has quoted.
func FuzzSplit(f *testing.F) {
	f.Add("two words", "it's")
	f.Add("", `\"`)
	f.Fuzz(func(t *testing.T, a, b string) {
		words, err := Split(Quote(a) + " " + Quote(b))
		if bad := strings.ToValidUTF8(a+" "+b, "\x00"); strings.Contains(bad, "\x00") {
			if err == nil {
				t.Errorf("%q and %q pass", a, b)
			}
		} else if err != nil || !slices.Equal(words, []string{a, b}) {
			t.Errorf("%q and %q are %q (%v)", a, b, words, err)
		}
	})
}
