package page

import (
	"bytes"
	"iter"
	"math/bits"
	"slices"
	"strings"
	"sync"
	"unicode"

	"postern/content/search"
	"postern/sshapp/admission/work"
	"postern/sshapp/page/linebreak"
)

// A Text is the text of some lines of a page, ready to be searched: in lower case, without accents, and with a blank for each
// line end. A word that is parted is whole. It takes about as much memory as the text that shows, and is shared by all who find
// something on the page. It is safe for concurrent use.
type Text struct {
	lines  []string
	folded string
	begins []int32  // where each line begins in folded
	upper  []uint64 // a bit for each byte of folded: it was a capital

	mu   sync.Mutex // guards what follows
	last []Finds    // the newest at the end
}

// Finds are the places where a text occurs, in order; they don't overlap. The zero Finds has none.
type Finds struct {
	text  *Text
	query string
	size  int     // of each, in bytes of the folded text
	at    []int32 // where each begins in it
}

// A Piece is what a find has of one line: From and To in bytes of the line's text without its escapes.
type Piece struct{ Line, From, To int }

const (
	// textStep is how many bytes are searched between two steps of a turn.
	textStep = 64 << 10

	// maxLast is how many texts are remembered with what was found. Each frame of a prompt asks several times, and
	// whoever corrects a letter asks for what was there before.
	maxLast = 8
)

// NewText returns the text of lines. It is not complete if the turn's client has gone.
func NewText(turn *work.Turn, lines []string) *Text {
	t := &Text{lines: lines, begins: make([]int32, len(lines))}
	size := 0
	for _, l := range lines {
		size += len(l) + 1
	}
	var b strings.Builder
	b.Grow(size)
	t.upper = make([]uint64, size/64+1)
	var f folder
	parted := false // the word that ends the line above goes on
	for i, l := range lines {
		if i%64 == 0 && !turn.Step() {
			break
		}
		if n := b.Len(); n > 0 && b.String()[n-1] != ' ' && !parted {
			b.WriteByte(' ')
		}
		t.begins[i] = int32(b.Len())
		f.fold(l)
		for j, o := range f.origins {
			if o.upper {
				n := b.Len() + j
				t.upper[n/64] |= 1 << (n % 64)
			}
		}
		var text []byte
		text, parted = bytes.CutSuffix(f.text, []byte(linebreak.Hyphen))
		b.Write(text)
	}
	t.folded = b.String()
	return t
}

// bytes is about how much memory the text takes with what is remembered of it.
func (t *Text) bytes() int64 {
	const text, remembered = 1, 1
	return int64((text+remembered)*len(t.folded) + 4*len(t.begins) + 8*len(t.upper) + 256)
}

// Find returns where a text occurs. Accents don't count, and capitals only where the text has some. It finds nothing for a
// client who has gone.
func (t *Text) Find(turn *work.Turn, query string) Finds {
	query = strings.TrimSpace(query)
	if query == "" || t.folded == "" {
		return Finds{}
	}
	all, ok := t.remembered(query)
	if !ok {
		turn.Do(work.Find, 0, func() {
			if all, ok = t.remembered(query); !ok {
				all = t.find(turn, query)
			}
		})
	}
	if turn.Gone() {
		return Finds{}
	}
	t.remember(all)
	return all
}

func (t *Text) remembered(query string) (Finds, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	i := slices.IndexFunc(t.last, func(all Finds) bool { return all.query == query })
	if i < 0 {
		return Finds{}, false
	}
	return t.last[i], true
}

// remember keeps what was found, at most as many bytes as the text has.
func (t *Text) remember(all Finds) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.last = slices.DeleteFunc(t.last, func(old Finds) bool { return old.query == all.query })
	t.last = append(t.last, all)
	size := func(all Finds) int { return 4 * cap(all.at) }
	sum := 0
	for _, all := range t.last {
		sum += size(all)
	}
	for len(t.last) > maxLast || len(t.last) > 0 && sum > len(t.folded) {
		sum -= size(t.last[0])
		t.last = slices.Delete(t.last, 0, 1)
	}
}

// find looks through the text.
func (t *Text) find(turn *work.Turn, query string) Finds {
	all := Finds{text: t, query: query}
	var f folder
	f.fold(query)
	want := string(f.text)
	all.size = len(want)
	capitals := strings.ContainsFunc(query, unicode.IsUpper)
	for from, step := 0, 0; want != "" && from < len(t.folded); {
		if from >= step {
			if !turn.Step() {
				break
			}
			step = from + textStep
		}
		end := min(step+len(want)-1, len(t.folded)) // what begins before the step
		i := strings.Index(t.folded[from:max(end, from)], want)
		switch {
		case i < 0:
			from = step
		case capitals && !t.hasCapitals(from+i, f.origins):
			from += i + 1
		default:
			all.at = append(all.at, int32(from+i))
			from += i + len(want)
		}
	}
	all.at = slices.Clip(all.at)
	return all
}

// hasCapitals reports whether the text at a place has its capitals where what is looked for has them.
func (t *Text) hasCapitals(at int, origins []origin) bool {
	for i, o := range origins {
		if n := at + i; o.upper != (t.upper[n/64]>>(n%64)&1 == 1) {
			return false
		}
	}
	return true
}

// Len returns how many finds there are.
func (all Finds) Len() int { return len(all.at) }

// Line returns the line on which the ith find begins.
func (all Finds) Line(i int) int { return all.text.line(all.at[i]) }

// From returns the index of the first find that begins on a line or below; [Finds.Len] if there is none.
func (all Finds) From(line int) int {
	if line <= 0 || len(all.at) == 0 {
		return 0
	}
	if line >= len(all.text.begins) {
		return len(all.at)
	}
	i, _ := slices.BinarySearch(all.at, all.text.begins[line])
	return i
}

// Pieces returns the parts of all finds, with the index of each: one, or one for each line that a find goes over.
func (all Finds) Pieces() iter.Seq2[int, Piece] {
	return func(yield func(int, Piece) bool) {
		t, f, folded := all.text, folder{}, -1
		for i, begin := range all.at {
			end := begin + int32(all.size)
			for line := t.line(begin); line < len(t.lines) && t.begins[line] < end; line++ {
				if line != folded {
					f.fold(t.lines[line])
					folded = line
				}
				first := int(max(begin-t.begins[line], 0))
				last := min(int(end-t.begins[line]), len(f.origins)) // the blank of a line end shows nowhere
				if first < last && !yield(i, newPiece(line, f.origins[first:last])) {
					return
				}
			}
		}
	}
}

// newPiece returns the piece that bytes of a line come from.
func newPiece(line int, from []origin) Piece {
	x := Piece{line, from[0].from, 0}
	for _, o := range from {
		x.To = max(x.To, o.to)
	}
	return x
}

// line returns the line that a byte of the folded text is on.
func (t *Text) line(at int32) int {
	i, exact := slices.BinarySearch(t.begins, at)
	if !exact {
		return i - 1
	}
	for i+1 < len(t.begins) && t.begins[i+1] == at { // empty lines begin where the next does
		i++
	}
	return i
}

// Seek returns the line of the page that a search has found: where its excerpt stands or, where the page sets that otherwise, where
// most of its words stand near each other.
func (t *Text) Seek(turn *work.Turn, x search.Snippet) (line int, ok bool) {
	if len(x.Marks) == 0 {
		return 0, false
	}
	from := x.Marks[0][0]
	words := strings.Fields(x.Text[from:])
	for _, query := range []string{strings.TrimSuffix(x.Text[from:], "…"), strings.Join(words[:min(3, len(words))], " ")} {
		if all := t.Find(turn, query); all.Len() > 0 {
			return all.Line(0), true
		}
	}
	var marked []string
	for _, m := range x.Marks {
		if word := x.Text[m[0]:m[1]]; !slices.Contains(marked, word) {
			marked = append(marked, word)
		}
	}
	return t.nearest(turn, marked)
}

// nearest returns the first line with one of some words, of which 64 count, such that it and the 3 after it have the most of them.
func (t *Text) nearest(turn *work.Turn, words []string) (line int, ok bool) {
	const within = 4 // lines
	most := 0
	ok = turn.Do(work.Find, int64(8*len(t.lines)), func() {
		has := make([]uint64, len(t.lines)) // a bit for each word
		for i, word := range words[:min(64, len(words))] {
			found := t.Find(turn, word)
			for j := 0; j < found.Len(); j = found.From(found.Line(j) + 1) {
				turn.Check()
				has[found.Line(j)] |= 1 << i
			}
		}
		for i, near := range has {
			turn.Check()
			for _, more := range has[i+1 : min(i+within, len(has))] {
				near |= more
			}
			if n := bits.OnesCount64(near); has[i] != 0 && n > most {
				line, most = i, n
			}
		}
	})
	return line, ok && most > 0
}
