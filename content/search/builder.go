package search

import (
	"encoding/binary"
	"hash/maphash"
	"slices"
	"strings"
)

// A builder makes a segment, one document after another. Nearly all of the time of loading is spent in it, a few
// nanoseconds for each of ten million words, so what every word touches is kept small and together: a map of strings
// takes three times as long.
type builder struct {
	documents []Document
	plain     *tokenizer
	markdown  *tokenizer
	seed      maphash.Seed
	slots     []slot      // a hash table; its length is a power of two
	states    []wordState // of each word, by its number
	entries   []entry     // likewise
	touched   []uint32    // the words of the document at hand
}

// A slot leads to a word: 1 + its number, 0 for none. Part of the hash stands beside it.
type slot struct{ hash, id uint32 }

// A wordState is what a word is known by, and which parts of the document at hand have it. Two words with one hash would
// be taken for one; among a million words that happens once in ten million times.
type wordState struct {
	hash uint64
	in   parts
}

// An entry is a word, and the documents that have it.
type entry struct {
	word string
	list []byte
	last uint32 // 1 + the last document in list
}

func newBuilder() *builder {
	return &builder{plain: newTokenizer(false), markdown: newTokenizer(true), slots: make([]slot, 1<<12), seed: maphash.MakeSeed()}
}

func (b *builder) add(d Document) {
	b.documents = append(b.documents, d)
	doc := uint32(len(b.documents))
	b.touched = b.touched[:0]
	t := d.Text()
	b.text(b.plain, t.Title, inTitle)
	for _, label := range t.Labels {
		b.text(b.plain, label, inLabels)
	}
	b.text(b.plain, t.Summary, inSummary)
	b.text(b.plain, t.Headings, inHeadings)
	b.text(b.markdown, t.Body, inBody)
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

func (b *builder) text(t *tokenizer, text string, in parts) {
	t.each(text, func(folded []byte, _, _ int, _ bool) {
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
	b.entries, b.states = append(b.entries, entry{word: string(word)}), append(b.states, wordState{hash: hash})
	b.slots[at] = slot{uint32(hash >> 32), uint32(len(b.states))}
	if 2*len(b.states) > len(b.slots) {
		b.grow()
	}
	return uint32(len(b.states) - 1)
}

// grow doubles the hash table.
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
	s := &segment{documents: b.documents, wordEnds: make([]uint32, len(b.entries)), listEnds: make([]uint32, len(b.entries))}
	words, lists := 0, 0
	for i, e := range b.entries {
		words, lists = words+len(e.word), lists+len(e.list)
		s.wordEnds[i], s.listEnds[i] = uint32(words), uint32(lists)
	}
	var text strings.Builder
	text.Grow(words)
	s.lists = make([]byte, 0, lists)
	for _, e := range b.entries {
		text.WriteString(e.word)
		s.lists = append(s.lists, e.list...)
	}
	s.words = text.String()
	return s
}
