// Package feed writes a blog as a feed: Atom 1.0 (RFC 4287), RSS 2.0 or JSON Feed 1.1, with the text of posts as HTML.
//
// What must hold: a feed is valid; the same posts give the same bytes; one post at a time is in memory; the id of a post is the
// same in all formats, and doesn't change when its title or the blog's host changes.
package feed

import (
	"bufio"
	"cmp"
	"io"
	"net/url"
	"slices"
	"time"

	"postern/content"
	"postern/content/settings"
	"postern/sshapp/admission/work"
	"postern/sshapp/page/document"
	"postern/sshapp/page/html"
)

// A Feed is a feed to write.
type Feed struct {
	Edition *content.Edition
	Posts   []*content.Post // of the edition, newest first
	Self    string          // the name of the file from which sftp fetches this feed; empty if there is none
	Tag     string          // that was the reason to choose Posts; empty if they were not chosen by a tag
	Brief   bool            // with summaries instead of the posts' texts

	Host settings.Host // what readers type to come to the blog; may be empty

	// Key identifies the blog among all others for ever, while its host and its title may change. The feed's id is made of it.
	Key string

	Turn *work.Turn // in which the HTML of posts is made; nil for no limit
}

// Posts is the default number of posts of a feed: enough for a feed reader that fetches once a week from a blog with four posts
// a day.
const Posts = 30

// A Format is a format of feeds.
type Format struct {
	Name  string
	File  string // the name of the file from which sftp fetches a feed of [Posts] posts; empty if there is none
	write func(Feed, io.Writer) error
}

// Formats returns all formats. The first is the default.
func Formats() []Format {
	return []Format{
		{"atom", "feed.xml", Feed.atom},
		{"rss", "", Feed.rss},
		{"json", "feed.json", Feed.json},
	}
}

// Write writes the feed. The error is the writer's.
func (f Feed) Write(w io.Writer, as Format) error {
	buffered := bufio.NewWriterSize(w, 32<<10) // the data of one SSH packet
	if err := as.write(f, buffered); err != nil {
		return err
	}
	return buffered.Flush()
}

// generator is the name of the program in feeds.
const generator = "Postern"

// title returns the feed's title.
func (f Feed) title() string {
	title := f.Edition.Settings().Title
	if f.Tag != "" {
		title += " · " + f.Tag
	}
	return title
}

// host returns the blog's host, or HOST if it isn't known.
func (f Feed) host() string { return cmp.Or(string(f.Host), "HOST") }

// home returns the blog's URL.
func (f Feed) home() string { return "ssh://" + f.host() }

// link returns the URL at which ssh opens a post.
func (f Feed) link(p *content.Post) string {
	return f.Host.Link(f.Edition.Address(p))
}

// file returns the URL at which sftp fetches a file of the blog.
func (f Feed) file(name string) string {
	return "sftp://" + f.host() + (&url.URL{Path: "/" + name}).EscapedPath()
}

// html returns a post's text. Its links lead to posts by ssh, and to files of the blog by sftp.
func (f Feed) html(p *content.Post) (text string) {
	inside := func(target string) string {
		switch t := f.Edition.Resolve(p, target); {
		case t.Post != nil:
			return f.link(t.Post)
		case t.File != "":
			return f.file("images/" + t.File)
		default:
			return t.URL
		}
	}
	f.Turn.Do(work.Feed, document.WorkBytes(p), func() { text = html.Render(p, inside, f.Turn.Check) })
	return text
}

// updated returns when a post was changed last; zero if no post has a date.
func (f Feed) updated() time.Time {
	var newest time.Time
	for _, p := range f.Posts {
		if t := p.Changed(); t.After(newest) {
			newest = t
		}
	}
	return newest
}

// formatTime formats a time in its own zone, so that it has the day that the author wrote. Offsets with seconds, as zones had in
// the 19th century, can't be expressed in any format: such a time is in UTC.
func formatTime(t time.Time, layout string) string {
	if _, offset := t.Zone(); offset%60 != 0 {
		t = t.UTC()
	}
	return t.Format(layout)
}

// tags returns a post's tags and categories.
func tags(p *content.Post) []string {
	return slices.Concat(p.Tags, p.Categories)
}
