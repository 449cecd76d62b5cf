package content

import (
	"strings"
	"time"

	"postern/content/discover"
)

// A Post is one Markdown file, read. It is immutable and shared: nobody may change one.
type Post struct {
	Path string // slash-separated, relative to the directory that was loaded; safe to show

	// Slug is its address, unique among the posts of its language: of what its front matter claims (slug, permalink, url, path,
	// basename) the last part, with as many before it as other posts make necessary; else its file's name without date
	// and language, else that with its date, else its whole path. In lower case and NFC; letters of any script, digits, marks
	// and - . _ only, and slashes between parts.
	Slug    string
	Aliases []string // further addresses, each made as Slug is: what the front matter claims, whole, and the file's name

	Title string // one line, never empty: the front matter's, else the body's first H1, else the file's name
	Page  bool   // it stands beside the list of posts, not in it, as "about" does

	Day        string    // the date as its author wrote it, YYYY-MM-DD: what readers see; empty for none
	Time       time.Time // the instant behind Day, for order and scheduling; zero for none
	UpdatedDay string    // the day of the last change that the author declared, as Day; empty for none
	Updated    time.Time // the instant behind UpdatedDay; zero for none
	Expires    time.Time // from this instant on it is published no more; zero for never

	Summary    string   // one line of plain text, at most 200 characters; may be empty
	Tags       []string // as written, each once
	Categories []string // as written, each once; other than tags
	Series     string   // the name of the series that it belongs to; empty for none
	Authors    []string
	Lang       string // a BCP 47 tag in lower case, such as "en" or "pt-br"; empty for the blog's own
	Language   string // as Lang, or the blog's own; empty if that isn't known

	Reply string // where readers write to its author: a URL; empty for what the settings say, [NoReply] for nowhere

	Draft    bool // not to be shown to readers
	Unlisted bool // shown to who has its address, and listed nowhere

	// Body is the Markdown behind the front matter, without the author's remarks, which are <!-- … -->, %% … %% and others. It
	// is valid UTF-8, its lines end in \n, and it holds no control character but tab and newline. Its first line is line
	// BodyLine of the file.
	Body     string
	BodyLine int

	Words int      // in the body's prose: neither code nor markup; 5 characters of Chinese or Japanese count as 3 words
	Sum   [16]byte // changes whenever the file does: a key for whatever is derived from the post

	source    *source
	templates *templates        // nil if it has none, or its blog's generator runs none
	included  map[string]string // the texts of other files, by the names that it has for them
}

// NoReply is the [Post.Reply] of a post to whose author readers are not to write.
const NoReply = "-"

// Untitled is the title of a post for which neither its text nor its file's name has one.
const Untitled = discover.Untitled

// File returns what the path of the post's file says of it.
func (p *Post) File() discover.File { return p.source.file }

// Broken reports whether there is an error in the post's file, so that something is not shown as its author meant it.
func (p *Post) Broken() bool { return p.source.broken() }

// PageForNoDate reports whether it is a page for no other reason than that it has no date.
func (p *Post) PageForNoDate() bool { return p.Page && !p.source.isDeclaredPage() }

// Changed is when the post was last changed, as far as its author has said: not before it was published. Zero for a post
// without a date.
func (p *Post) Changed() time.Time {
	if p.Updated.After(p.Time) {
		return p.Updated
	}
	return p.Time
}

// Minutes is how long the post takes to read, at least 1: 238 words a minute, what 190 studies of silent reading have found
// for English non-fiction (Brysbaert 2019, https://doi.org/10.1016/j.jml.2019.104047).
func (p *Post) Minutes() int {
	const wordsPerMinute = 238
	return max(1, (p.Words+wordsPerMinute/2)/wordsPerMinute)
}

// newestFirst is the order of a blog: by instant, then by path, so that it never changes between runs.
func newestFirst(a, b *Post) int {
	if c := b.Time.Compare(a.Time); c != 0 {
		return c
	}
	return strings.Compare(a.Path, b.Path)
}
