package content

import (
	"encoding/binary"
	"runtime"
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
