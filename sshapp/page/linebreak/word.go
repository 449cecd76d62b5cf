package linebreak

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"postern/sshapp/cell"
)

// Hyphen stands at the end of a line for the rest of a word that is parted there. No author wrote it.
const Hyphen = "‐"

// A breaker finds the places within a word, which holds no blanks, at which a line may end.
type breaker struct {
	word         string
	simple       bool // it has no such place
	ascii        bool
	name         bool // of a mailbox, a host or a file: a hyphen in it is a part of it
	begin, end   int  // of the address in it; equal for none
	at           int  // the last place found
	opportunity  int  // the last one by UAX #14, for a word that is not ASCII
	rest         string
	segmentState int
}

// The lengths, in bytes, from which on a line may end within an address, or behind any sign in a word, which is then a path or
// the like.
const (
	longAddress = 16
	longWord    = 24
)

func newBreaker(word string) breaker {
	b := breaker{word: word, ascii: cell.IsASCII(word), rest: word, segmentState: -1}
	if b.ascii && len(word) <= longAddress && strings.IndexByte(word, '-') < 0 {
		b.simple = true
		return b
	}
	b.begin, b.end = findAddress(word)
	b.name = isName(word)
	return b
}

// next returns the next place, at last the end of the word.
func (b *breaker) next() int {
	if !b.simple {
		for i := b.at + 1; i < len(b.word); i++ {
			if b.breaksAt(i) {
				b.at = i
				return i
			}
		}
	}
	return len(b.word)
}

func (b *breaker) breaksAt(i int) bool {
	switch {
	case b.begin < i && i < b.end:
		return b.end-b.begin > longAddress && breaksAddress(b.word[b.begin:b.end], i-b.begin)
	case b.ascii:
		return b.breaksASCII(i)
	}
	for b.opportunity < i {
		var segment string
		segment, b.rest, _, b.segmentState = uniseg.FirstLineSegmentInString(b.rest, b.segmentState)
		b.opportunity += len(segment)
	}
	if i != b.opportunity || b.word[i-1] == '-' && i-b.at < 3 {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(b.word[:i])
	after, _ := utf8.DecodeRuneInString(b.word[i:])
	if after == '·' { // which stands between the parts of a name that is written in Chinese
		return false
	}
	return !unicode.Is(unicode.Hangul, before) && !unicode.Is(unicode.Hangul, after) // Korean breaks at blanks (UAX #14, section 8.2)
}

// breaksASCII reports whether a line may end behind a hyphen, or behind another sign in what is long. "no-" and its like stay with
// what follows.
func (b *breaker) breaksASCII(i int) bool {
	if i-b.at < 4 || i >= len(b.word)-2 || !isWordByte(b.word[i-2]) || !isWordByte(b.word[i]) {
		return false
	}
	c := b.word[i-1]
	if b.name && len(b.word) <= 2*longWord {
		return c == '@' && len(b.word) > longAddress || len(b.word)-b.at > longAddress && strings.IndexByte("_.", c) >= 0
	}
	return c == '-' || len(b.word)-b.at > longWord && strings.IndexByte("/?&=#_.@", c) >= 0
}

// isName reports whether a word is an address of mail, or has a hyphen before a dot within it.
func isName(word string) bool {
	if strings.IndexByte(word, '@') > 0 {
		return true
	}
	dot := strings.LastIndexByte(word, '.')
	return dot > 0 && dot+1 < len(word) && isWordByte(word[dot+1]) && strings.IndexByte(word[:dot], '-') > 0
}

// findAddress returns where in a word an address begins and ends.
func findAddress(word string) (begin, end int) {
	slash := strings.IndexByte(word, '/')
	if slash < 0 {
		return 0, 0
	}
	isHost := func(c byte) bool { return isWordByte(c) || c == '.' || c == '-' || c == ':' }
	for begin = slash; begin > 0 && isHost(word[begin-1]); begin-- {
	}
	if !strings.HasPrefix(word[slash:], "//") && !strings.Contains(word[begin:slash], ".") {
		return 0, 0
	}
	for end = slash; end < len(word) && word[end] > ' ' && word[end] < 0x7f; end++ {
	}
	return begin, end
}

// breaksAddress reports whether a line may end in an address so that a reader sees that it goes on: behind one of these signs,
// and not before its host.
func breaksAddress(address string, i int) bool {
	const signs = "/?&="
	host := strings.Index(address, "//") + len("//")
	return strings.IndexByte(signs, address[i-1]) >= 0 && i > host && strings.IndexByte(signs+`).,;:!'"]`, address[i]) < 0
}

func isWordByte(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}

// clings reports whether no line begins with a word although a blank stands before it, such as one that is a Chinese comma.
func clings(word string) bool {
	if word[0] < utf8.RuneSelf {
		return false
	}
	first, n := utf8.DecodeRuneInString(word)
	if unicode.IsLetter(first) {
		return false
	}
	if next, _ := utf8.DecodeRuneInString(word[n:]); first == '”' {
		return !unicode.IsLetter(next) // in some languages it opens, too
	}
	_, rest, _, _ := uniseg.FirstLineSegmentInString("a "+word[:n], -1)
	return rest == ""
}

// opens reports whether a word ends with a bracket behind which no line ends although a blank stands there (UAX #14, rule LB14).
// “ is left out: it opens in English, but closes in German.
func opens(word string) bool {
	last, _ := utf8.DecodeLastRuneInString(word)
	return strings.ContainsRune("([{（「『【《〈〔［｛", last)
}
