package state

import (
	"cmp"
	"time"
)

// A Way is how a text reaches those who read it.
type Way string

// The ways.
const (
	Screens Way = "screens" // on a terminal
	Lines   Way = "lines"   // line by line
	Pipe    Way = "pipe"    // as the answer to a command
	Files   Way = "files"   // over SFTP, or in an archive
	Feed    Way = "feed"    // which has many posts, and so none of a Key
)

// Ways returns all ways, in the order in which they are listed.
func Ways() []Way { return []Way{Screens, Lines, Pipe, Files, Feed} }

// A Key says what is counted: the reads of a post on a day, in one way. Keys are ordered by their bytes: day, post, way.
type Key struct {
	Day  string // of UTC, as 2026-11-22
	Post string // its address; empty for what has many posts, a feed or an archive
	Way  Way
}

// Compare orders keys.
func (k Key) Compare(other Key) int {
	return cmp.Or(cmp.Compare(k.Day, other.Day), cmp.Compare(k.Post, other.Post), cmp.Compare(k.Way, other.Way))
}

// Day returns the day of a moment, for a [Key].
func Day(at time.Time) string { return at.UTC().Format(time.DateOnly) }

// A Count is how often something was read, and by how many different readers.
type Count struct {
	Key
	Reads, Uniques int
}

// A Tally is what is added to a count.
type Tally struct {
	Key
	Reads   int
	Readers *Sketch
}

// Merge adds the readers of the tally to those of a sketch that a store has; none if that is empty or damaged. It returns the
// sketch to keep, and how many readers were added that it didn't have.
func (t Tally) Merge(kept []byte) (merged []byte, added int) {
	all, err := ParseSketch(kept)
	if err != nil {
		all = NewSketch()
	}
	before := all.Count()
	all.Merge(t.Readers)
	all.compact()
	return all.Bytes(), all.Count() - before
}
