package search

import (
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"postern/content/outline"
)

// maxWord bounds a word, in bytes after folding. What is longer is data, and can't be found.
const maxWord = 64

// A tokenizer reads the words of a text as a reader would type them: without capitals, without accents. In scripts that put
// no spaces between words, each character is a word. A tokenizer holds a buffer, so each goroutine needs its own.
type tokenizer struct {
	markdown bool // skip tags and the targets of links, which nobody sees
	folds    *[foldable]rune
	buf      []byte
}

func newTokenizer(markdown bool) *tokenizer {
	return &tokenizer{markdown: markdown, folds: folds(), buf: make([]byte, 0, 2*maxWord)}
}

// each calls yield for every word of s: folded, in a buffer that the next call overwrites, with its place in s. Alone means a
// single character of a script without spaces.
func (t *tokenizer) each(s string, yield func(folded []byte, start, end int, alone bool)) {
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf && t.folds[c] == 0 {
			if t.markdown && (c == '<' || c == ']') {
				i += hiddenLength(s[i:])
			}
			i++
			continue
		}
		start := i
		t.buf = t.buf[:0]
		for i < len(s) {
			if c := s[i]; c < utf8.RuneSelf {
				f := t.folds[c]
				if f == 0 {
					break
				}
				t.buf = append(t.buf, byte(f))
				i++
				continue
			}
			r, n := utf8.DecodeRuneInString(s[i:])
			if isSpaceless(r) {
				if i == start {
					i += n
					yield(utf8.AppendRune(t.buf, r), start, i, true)
					start = i
					t.buf = t.buf[:0]
					continue
				}
				break
			}
			f := t.fold(r)
			if f == 0 {
				if i == start {
					i += n
				}
				break
			}
			if f > 0 {
				t.buf = utf8.AppendRune(t.buf, f)
			}
			i += n
			if len(t.buf) > 2*maxWord {
				t.buf = t.buf[:2*maxWord]
			}
		}
		if n := len(t.buf); n > 0 && n <= maxWord {
			yield(t.buf, start, i, false)
		}
	}
}

// foldable is where the table of folded characters ends. Beyond it few letters have case or accents.
const foldable = 0x2000

// folds maps a character to its folded form: 0 if it separates words, -1 if it is left out of a word.
var folds = sync.OnceValue(func() *[foldable]rune {
	var table [foldable]rune
	for r := range rune(foldable) {
		table[r] = foldRune(r)
	}
	return &table
})

// fold returns what [foldRune] does.
func (t *tokenizer) fold(r rune) rune {
	if r < foldable {
		return t.folds[r]
	}
	return foldRune(r)
}

// FoldName returns a name as it is compared: its letters and digits in lower case and without accents, with a hyphen for what
// separates its words.
func FoldName(name string) string {
	tok := newTokenizer(false)
	var b strings.Builder
	apart := false
	for _, r := range name {
		switch f := tok.fold(r); {
		case f == 0:
			apart = true
		case f > 0:
			if apart && b.Len() > 0 {
				b.WriteByte('-')
			}
			apart = false
			b.WriteRune(f)
		}
	}
	return b.String()
}

// foldRune returns a letter or digit in lower case and without accents, 0 for what separates words, and -1 for what is left out
// of a word.
func foldRune(r rune) rune {
	switch {
	case isAccent(r), r == '\u200c', r == '\u200d', r == '\u00ad':
		return -1
	case !unicode.In(r, unicode.Letter, unicode.Number, unicode.Mark):
		return 0
	}
	r = unicode.ToLower(r)
	if d := norm.NFD.PropertiesString(string(r)).Decomposition(); d != nil {
		base, n := utf8.DecodeRune(d)
		for rest := d[n:]; len(rest) > 0; rest = rest[n:] {
			var mark rune
			if mark, n = utf8.DecodeRune(rest); !isAccent(mark) {
				return r
			}
		}
		return foldRune(base)
	}
	return r
}

// isAccent reports whether a mark can be left out without making another letter: the accents of Latin, Greek and
// Cyrillic, the points of Hebrew and Arabic, but not the vowels of Indian scripts or the voicing of Japanese.
func isAccent(r rune) bool {
	return r >= 0x300 && r <= 0x36f || r >= 0x483 && r <= 0x487 || r >= 0x591 && r <= 0x5c7 && unicode.Is(unicode.Mn, r) ||
		r >= 0x610 && r <= 0x61a || r >= 0x64b && r <= 0x65f || r == 0x670 || r >= 0x6d6 && r <= 0x6ed && unicode.Is(unicode.Mn, r)
}

// isSpaceless reports whether r belongs to a script without spaces between words.
func isSpaceless(r rune) bool {
	switch {
	case r < 0xe00:
		return false
	case r <= 0xeff, r >= 0x1000 && r <= 0x109f, r >= 0x1780 && r <= 0x17ff: // Thai, Lao; Burmese; Khmer
		return true
	case r >= 0x3040 && r <= 0x31ff, r >= 0x3400 && r <= 0x9fff, r >= 0xac00 && r <= 0xd7a3: // kana, bopomofo; Han; Hangul
		return true
	}
	return r >= 0xf900 && r <= 0xfaff || r >= 0x20000 && r <= 0x3ffff
}

// hiddenLength returns how much of s after its first byte, < or ], no reader sees: a tag, or the target of a link.
func hiddenLength(s string) int {
	if s[0] == ']' {
		return targetLength(s)
	}
	if outline.Tag(s) == "" {
		return 0
	}
	return max(0, strings.IndexByte(s[:min(len(s), maxHidden)], '>'))
}

// maxHidden bounds how far the end of a tag or target is looked for, in bytes. Without it, the time for a text of nothing but
// beginnings would grow with the square of its length. Beyond it, what should be hidden can be found, which harms nobody.
const maxHidden = 512

// targetLength returns the length of ](target after the text of a link: to its end, or to the space before a title.
func targetLength(s string) int {
	if !strings.HasPrefix(s, "](") {
		return 0
	}
	if strings.HasPrefix(s, "](data:") { // however long it is, it ends with the line at the latest
		if end := strings.IndexAny(s, ")\n"); end >= 0 {
			return end
		}
		return len(s) - 1
	}
	if end := strings.IndexAny(s[:min(len(s), maxHidden)], ") \n"); end > 0 && s[end] != '\n' {
		return end
	}
	return 0
}
