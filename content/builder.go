package content

import (
	"encoding/binary"
	"hash/maphash"
	"slices"
	"strings"
)

// A builder makes a segment, one post after another. Nearly all of the time of loading is spent in it, a few
// nanoseconds for each of ten million words, so what every word touches is kept small and together: a map of strings
// takes three times as long.
type builder struct {
	sources []*source
	plain   *words
	marked  *words
	seed    maphash.Seed
	slots   []slot   // a hash table; its length is a power of two
	states  []state  // of each word, by its number
	entries []entry  // as states
	touched []uint32 // the words of the post at hand
}

// A slot leads to a word: 1 + its number, 0 for none. Part of the hash stands beside it.
type slot struct{ hash, id uint32 }

// A state is what a word is known by, and which parts of the post at hand have it. Two words with one hash would be
// taken for one; among a million words that happens once in ten million times.
type state struct {
	hash uint64
	in   where
}

// An entry is a word, and the posts that have it.
type entry struct {
	word string
	list []byte
	last uint32 // 1 + the last post in list
}

func newBuilder() *builder {
	return &builder{plain: newWords(false), marked: newWords(true), slots: make([]slot, 1<<12), seed: maphash.MakeSeed()}
}

func (b *builder) add(p *Post) {
	s := p.source
	b.sources = append(b.sources, s)
	doc := uint32(len(b.sources))
	b.touched = b.touched[:0]
	b.text(b.plain, p.Title, inTitle)
	for _, list := range [][]string{p.Tags, p.Categories, {p.Series}} {
		for _, t := range list {
			b.text(b.plain, t, inTags)
		}
	}
	b.text(b.plain, p.Summary, inSummary)
	b.text(b.plain, s.headings, inHeadings)
	b.text(b.marked, p.Body, inBody)
	for _, id := range b.touched {
		e, in := &b.entries[id], b.states[id].in
		if v := uint64(doc-e.last) << 1; in == inBody {
			e.list = binary.AppendUvarint(e.list, v)
		} else {
			e.list = append(binary.AppendUvarint(e.list, v|1), byte(in))
		}
		e.last, b.states[id].in = doc, 0
	}
}

func (b *builder) text(w *words, text string, in where) {
	w.each(text, func(folded []byte, _, _ int, _ bool) {
		id := b.id(folded)
		if b.states[id].in == 0 {
			b.touched = append(b.touched, id)
		}
		b.states[id].in |= in
	})
}

// id returns the number of a word.
func (b *builder) id(word []byte) uint32 {
	hash := maphash.Bytes(b.seed, word)
	mask := uint64(len(b.slots) - 1)
	at := hash & mask
	for ; b.slots[at].id != 0; at = (at + 1) & mask {
		if s := b.slots[at]; s.hash == uint32(hash>>32) && b.states[s.id-1].hash == hash {
			return s.id - 1
		}
	}
	b.entries, b.states = append(b.entries, entry{word: string(word)}), append(b.states, state{hash: hash})
	b.slots[at] = slot{uint32(hash >> 32), uint32(len(b.states))}
	if 2*len(b.states) > len(b.slots) {
		b.grow()
	}
	return uint32(len(b.states) - 1)
}

func (b *builder) grow() {
	b.slots = make([]slot, 2*len(b.slots))
	mask := uint64(len(b.slots) - 1)
	for i, s := range b.states {
		at := s.hash & mask
		for b.slots[at].id != 0 {
			at = (at + 1) & mask
		}
		b.slots[at] = slot{uint32(s.hash >> 32), uint32(i + 1)}
	}
}

// segment sorts the words and packs their lists.
func (b *builder) segment() *segment {
	slices.SortFunc(b.entries, func(x, y entry) int { return strings.Compare(x.word, y.word) })
	s := &segment{sources: b.sources, ends: make([]uint32, len(b.entries)), offsets: make([]uint32, len(b.entries))}
	letters, bytes := 0, 0
	for i, e := range b.entries {
		letters, bytes = letters+len(e.word), bytes+len(e.list)
		s.ends[i], s.offsets[i] = uint32(letters), uint32(bytes)
	}
	var text strings.Builder
	text.Grow(letters)
	s.lists = make([]byte, 0, bytes)
	for _, e := range b.entries {
		text.WriteString(e.word)
		s.lists = append(s.lists, e.list...)
	}
	s.words = text.String()
	return s
}
