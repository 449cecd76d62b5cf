package page

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/unicode/norm"

	"postern/content/search"
)

// A Find is a run of a page's text: of one line, or of the end of one and the beginning of the next.
type Find []Piece

// A Piece is a part of a Find: From and To in bytes of the line's text without its escapes.
type Piece struct{ Line, From, To int }

// Finds returns where a text occurs on lines, in order. Accents don't count, and capitals only where the text has some.
// Line ends are blanks.
func Finds(lines []string, text string) []Find {
	f := folder{capitals: strings.ContainsFunc(text, unicode.IsUpper)}
	f.add(0, strings.TrimSpace(text))
	want := f.text
	if len(want) == 0 {
		return nil
	}
	size := len(lines)
	for _, l := range lines {
		size += len(l)
	}
	f.text, f.at = make([]byte, 0, size), make([]Piece, 0, size)
	for i, l := range lines {
		if n := len(f.text); n > 0 && f.text[n-1] != ' ' {
			f.text, f.at = append(f.text, ' '), append(f.at, f.at[n-1])
		}
		f.add(i, ansi.Strip(l))
	}
	var all []Find
	for from := 0; ; {
		i := bytes.Index(f.text[from:], want)
		if i < 0 {
			return all
		}
		all = append(all, f.pieces(from+i, from+i+len(want)))
		from += i + len(want)
	}
}

// A folder makes texts comparable, and knows where each byte of them came from.
type folder struct {
	capitals bool // count
	text     []byte
	at       []Piece
}

func (f *folder) add(line int, s string) {
	lead := len(s) - len(strings.TrimLeft(s, " "))
	for i := lead; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if !f.capitals && c >= 'A' && c <= 'Z' {
				c += 'a' - 'A'
			}
			f.text, f.at = append(f.text, c), append(f.at, Piece{line, i, i + 1})
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		before := len(f.text)
		f.text = f.fold(r)
		for range len(f.text) - before {
			f.at = append(f.at, Piece{line, i, i + n})
		}
		if len(f.text) == before && len(f.at) > 0 { // an accent belongs to the letter before
			f.at[len(f.at)-1].To = i + n
		}
		i += n
	}
}

// fold appends what a rune that is not ASCII counts as.
func (f *folder) fold(r rune) []byte {
	if unicode.Is(unicode.Mn, r) {
		return f.text
	}
	if d := norm.NFD.PropertiesString(string(r)).Decomposition(); d != nil {
		if base, n := utf8.DecodeRune(d); unicode.Is(unicode.Mn, firstRune(d[n:])) {
			r = base
		}
	}
	if !f.capitals {
		r = unicode.ToLower(r)
	}
	return utf8.AppendRune(f.text, r)
}

func firstRune(b []byte) rune {
	r, _ := utf8.DecodeRune(b)
	return r
}

// pieces returns where the bytes from a to b came from.
func (f *folder) pieces(a, b int) Find {
	var x Find
	for _, p := range f.at[a:b] {
		if n := len(x); n > 0 && x[n-1].Line == p.Line {
			x[n-1].To = max(x[n-1].To, p.To)
		} else {
			x = append(x, p)
		}
	}
	return x
}

// Seek returns the line of the page that a search has found: where its excerpt stands or, where the page sets that
// otherwise, its word alone.
func (p *Page) Seek(x search.Snippet) (line int, ok bool) {
	if len(x.Marks) == 0 {
		return 0, false
	}
	from := x.Marks[0][0]
	words := strings.Fields(x.Text[from:])
	for _, text := range []string{
		strings.TrimSuffix(x.Text[from:], "…"), strings.Join(words[:min(3, len(words))], " "), x.Text[from:x.Marks[0][1]],
	} {
		if all := Finds(p.Lines, text); len(all) > 0 {
			return all[0][0].Line, true
		}
	}
	return 0, false
}
