package content

import (
	"encoding/binary"
	"hash/maphash"
	"runtime"
	"slices"
	"strings"
	"sync"
)

// A where is a part of a post that has a word, as a bit; the higher, the more a find there is worth.
type where uint8

const (
	inBody where = 1 << iota
	inHeadings
	inSummary
	inTags
	inTitle
)

// An index finds posts by words: see search.go. It is immutable.
type index struct {
	segments []*segment
	places   [][]int32 // for each post of each segment: where it stands in the library, -1 if it has gone
}

// A segment is the index of some posts: for each of their words, the posts that have it.
type segment struct {
	sources []*source
	words   string   // all words in ascending order, without anything between them
	ends    []uint32 // where each of them ends
	lists   []byte   // for each word, the posts with it
	offsets []uint32 // where each list ends
}

// refresh is the share of posts that may have changed before everything is indexed anew: one eighth.
const refresh = 8

// update returns an index of posts. Segments in which most posts are still what they were are kept, and what is new
// gets one of its own, so that a changed post costs little.
func (x *index) update(posts []*Post) *index {
	place := make(map[*source]int32, len(posts))
	for i, p := range posts {
		place[p.source] = int32(i)
	}
	next := &index{}
	covered, dead := 0, 0
	if x != nil {
		for _, s := range x.segments {
			if at, alive := s.locate(place); alive > 0 {
				next.segments, next.places = append(next.segments, s), append(next.places, at)
				covered, dead = covered+alive, dead+len(at)-alive
			}
		}
	}
	if fresh := len(posts) - covered; fresh+dead > 64+len(posts)/refresh || len(next.segments) > 2*runtime.GOMAXPROCS(0)+8 {
		next, covered = &index{}, 0
	}
	if covered == len(posts) {
		return next
	}
	next.add(posts)
	return next
}

// locate returns where the posts of a segment stand now, and how many still do.
func (s *segment) locate(place map[*source]int32) (at []int32, alive int) {
	at = make([]int32, len(s.sources))
	for i, src := range s.sources {
		at[i] = -1
		if p, ok := place[src]; ok {
			at[i] = p
			alive++
		}
	}
	return at, alive
}

// add indexes the posts that no segment has, as many at once as there are processors.
func (x *index) add(posts []*Post) {
	known := make([]bool, len(posts))
	for _, at := range x.places {
		for _, p := range at {
			if p >= 0 {
				known[p] = true
			}
		}
	}
	var fresh []int32
	for i := range posts {
		if !known[i] {
			fresh = append(fresh, int32(i))
		}
	}
	const fewest = 256 // posts that are worth a segment of their own
	parts := max(1, min(runtime.GOMAXPROCS(0), len(fresh)/fewest, 8))
	segments, places := make([]*segment, parts), make([][]int32, parts)
	var wait sync.WaitGroup
	for n := range parts {
		places[n] = fresh[n*len(fresh)/parts : (n+1)*len(fresh)/parts]
		wait.Go(func() {
			b := newBuilder()
			for _, at := range places[n] {
				b.add(posts[at])
			}
			segments[n] = b.segment()
		})
	}
	wait.Wait()
	x.segments, x.places = append(x.segments, segments...), append(x.places, places...)
}

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

// word returns the nth word.
func (s *segment) word(n int) string {
	if n == 0 {
		return s.words[:s.ends[0]]
	}
	return s.words[s.ends[n-1]:s.ends[n]]
}

// list returns the posts with the nth word.
func (s *segment) list(n int) []byte {
	if n == 0 {
		return s.lists[:s.offsets[0]]
	}
	return s.lists[s.offsets[n-1]:s.offsets[n]]
}

// each calls yield for every post in a list: its number in the segment, and where it has the word.
func each(list []byte, yield func(doc int, in where)) {
	doc := -1
	for i := 0; i < len(list); {
		v, n := uint64(list[i]), 1
		if v >= 0x80 {
			v, n = binary.Uvarint(list[i:])
		}
		i += n
		in := inBody
		if v&1 != 0 {
			in = where(list[i])
			i++
		}
		doc += int(v >> 1)
		yield(doc, in)
	}
}
