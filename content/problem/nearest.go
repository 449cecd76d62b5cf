package problem

import (
	"iter"
	"math/bits"
	"strings"

	"postern/content/sanitize"
)

// Nearest returns the candidate that word was probably meant to be: the one that the fewest slips lead to, and of several the
// first. A slip is a letter changed, added, left out, or swapped with the next. A word of three letters may have one slip,
// a word of seven letters two, and a word of eleven or more three; if no candidate is so near, ok is false. Capitals make no
// difference. A candidate with other digits is never near (picture-2 is not a slip for picture-1), nor is a word longer than
// 128 bytes.
func Nearest(word string, candidates iter.Seq[string]) (nearest string, ok bool) {
	if len(word) > maxNear {
		return "", false
	}
	word = sanitize.AddressKey(word)
	limit := min((len(word)+1)/4, 3)
	letters := lettersOf(word)
	for w := range candidates {
		k := sanitize.AddressKey(w)
		if d := len(k) - len(word); d > limit || d < -limit || bits.OnesCount64(letters^lettersOf(k)) > 2*limit {
			continue
		}
		if d := slips(word, k, limit); d <= limit && digitsOf(word) == digitsOf(k) {
			if nearest, ok, limit = w, true, d-1; limit < 0 {
				break
			}
		}
	}
	return nearest, ok
}

// maxNear bounds the words that are compared, in bytes.
const maxNear = 128

// digitsOf returns the digits of a word.
func digitsOf(word string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, word)
}

// lettersOf returns a set with a bit for each letter of a word. One slip changes at most two of the bits, so most words are
// ruled out without the table of [slips], which takes a thousand times as long.
func lettersOf(word string) (letters uint64) {
	for i := range len(word) {
		letters |= 1 << (word[i] & 63)
	}
	return letters
}

// slips returns the number of slips between a and b (the Damerau–Levenshtein distance with adjacent swaps), or a number above
// limit if there are more than limit. Only the cells near the table's diagonal can hold so few.
func slips(a, b string, limit int) int {
	if d := len(a) - len(b); d > limit || d < -limit || len(b) > maxNear {
		return limit + 1
	}
	const far = maxNear + 1
	var rows [3][maxNear + 2]int16
	for j := range len(b) + 2 {
		rows[0][j], rows[1][j], rows[2][j] = int16(j), far, far
	}
	for i := 1; i <= len(a); i++ {
		row, above, aboveThat := &rows[i%3], &rows[(i+2)%3], &rows[(i+1)%3]
		first, last := max(1, i-limit), min(len(b), i+limit)
		row[first-1] = far
		if first == 1 {
			row[0] = int16(i)
		}
		for j := first; j <= last; j++ {
			d := above[j-1]
			if a[i-1] != b[j-1] {
				d = 1 + min(d, above[j], row[j-1])
				if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
					d = min(d, aboveThat[j-2]+1)
				}
			}
			row[j] = d
		}
	}
	return int(rows[len(a)%3][len(b)])
}
