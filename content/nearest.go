package content

import (
	"iter"
	"math/bits"
	"strings"

	"postern/content/sanitize"
)

// Nearest returns the word among many that was probably meant by one that is none of them: the one that the fewest slips
// lead to, and of several the first. A slip is a letter changed, added, left out, or swapped with the next. One is allowed
// in a word of three letters, two in one of seven, three from eleven on; it is false if no word is so near. A word of another
// case is as near as can be. A word with other digits is not near at all: picture-2 is no slip for picture-1. Neither is what
// is longer than 128 bytes.
func Nearest(word string, among iter.Seq[string]) (nearest string, ok bool) {
	if len(word) > maxNear {
		return "", false
	}
	word = sanitize.AddressKey(word)
	most := min((len(word)+1)/4, 3)
	letters := lettersOf(word)
	for w := range among {
		k := sanitize.AddressKey(w)
		if d := len(k) - len(word); d > most || d < -most || bits.OnesCount64(letters^lettersOf(k)) > 2*most {
			continue
		}
		if d := slips(word, k, most); d <= most && digits(word) == digits(k) {
			if nearest, ok, most = w, true, d-1; most < 0 {
				break
			}
		}
	}
	return nearest, ok
}

const maxNear = 128

// digits returns the digits of a word.
func digits(word string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, word)
}

// lettersOf has a bit for each letter of a word: one slip changes two of them at most. It spares most words the table
// below, which takes a thousand times as long.
func lettersOf(word string) (letters uint64) {
	for i := range len(word) {
		letters |= 1 << (word[i] & 63)
	}
	return letters
}

// slips counts what leads from a to b (Damerau and Levenshtein's distance, of adjacent swaps), or returns a number above
// most if it is more. Of the table, only the cells near its diagonal can hold so few.
func slips(a, b string, most int) int {
	if d := len(a) - len(b); d > most || d < -most || len(b) > maxNear {
		return most + 1
	}
	const far = maxNear + 1
	var rows [3][maxNear + 2]int16
	for j := range len(b) + 2 {
		rows[0][j], rows[1][j], rows[2][j] = int16(j), far, far
	}
	for i := 1; i <= len(a); i++ {
		row, above, aboveThat := &rows[i%3], &rows[(i+2)%3], &rows[(i+1)%3]
		first, last := max(1, i-most), min(len(b), i+most)
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
