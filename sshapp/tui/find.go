package tui

import (
	"bytes"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"golang.org/x/text/unicode/norm"

	"postern/content"
)

// A find is a run of a page's text: of one line, or of the end of one and the beginning of the next.
type find []piece

// A piece is a part of a find: from and to in bytes of the line's text without its escapes.
type piece struct{ line, from, to int }

// finds returns where a text occurs on lines, in order. Accents don't count, and capitals only where the text has some.
// Line ends are blanks.
func finds(lines []string, text string) []find {
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
	f.text, f.at = make([]byte, 0, size), make([]piece, 0, size)
	for i, l := range lines {
		if n := len(f.text); n > 0 && f.text[n-1] != ' ' {
			f.text, f.at = append(f.text, ' '), append(f.at, f.at[n-1])
		}
		f.add(i, ansi.Strip(l))
	}
	var all []find
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
	at       []piece
}

func (f *folder) add(line int, s string) {
	lead := len(s) - len(strings.TrimLeft(s, " "))
	for i := lead; i < len(s); {
		if c := s[i]; c < utf8.RuneSelf {
			if !f.capitals && c >= 'A' && c <= 'Z' {
				c += 'a' - 'A'
			}
			f.text, f.at = append(f.text, c), append(f.at, piece{line, i, i + 1})
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		before := len(f.text)
		f.text = f.fold(r)
		for range len(f.text) - before {
			f.at = append(f.at, piece{line, i, i + n})
		}
		if len(f.text) == before && len(f.at) > 0 { // an accent belongs to the letter before
			f.at[len(f.at)-1].to = i + n
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
func (f *folder) pieces(a, b int) find {
	var x find
	for _, p := range f.at[a:b] {
		if n := len(x); n > 0 && x[n-1].line == p.line {
			x[n-1].to = max(x[n-1].to, p.to)
		} else {
			x = append(x, p)
		}
	}
	return x
}

// goTo opens a post at what a search has found in it: at the text of its excerpt or, where a page sets that otherwise, at
// the word alone.
func (p *post) goTo(e env, h content.Hit) {
	x := h.Excerpt()
	if len(x.Marks) == 0 {
		return
	}
	s := p.sheet(e)
	from := x.Marks[0][0]
	word := x.Text[from:x.Marks[0][1]]
	p.find = word
	for _, text := range []string{strings.TrimSuffix(x.Text[from:], "…"), firstWords(x.Text[from:], 3), word} {
		if all := finds(s.page.Lines, text); len(all) > 0 {
			if x.Line > 0 {
				p.show(e, s, all[0][0].line)
			}
			return
		}
	}
}

func firstWords(s string, n int) string {
	words := strings.Fields(s)
	return strings.Join(words[:min(n, len(words))], " ")
}

// look opens the prompt.
func (p *post) look(env) move { return opening(&finding{of: p, seen: *p}) }

// endFind lets go of what is found.
func (p *post) endFind(env) move {
	if p.find == "" {
		return move{kind: pass}
	}
	p.find = ""
	return move{}
}

func (p *post) nextFind(e env) move     { return p.toFind(e, 1) }
func (p *post) previousFind(e env) move { return p.toFind(e, -1) }

// toFind goes to the next find below the one that is looked at, or above it.
func (p *post) toFind(e env, step int) move {
	if p.find == "" {
		return move{kind: pass}
	}
	s := p.sheet(e)
	all := finds(s.page.Lines, p.find)
	if len(all) == 0 {
		return saying("Nothing here says " + p.find)
	}
	p.nth = (min(p.nth, len(all)-1) + step + len(all)) % len(all)
	p.show(e, s, all[p.nth][0].line)
	return saying(fmt.Sprintf("%d of %d: %s", p.nth+1, len(all), p.find))
}

// mark shows the finds on the lines of a window that begins at top.
func (p *post) mark(s sheet, top int, lines []string) {
	spans := map[int][][2]int{}
	first := min(max(top-len(s.head)-1, 0), len(s.page.Lines)) // a find may begin on the line above
	last := max(min(top-len(s.head)+len(lines)+1, len(s.page.Lines)), first)
	for _, f := range finds(s.page.Lines[first:last], p.find) {
		for _, x := range f {
			if i := first + x.line + len(s.head) - top; i >= 0 && i < len(lines) {
				spans[i] = append(spans[i], [2]int{x.from, x.to})
			}
		}
	}
	for i, s := range spans {
		lines[i] = highlight(lines[i], s)
	}
}

// finding is a post while what is to be found in it is typed. What is seen of it then is a copy, so that esc comes back
// to where the reader was.
type finding struct {
	of     *post
	seen   post
	prompt prompt
}

var findingKeys = []binding{
	hinted(on((*finding).accept, "enter", "find", "enter")),
}

func (f *finding) keys() []binding    { return findingKeys }
func (f *finding) title(e env) string { return f.of.title(e) }

func (f *finding) accept(env) move {
	*f.of = f.seen
	return move{kind: back}
}

func (f *finding) update(e env, msg tea.Msg) (move, tea.Cmd) {
	if !f.prompt.take(msg) {
		return move{kind: pass}, nil
	}
	f.seen = *f.of
	f.seen.find = f.prompt.text
	s := f.seen.sheet(e)
	from := f.of.top(e, s) - len(s.head)
	for i, x := range finds(s.page.Lines, f.prompt.text) {
		if f.seen.nth = i; x[0].line >= from {
			break
		}
	}
	if all := finds(s.page.Lines, f.prompt.text); len(all) > 0 {
		f.seen.show(e, s, all[f.seen.nth][0].line)
	}
	return move{}, nil
}

func (f *finding) status(e env) string {
	if f.prompt.text == "" {
		return ""
	}
	return fmt.Sprintf("%d found", len(finds(f.seen.sheet(e).page.Lines, f.prompt.text)))
}

func (f *finding) view(e env) []string {
	measure, margin := e.measure()
	lines := f.seen.view(e)
	for len(lines) < e.height {
		lines = append(lines, "")
	}
	if len(lines) > 0 {
		lines[len(lines)-1] = strings.Repeat(" ", margin) + f.prompt.line("/", measure)
	}
	return lines
}
