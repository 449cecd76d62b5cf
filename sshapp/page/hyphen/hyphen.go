// Package hyphen finds where words may be parted at the end of a line. It does so as TeX does:
// by patterns of letters (Franklin Mark Liang, "Word Hy-phen-a-tion by Com-put-er", 1983). The patterns are those of TeX's package
// hyph-utf8, as they are: https://www.hyphenation.org/tex. Each file names its authors and its licence; all may be distributed freely.
package hyphen

import (
	"embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// A Dictionary has the patterns of one language. A nil Dictionary parts no word. It is safe for concurrent use.
type Dictionary struct{ patterns func() patterns }

// patterns are found by their first letters, at most maxKey bytes of them.
type patterns map[string][]pattern

const maxKey = 3

// A pattern says where words with some letters may be parted. A dot is an end of the word.
type pattern struct {
	letters string
	scores  string // a digit for the place before each byte of letters, and behind the last; odd to part the word there
}

//go:embed patterns/*.tex
var files embed.FS

// dictionaries has those of languages whose words are long, and of those that the interface speaks.
var dictionaries = map[string]*Dictionary{
	"de": newDictionary("de-1996"), "en": newDictionary("en-us"), "es": newDictionary("es"), "fi": newDictionary("fi"),
	"fr": newDictionary("fr"), "it": newDictionary("it"), "nl": newDictionary("nl"), "pt": newDictionary("pt"),
}

func newDictionary(name string) *Dictionary {
	return &Dictionary{sync.OnceValue(func() patterns {
		data, err := files.ReadFile("patterns/hyph-" + name + ".tex")
		if err != nil {
			panic(err) // the files are part of the program, and a test reads them
		}
		return parse(string(data))
	})}
}

// For returns the dictionary of the language that a BCP 47 tag in lower case names; nil if there is none.
func For(tag string) *Dictionary {
	code, _, _ := strings.Cut(tag, "-")
	return dictionaries[code]
}

// parse reads a file of TeX. It has \patterns{…}, such as "1ba", and \hyphenation{…}, words such as "acht-en-der", which are patterns
// with higher scores here.
func parse(file string) patterns {
	all := patterns{}
	section := ""
	for line := range strings.Lines(file) {
		line, _, _ = strings.Cut(line, "%")
		for word := range strings.FieldsSeq(line) {
			switch {
			case strings.HasPrefix(word, `\`), word == "}":
				section = strings.Trim(word, `\{}`)
			case section == "patterns":
				all.add(word)
			case section == "hyphenation":
				all.add("." + exception(word) + ".")
			}
		}
	}
	return all
}

// exception returns the pattern of a word that is parted at its hyphens and nowhere else.
func exception(word string) string {
	var b strings.Builder
	for i, r := range word {
		switch {
		case r == '-':
			b.WriteByte('9')
			continue
		case i > 0 && word[i-1] != '-':
			b.WriteByte('8')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// add adds a pattern, such as ".ab1er".
func (p patterns) add(text string) {
	var letters, scores []byte
	score := byte('0')
	for i := range len(text) {
		if c := text[i]; c >= '0' && c <= '9' {
			score = c
			continue
		}
		letters, scores = append(letters, text[i]), append(scores, score)
		score = '0'
	}
	key := string(letters[:min(len(letters), maxKey)])
	p[key] = append(p[key], pattern{string(letters), string(append(scores, score))})
}

// minLetters is how many letters stand on either side of a hyphen at least, and minWord how many a word has that is parted.
const (
	minLetters = 3
	minWord    = 8
)

// maxWord bounds the words that are parted, in bytes. What is longer is data.
const maxWord = 128

// Points returns where a text without blanks may be parted, in bytes and ascending: between letters of a long word in it.
func (d *Dictionary) Points(text string) []int {
	if d == nil || len(text) < minWord {
		return nil
	}
	var points []int
	for begin := 0; begin < len(text); {
		n := strings.IndexFunc(text[begin:], func(r rune) bool { return !unicode.IsLetter(r) })
		end := len(text)
		if n >= 0 {
			end = begin + n
		}
		for _, at := range d.wordPoints(text[begin:end]) {
			points = append(points, begin+at)
		}
		_, size := utf8.DecodeRuneInString(text[end:])
		begin = end + max(size, 1)
	}
	return points
}

// wordPoints returns where a word, which is of letters alone, may be parted.
func (d *Dictionary) wordPoints(word string) []int {
	lower := strings.ToLower(word)
	if len(word) > maxWord || len(lower) != len(word) || utf8.RuneCountInString(word) < minWord {
		return nil
	}
	scores := d.scores("." + lower + ".")[1:] // before each byte of the word
	var points []int
	before, after := 0, utf8.RuneCountInString(word)
	for i := range word {
		if before >= minLetters && after >= minLetters && scores[i]%2 == 1 {
			points = append(points, i)
		}
		before, after = before+1, after-1
	}
	return points
}

// scores returns the highest score that a pattern gives to the place before each byte of a word.
func (d *Dictionary) scores(word string) []byte {
	highest := make([]byte, len(word)+1)
	all := d.patterns()
	for begin := range word {
		rest := word[begin:]
		for n := 1; n <= min(maxKey, len(rest)); n++ {
			for _, p := range all[rest[:n]] {
				if strings.HasPrefix(rest, p.letters) {
					p.raise(highest[begin:])
				}
			}
		}
	}
	return highest
}

// raise raises scores to those of the pattern, where they are lower.
func (p pattern) raise(scores []byte) {
	for i := range len(p.scores) {
		scores[i] = max(scores[i], p.scores[i])
	}
}
