package publish

import (
	"fmt"
	"strings"
	"time"

	"postern/content/problem"
)

// An Author is who publishes.
type Author struct {
	Name string `json:"name"`          // as the authors' file has it
	Key  string `json:"key,omitempty"` // the fingerprint of the key that was proved; empty for who publishes on the machine itself
}

// A Change is what an author wants to be different.
type Change struct {
	Author Author
	Way    string // how it came in: "publish", "deploy", "sftp", "git", "undo"
	// Base is the generation that the author had before them when they made the change; 0 for whatever is current, and Nothing
	// for none. A change that would take back what was published since then is refused with a [ConflictError].
	Base   int
	Put    map[string]File // by path: what is to be there
	Remove []string        // paths that are to be there no more; a path that isn't there is ignored
	Whole  bool            // Put is all that is to be there: every other path is removed
	Undoes int             // the generation that this one is equal to; 0 for a change that isn't an undoing, which is checked
	DryRun bool            // everything is done but the publishing

	// Session is what many small changes that belong together have in common, such as those of one connection; empty for a
	// change that stands alone. Those of one session in a row are one publication in the history, and undone together. They
	// don't conflict with each other.
	Session string
}

// Nothing is the [Change.Base] of who knows of nothing that was published.
const Nothing = -1

// A File is a file of the site that may be part of a tree: of a generation, of the desk, or on its way in. Its bytes never
// change.
type File struct {
	name string // slash-separated, in the site's directory
}

// A Publication is what the log keeps of a generation.
type Publication struct {
	Generation int       `json:"generation"`
	Time       time.Time `json:"time"`
	Author     Author    `json:"author"`
	Way        string    `json:"way"`
	Session    string    `json:"session,omitempty"` // see [Change]
	Undoes     int       `json:"undoes,omitempty"`  // the generation that this one is equal to
	Added      []string  `json:"added,omitempty"`   // paths, sorted
	Changed    []string  `json:"changed,omitempty"`
	Removed    []string  `json:"removed,omitempty"`
	Bytes      int64     `json:"bytes"` // of the files that were added and changed

	From     int               `json:"-"` // the generation that this one differs from
	Problems []problem.Problem `json:"-"` // the warnings that came with it
}

// A CheckError says that a tree was not published, for what is wrong with it.
type CheckError struct{ Problems []problem.Problem }

func (e *CheckError) Error() string {
	var b strings.Builder
	b.WriteString("not published:")
	for _, p := range e.Problems {
		if p.Severity == problem.Error {
			b.WriteString("\n" + p.String())
		}
	}
	return b.String()
}

// A ConflictError says that a change was not published, since another one came first.
type ConflictError struct {
	Path  string // that both touch
	Other Publication
}

func (e *ConflictError) Error() string {
	return fmt.Sprintf("not published: %s was changed by %s at %s (generation %d); take that change in and publish again",
		e.Path, e.Other.Author.Name, e.Other.Time.UTC().Format("2006-01-02 15:04:05 MST"), e.Other.Generation)
}
