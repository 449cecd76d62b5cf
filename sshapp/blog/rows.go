package blog

import (
	"sync"
	"weak"

	"postern/content"
	"postern/sshapp/phrase"
)

// Rows keeps the lines of the rows of lists that were drawn for readers of whom nothing is known: they look the same to all of them, and
// most see the same list first. It is safe for concurrent use. A nil *Rows keeps nothing.
type Rows struct {
	mu    sync.Mutex
	lines map[RowKey][]string
}

// A RowKey is what the lines of such a row depend on.
type RowKey struct {
	Post            weak.Pointer[content.Post] // which isn't kept once it is replaced
	Words           *phrase.Language           // that the interface speaks
	Measure, Margin int                        // in cells
	Short           bool                       // the row has one line
	Selected        bool
}

// maxRows is how many rows are kept: those of some terminals of different sizes, in about half a megabyte.
const maxRows = 1000

// Lines returns the lines of a row, which draw makes if they aren't kept. Nobody may change them.
func (r *Rows) Lines(key RowKey, draw func() []string) []string {
	if r == nil {
		return draw()
	}
	r.mu.Lock()
	lines, ok := r.lines[key]
	r.mu.Unlock()
	if ok {
		return lines
	}
	lines = draw()
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.lines) >= maxRows { // among them may be those of posts that were replaced
		r.lines = nil
	}
	if r.lines == nil {
		r.lines = map[RowKey][]string{}
	}
	r.lines[key] = lines
	return lines
}
