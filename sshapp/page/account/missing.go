package account

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"postern/sshapp/page/document"
)

// AppendTexts appends what a block says: the text of its leaves, and who speaks.
func AppendTexts(texts []string, b *document.Block) []string {
	if b.Kind == document.Speech {
		texts = append(texts, b.Label)
	}
	if len(b.Children) == 0 {
		texts = append(texts, b.Plain())
	}
	for _, c := range b.Children {
		texts = AppendTexts(texts, c)
	}
	return texts
}

// Missing returns the first word of a source's text that is not among some texts, such as those of a page, in order; only letters and
// digits count. The word is empty if no single one can be named. It reports false if nothing is missing.
func (a Account) Missing(texts []string) (Piece, bool) {
	if inOrder(a.Text, texts) {
		return Piece{}, false
	}
	return firstMissing(a.Text, lettersOf(texts)), true
}

// MissingApart does the same for what may stand anywhere.
func (a Account) MissingApart(texts []string) (Piece, bool) {
	if len(a.Apart) == 0 {
		return Piece{}, false
	}
	letters := lettersOf(texts)
	rest := letters
	searches := 0
	for _, p := range a.Apart {
		want := lettersOf([]string{p.Text})
		if n := strings.Index(rest, want); n >= 0 {
			rest = rest[n+len(want):]
			continue
		}
		for begin, end := range wordBounds(p.Text) {
			if searches++; searches > maxSearches {
				return Piece{}, false
			}
			if !strings.Contains(letters, lettersOf([]string{p.Text[begin:end]})) {
				return Piece{p.At + begin, p.Text[begin:end]}, true
			}
		}
	}
	return Piece{}, false
}

// maxSearches bounds how often all texts are searched for a word of a piece that isn't behind the one before it.
const maxSearches = 1000

// inOrder reports whether the letters of pieces are among those of some texts, in their order.
func inOrder(pieces []Piece, texts []string) bool {
	have := letterReader{texts: texts}
	for _, p := range pieces {
		if have.skip(p.Text) {
			continue
		}
		want := letterReader{texts: []string{p.Text}}
		for w := want.next(); w >= 0; w = want.next() {
			h := have.next()
			for h != w && h >= 0 {
				h = have.next()
			}
			if h < 0 {
				return false
			}
		}
	}
	return true
}

// A letterReader reads the letters and digits of texts, in lower case.
type letterReader struct {
	texts []string
	at    int
}

// next returns -1 at the end.
func (l *letterReader) next() rune {
	for len(l.texts) > 0 {
		text := l.texts[0]
		for l.at < len(text) {
			c := text[l.at]
			if c < utf8.RuneSelf {
				l.at++
				if c >= 'a' && c <= 'z' || c >= '0' && c <= '9' {
					return rune(c)
				}
				if c >= 'A' && c <= 'Z' {
					return rune(c | 0x20)
				}
				continue
			}
			r, n := utf8.DecodeRuneInString(text[l.at:])
			l.at += n
			if r = document.Letter(document.Ordinary(r)); r >= 0 {
				return r
			}
		}
		l.texts, l.at = l.texts[1:], 0
	}
	return -1
}

// skip passes over a text that comes next as it stands, as most does.
func (l *letterReader) skip(text string) bool {
	for len(l.texts) > 0 && l.at == len(l.texts[0]) {
		l.texts, l.at = l.texts[1:], 0
	}
	if len(l.texts) == 0 {
		return false
	}
	rest := l.texts[0][l.at:]
	blanks := len(rest) - len(strings.TrimLeft(rest, " \n"))
	text = strings.TrimLeft(text, " \n")
	if !strings.HasPrefix(rest[blanks:], text) {
		return false
	}
	l.at += blanks + len(text)
	return true
}

// lettersOf returns the letters and digits of texts, in lower case.
func lettersOf(texts []string) string {
	var b strings.Builder
	l := letterReader{texts: texts}
	for r := l.next(); r >= 0; r = l.next() {
		b.WriteRune(r)
	}
	return b.String()
}

// firstMissing returns the first word of pieces that is not among some letters: behind those before it, or else anywhere.
func firstMissing(pieces []Piece, letters string) (first Piece) {
	rest := letters
	for _, p := range pieces {
		for begin, end := range wordBounds(p.Text) {
			word := lettersOf([]string{p.Text[begin:end]})
			n := strings.Index(rest, word)
			if n < 0 && first.Text == "" {
				first = Piece{p.At + begin, p.Text[begin:end]}
			}
			if n < 0 && !strings.Contains(letters, word) {
				return Piece{p.At + begin, p.Text[begin:end]}
			}
			rest = rest[max(n, 0):]
			rest = rest[min(len(rest), len(word)):]
		}
	}
	return first
}

// wordBounds yields where the words of a text begin and end.
func wordBounds(s string) func(yield func(begin, end int) bool) {
	return func(yield func(begin, end int) bool) {
		begin := -1
		for i, r := range s + " " {
			switch blank := unicode.IsSpace(r); {
			case !blank && begin < 0:
				begin = i
			case blank && begin >= 0:
				if !yield(begin, i) {
					return
				}
				begin = -1
			}
		}
	}
}
