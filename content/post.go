package content

import (
	"time"
)

// A Post is one Markdown file, read. It is immutable and shared: nobody may change one.
type Post struct {
	Path    string    // slash-separated, relative to the directory that was loaded
	Slug    string    // its address: lower case, unique in the library
	Title   string    // one line, never empty
	Day     string    // the date as its author wrote it, YYYY-MM-DD: what readers see; empty for none
	Time    time.Time // the instant behind Day, for order and scheduling; zero for none
	Summary string    // one line of plain text, at most 200 characters; may be empty
	Tags    []string
	Lang    string // a BCP 47 tag, such as "en" or "pt-br"; empty for the blog's own
	Draft   bool   // not to be shown to readers

	// Body is the Markdown behind the front matter. It is valid UTF-8, its lines end in \n, and it holds no control
	// character but tab and newline. Its first line is line BodyLine of the file.
	Body     string
	BodyLine int

	Words int      // in the body's prose
	Sum   [16]byte // changes whenever the file does: a key for whatever is derived from the post
}

// Minutes is how long the post takes to read, at least 1: 238 words a minute, the mean of 190 studies of silent reading
// in English (Brysbaert 2019, https://doi.org/10.1016/j.jml.2019.104047).
func (p *Post) Minutes() int {
	const wordsPerMinute = 238
	return max(1, (p.Words+wordsPerMinute/2)/wordsPerMinute)
}
