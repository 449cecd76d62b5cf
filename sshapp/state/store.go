// Package state keeps what readers who agreed to it want kept: where they are in posts, their bookmarks, their settings. And it
// keeps how often posts are read, which says nothing of anybody. It knows nothing of SSH and of posts: a reader is a number made
// of a key, and a place in a post is a text.
//
// A [Store] keeps records on a disk. A [Keeper] has those of the readers who are here in memory, so that nobody waits for the
// store, and saves what has changed.
package state

import (
	"context"
	"errors"
	"time"
)

// An ID stands for a reader's key; see [Secret.ID].
type ID [16]byte

// A Record is all that is kept of a reader. Times are kept in whole seconds.
type Record struct {
	Seen      time.Time // when a session of theirs, of any kind, was open last
	Here      time.Time // when they read last
	Before    time.Time // when they had read last before that visit; zero if it was their first
	Settings  Settings
	Posts     map[string]Post // by address
	Bookmarks []Bookmark      // the oldest first
}

// Settings are how a reader wants to read.
type Settings struct {
	Theme string // by name; empty for the blog's own
	Width int    // of the column of text, in cells; 0 for the default

	Pictures PictureSetting
	Order    OrderSetting
}

// A PictureSetting is what a reader wants to see of pictures.
type PictureSetting int

const (
	PicturesAsBlogSays PictureSetting = iota
	PicturesShown
	CaptionsShown
)

// String returns the setting as blogs write it in postern.toml; empty for what the blog says.
func (s PictureSetting) String() string {
	switch s {
	case PicturesShown:
		return "show"
	case CaptionsShown:
		return "caption"
	}
	return ""
}

// An OrderSetting is what a reader wants done with right-to-left text, on terminals that don't say whether they reorder it.
type OrderSetting int

const (
	OrderAsBlogSays OrderSetting = iota
	Reordered
	LeftToTerminal
)

// String returns the setting as blogs write it in postern.toml; empty for what the blog says.
func (s OrderSetting) String() string {
	switch s {
	case Reordered:
		return "reorder"
	case LeftToTerminal:
		return "leave"
	}
	return ""
}

// A Post is how far a reader has read a post.
type Post struct {
	Mark    string    // the place that was on top when it was closed; empty for the beginning
	Percent int       // the most of it that was ever read; 100 for all
	At      time.Time // when it was open last
}

// A Bookmark is a place that a reader wants to find again. Post and Mark identify it.
type Bookmark struct {
	Post string // an address
	Mark string // a place in it; empty for the beginning
	Text string // how the text there begins, on one line
	At   time.Time
}

// A Change is what has changed in a record. Of a post the newest At wins, but the largest Percent.
type Change struct {
	Agreed             bool // the reader has agreed: a record is made if there is none
	Seen, Here, Before time.Time
	Settings           *Settings // nil if they haven't changed
	Posts              map[string]Post
	Dropped            []string   // addresses of posts that are kept no more
	Bookmarks          []Bookmark // that were added
	Removed            []Bookmark // of which Post and Mark matter
}

// Errors of a [Store].
var (
	ErrUnknown = errors.New("nothing is kept of this reader")
	ErrCorrupt = errors.New("the database is damaged")
	ErrFull    = errors.New("there is no room to remember more readers")
)

// A Store keeps the records of readers, and counts. It is safe for concurrent use by several processes.
type Store interface {
	// Load returns the record of a reader, or ErrUnknown.
	Load(ctx context.Context, id ID) (Record, error)

	// Save changes the record of a reader: all of the change, or nothing. The error is ErrUnknown if there is no record and the
	// change doesn't say that the reader has agreed; so what was forgotten elsewhere is not written again. It is
	// ErrFull if there would be a new record and the store has no room for more: the rest is for the readers and counts that it has.
	Save(ctx context.Context, id ID, c Change) error

	// Forget erases a reader. When it has returned nil, no file of the store holds the ID. It is no error if there is no record.
	Forget(ctx context.Context, id ID) error

	// Expire erases the readers who were seen last before a moment, and returns how many they were.
	Expire(ctx context.Context, before time.Time) (int, error)

	// Salt returns the salt of a day. If there is none yet, the proposed one is it from now on, for all who use the store.
	Salt(ctx context.Context, day string, proposed Salt) (Salt, error)

	// Count adds to what is counted: all of the tallies, or nothing. A count's readers are counted by its sketch, as [Tally.Merge]
	// does, for as long as there is one.
	Count(ctx context.Context, added []Tally) error

	// Counts returns the first counts behind a key, in the order of keys: n at most.
	Counts(ctx context.Context, behind Key, n int) ([]Count, error)

	// Sums returns the reads of a day and later, added up: one for each post and way, in their order, without a day and without
	// different readers, since who read on two days would be two.
	Sums(ctx context.Context, since string) ([]Count, error)

	// IDs returns the first IDs of readers behind one, in the order of their bytes: n at most.
	IDs(ctx context.Context, behind ID, n int) ([]ID, error)

	// Replace erases all that is kept and counted, and has write write what takes its place. If write fails, all is as it was.
	Replace(ctx context.Context, write func(Writer) error) error

	// Fold adds counts of days to those of the first days of their months, which then stand for the months. The newest counts, as
	// many as keep says (1 or more), and all others of their months stay as they are. At most n counts are folded; it returns how
	// many, which is 0 when all is folded.
	Fold(ctx context.Context, keep, n int) (int, error)

	// EndDays erases the salts and the sketches of all days before one; the counts stay. When it has returned nil, no file of the
	// store holds them.
	EndDays(ctx context.Context, before string) error

	Close() error
}

// A Writer writes what is kept and counted elsewhere.
type Writer interface {
	// Save is that of [Store], but takes in readers where there is no room for new ones.
	Save(ctx context.Context, id ID, c Change) error

	// AddCounts adds to what is counted. The different readers of both are added up.
	AddCounts(ctx context.Context, counted []Count) error
}
