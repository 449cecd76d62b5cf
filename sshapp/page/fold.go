package page

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A folder makes a line comparable, and knows where each byte of that came from. It is used for one line after another.
type folder struct {
	text    []byte
	origins []origin // one for each byte of text
	plain   []byte
}

// An origin is where a byte came from: a character, in bytes of the line without its escapes, and whether it is a capital.
type origin struct {
	from, to int
	upper    bool
}

// fold folds a line.
func (f *folder) fold(line string) {
	f.plain = appendPlain(f.plain[:0], line)
	f.text, f.origins = slices.Grow(f.text[:0], len(f.plain)), slices.Grow(f.origins[:0], len(f.plain))
	begin := len(f.plain) - len(bytes.TrimLeft(f.plain, " "))
	for i := begin; i < len(f.plain); {
		if c := f.plain[i]; c < utf8.RuneSelf {
			upper := c >= 'A' && c <= 'Z'
			if upper {
				c += 'a' - 'A'
			}
			f.text, f.origins = append(f.text, c), append(f.origins, origin{i, i + 1, upper})
			i++
			continue
		}
		r, n := utf8.DecodeRune(f.plain[i:])
		f.foldRune(r, i, i+n)
		i += n
	}
}

// foldRune folds a character that is not ASCII.
func (f *folder) foldRune(r rune, from, to int) {
	if r == '\u200e' || r == '\u200f' { // left-to-right and right-to-left marks aren't seen
		return
	}
	if unicode.Is(unicode.Mn, r) { // an accent belongs to the letter before
		if n := len(f.origins); n > 0 {
			f.origins[n-1].to = to
		}
		return
	}
	if d := norm.NFD.PropertiesString(string(r)).Decomposition(); d != nil {
		if base, n := utf8.DecodeRune(d); unicode.Is(unicode.Mn, firstRune(d[n:])) {
			r = base
		}
	}
	before := len(f.text)
	lower := unicode.ToLower(r)
	f.text = utf8.AppendRune(f.text, lower)
	for range len(f.text) - before {
		f.origins = append(f.origins, origin{from, to, lower != r})
	}
}

func firstRune(b []byte) rune {
	r, _ := utf8.DecodeRune(b)
	return r
}

// appendPlain appends a line of a page without its escapes: SGR, and OSC 8 with ST at its end.
func appendPlain(b []byte, line string) []byte {
	for {
		i := strings.IndexByte(line, 0x1b)
		if i < 0 {
			return append(b, line...)
		}
		b = append(b, line[:i]...)
		end := "m"
		if strings.HasPrefix(line[i:], "\x1b]") {
			end = "\x1b\\"
		}
		_, line, _ = strings.Cut(line[i+1:], end)
	}
}
