package search

import (
	"encoding/binary"
	"runtime"
	"sync"
)

// A Document is what can be found. An index knows it by identity, so it is a pointer to something that doesn't change.
type Document interface {
	Text() Text
}

// A Text is the parts of a document, in the order of what a find there is worth.
type Text struct {
	Title    string
	Labels   []string // tags, categories and the like
	Summary  string
	Headings string
	Body     string // Markdown: tags and the targets of links are not searched
}

// parts are parts of a document that have a word, a bit each; the higher, the more a find there is worth.
type parts uint8

const (
	inBody parts = 1 << iota
	inHeadings
	inSummary
	inLabels
	inTitle
)

// An Index finds documents by words. It is immutable, and safe for concurrent use. The zero Index has no documents.
type Index struct {
	segments  []*segment
	positions [][]int32 // for each document of each segment: its position in the list of Update, -1 if it has gone
	documents int       // in that list
}

// A segment is the index of some documents: for each of their words, the documents that have it.
type segment struct {
	documents []Document
	words     string   // all words in ascending order, without anything between them
	wordEnds  []uint32 // where each of them ends
	lists     []byte   // for each word, the documents with it: see eachDocument
	listEnds  []uint32 // where each list ends
}

// rebuildShare is the share of documents that may have changed before everything is indexed anew: one eighth.
const rebuildShare = 8

// Update returns an index of documents. Segments in which most documents are still there are kept, and what is new gets a
// segment of its own, so that a changed document costs little. Of a nil Index, nothing is kept.
func (x *Index) Update(documents []Document) *Index {
	position := make(map[Document]int32, len(documents))
	for i, d := range documents {
		position[d] = int32(i)
	}
	next := &Index{documents: len(documents)}
	covered, gone := 0, 0
	if x != nil {
		for _, s := range x.segments {
			if at, alive := s.locate(position); alive > 0 {
				next.segments, next.positions = append(next.segments, s), append(next.positions, at)
				covered, gone = covered+alive, gone+len(at)-alive
			}
		}
	}
	if fresh := len(documents) - covered; fresh+gone > 64+len(documents)/rebuildShare || len(next.segments) > 2*runtime.GOMAXPROCS(0)+8 {
		next, covered = &Index{documents: len(documents)}, 0
	}
	if covered == len(documents) {
		return next
	}
	next.add(documents)
	return next
}

// locate returns the positions that the documents of a segment have now, and how many still have one.
func (s *segment) locate(position map[Document]int32) (at []int32, alive int) {
	at = make([]int32, len(s.documents))
	for i, d := range s.documents {
		at[i] = -1
		if p, ok := position[d]; ok {
			at[i] = p
			alive++
		}
	}
	return at, alive
}

// add indexes the documents that no segment has, as many at once as there are processors.
func (x *Index) add(documents []Document) {
	known := make([]bool, len(documents))
	for _, at := range x.positions {
		for _, p := range at {
			if p >= 0 {
				known[p] = true
			}
		}
	}
	var fresh []int32
	for i := range documents {
		if !known[i] {
			fresh = append(fresh, int32(i))
		}
	}
	const fewest = 256 // documents that are worth a segment of their own
	count := max(1, min(runtime.GOMAXPROCS(0), len(fresh)/fewest, 8))
	segments, positions := make([]*segment, count), make([][]int32, count)
	var wait sync.WaitGroup
	for n := range count {
		positions[n] = fresh[n*len(fresh)/count : (n+1)*len(fresh)/count]
		wait.Go(func() {
			b := newBuilder()
			for _, at := range positions[n] {
				b.add(documents[at])
			}
			segments[n] = b.segment()
		})
	}
	wait.Wait()
	x.segments, x.positions = append(x.segments, segments...), append(x.positions, positions...)
}

// Size returns how many bytes the index holds, beside the documents.
func (x *Index) Size() int {
	n := 0
	for i, s := range x.segments {
		n += len(s.words) + len(s.lists) + 4*len(s.wordEnds) + 4*len(s.listEnds) + 16*len(s.documents) + 4*len(x.positions[i])
	}
	return n
}

// word returns the nth word.
func (s *segment) word(n int) string {
	if n == 0 {
		return s.words[:s.wordEnds[0]]
	}
	return s.words[s.wordEnds[n-1]:s.wordEnds[n]]
}

// list returns the list of documents with the nth word.
func (s *segment) list(n int) []byte {
	if n == 0 {
		return s.lists[:s.listEnds[0]]
	}
	return s.lists[s.listEnds[n-1]:s.listEnds[n]]
}

// eachDocument calls yield for every document in a list: its number in the segment, and the parts that have the word. The
// list holds, for each document, twice the gap to the one before as a varint; it is odd where a byte with the parts follows,
// and even where only the body has the word.
func eachDocument(list []byte, yield func(doc int, in parts)) {
	doc := -1
	for i := 0; i < len(list); {
		v, n := uint64(list[i]), 1
		if v >= 0x80 {
			v, n = binary.Uvarint(list[i:])
		}
		i += n
		in := inBody
		if v&1 != 0 {
			in = parts(list[i])
			i++
		}
		doc += int(v >> 1)
		yield(doc, in)
	}
}
