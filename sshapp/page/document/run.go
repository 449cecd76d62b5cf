package document

import (
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A Run is a stretch of a leaf's text that has the same roles and the same link. It begins where the run before it ends.
type Run struct {
	End    int // in bytes of the text
	Roles  Roles
	Stands int32 // how many characters, blanks aside, the source has that it was put in place of; 0 for the author's own text
	Link   int   // its index in Document.Links, from 1; 0 for none
}

// Add appends text to a leaf.
func (b *Block) Add(s string, r Roles, link int) {
	if s == "" {
		return
	}
	b.Text = append(b.Text, s...)
	if n := len(b.Runs); n > 0 && b.Runs[n-1].Roles == r && b.Runs[n-1].Link == link && b.Runs[n-1].Stands == 0 {
		b.Runs[n-1].End = len(b.Text)
		return
	}
	b.Runs = append(b.Runs, Run{End: len(b.Text), Roles: r, Link: link})
}

// AddRun appends the text of another leaf's run.
func (b *Block) AddRun(s string, r Run) {
	if r.Stands == 0 {
		b.Add(s, r.Roles, r.Link)
		return
	}
	b.Text = append(b.Text, s...)
	r.End = len(b.Text)
	b.Runs = append(b.Runs, r)
}

// cut shortens a leaf's text to n bytes.
func (b *Block) cut(n int) {
	b.Text = b.Text[:n]
	for len(b.Runs) > 0 {
		last := &b.Runs[len(b.Runs)-1]
		begin := 0
		if len(b.Runs) > 1 {
			begin = b.Runs[len(b.Runs)-2].End
		}
		if begin < n {
			last.End = min(last.End, n)
			return
		}
		b.Runs = b.Runs[:len(b.Runs)-1]
	}
}

// trim takes blanks and line ends off the end of a leaf's text.
func (b *Block) trim() {
	b.cut(len(strings.TrimRight(string(b.Text[max(0, len(b.Text)-16):]), " \n\u00a0")) + max(0, len(b.Text)-16))
}

// trimBlanks takes blanks off the end of a leaf's text.
func (b *Block) trimBlanks() {
	n := len(b.Text)
	for n > 0 && b.Text[n-1] == ' ' {
		n--
	}
	b.cut(n)
}

// EachRun calls f for each run of a leaf's text from one byte up to another. text is the leaf's, as a string.
func (b *Block) EachRun(text string, from, to int, f func(text string, r Run)) {
	begin := 0
	for _, r := range b.Runs[b.runAt(from):] {
		begin = max(from, begin)
		if begin >= to {
			return
		}
		if end := min(r.End, to); end > begin {
			f(text[begin:end], r)
			begin = end
		}
	}
}

// RolesAt returns the roles of the text at a byte.
func (b *Block) RolesAt(at int) Roles {
	if i := b.runAt(at); i < len(b.Runs) {
		return b.Runs[i].Roles
	}
	return 0
}

// BeginsRun reports whether a run begins with the byte at a place.
func (b *Block) BeginsRun(at int) bool {
	i := b.runAt(at)
	return i == 0 && at == 0 || i > 0 && b.Runs[i-1].End == at
}

// runAt returns the index of the run that holds a byte.
func (b *Block) runAt(at int) int {
	lo, hi := 0, len(b.Runs)
	for lo < hi {
		if mid := (lo + hi) / 2; b.Runs[mid].End <= at {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// Plain returns the text of a leaf that its author wrote.
func (b *Block) Plain() string {
	if !slices.ContainsFunc(b.Runs, func(r Run) bool { return r.Roles&Generated != 0 }) {
		return string(b.Text)
	}
	var s strings.Builder
	b.EachRun(string(b.Text), 0, len(b.Text), func(text string, r Run) {
		if r.Roles&Generated == 0 {
			s.WriteString(text)
		}
	})
	return s.String()
}

// rewrite makes a leaf's text anew if one of its runs has a role: each is called for every run, and adds to the new leaf what is to
// be in its place.
func (b *Block) rewrite(role Roles, each func(to *Block, text string, r Run)) {
	if !slices.ContainsFunc(b.Runs, func(r Run) bool { return r.Roles&role != 0 }) {
		return
	}
	var to Block
	b.EachRun(string(b.Text), 0, len(b.Text), func(text string, r Run) { each(&to, text, r) })
	b.Text, b.Runs = to.Text, to.Runs
}

// Replace puts other text in the place of each run of code that has a role. f returns it, or false to leave the run as it is.
func (b *Block) Replace(role Roles, f func(source string) (string, bool)) {
	b.rewrite(role, func(to *Block, source string, r Run) {
		if r.Roles&role != 0 {
			if other, ok := f(source); ok {
				source, r.Roles, r.Stands = other, r.Roles&^Code, CountVisible(source)
			}
		}
		to.AddRun(source, r)
	})
}

// Divide divides each run that was put in place of code that has a role, as Replace does. f returns the stretches of its text, and which
// other roles they have. There must be no more than the code has characters.
func (b *Block) Divide(role Roles, f func(text string) iter.Seq2[string, Roles]) {
	b.rewrite(role, func(to *Block, whole string, r Run) {
		if r.Roles&role == 0 || r.Stands == 0 {
			to.AddRun(whole, r)
			return
		}
		stands := r.Stands
		for piece, roles := range f(whole) {
			part := r
			part.Roles, part.Stands = r.Roles|roles, 1
			stands--
			to.AddRun(piece, part)
		}
		to.Runs[len(to.Runs)-1].Stands += max(stands, 0)
	})
}

// Enclose puts a sign that no author wrote before and behind each stretch of a leaf's text that has a role.
func (b *Block) Enclose(role Roles, sign string) {
	within := false
	b.rewrite(role, func(to *Block, text string, r Run) {
		if r.Roles&role != 0 != within {
			to.Add(sign, Generated, 0)
			within = !within
		}
		to.AddRun(text, r)
	})
	if within {
		b.Add(sign, Generated, 0)
	}
}

// lastRune returns the last character of a leaf's text, or a line end if it has none.
func (b *Block) lastRune() rune {
	if len(b.Text) == 0 {
		return '\n'
	}
	r, _ := utf8.DecodeLastRune(b.Text)
	return r
}

// CountVisible returns how many characters of a text are no white space.
func CountVisible(s string) int32 {
	n := int32(0)
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < utf8.RuneSelf {
			if c > ' ' || c != ' ' && (c < '\t' || c > '\r') {
				n++
			}
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if i += size - 1; !unicode.IsSpace(r) {
			n++
		}
	}
	return n
}
