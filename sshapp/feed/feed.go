// Package feed writes a blog as a feed: Atom 1.0 (RFC 4287), RSS 2.0 or JSON Feed 1.1, each with the posts in full as HTML.
// What must hold: what is written is valid, and the same posts give the same bytes; one post at a time is in memory; and a
// post's id stays when the blog moves, when a title changes, and from one format to another.
package feed

import (
	"bufio"
	"cmp"
	"io"
	"net/url"
	"time"

	"postern/content"
	"postern/content/settings"
	"postern/sshapp/page/html"
)

// A Feed is what is to be written.
type Feed struct {
	Edition *content.Edition
	Posts   []*content.Post // of the edition, newest first
	Self    string          // the file that sftp fetches this very feed from; empty if there is none
	Tag     string          // that all of Posts have; empty if they were not chosen by one
	Brief   bool            // summaries alone, without the posts' text

	Host settings.Host // what readers type to come to the blog; may be empty

	// Key tells the blog from all others for as long as it lives, whatever its host and title are. It makes the feed's id.
	Key string
}

// Posts is how many posts a feed has unless more or fewer are asked for: a reader who looks in once a week misses none of
// a blog that writes four a day.
const Posts = 30

// A Format is one that feeds are written in.
type Format struct {
	Name  string
	File  string // that sftp fetches a feed of [Posts] posts from; empty if there is none
	write func(Feed, io.Writer) error
}

// Formats returns all formats, the one in front that is meant where none is named.
func Formats() []Format {
	return []Format{
		{"atom", "feed.xml", Feed.atom},
		{"rss", "", Feed.rss},
		{"json", "feed.json", Feed.json},
	}
}

// Write writes the feed. The error is the writer's.
func (f Feed) Write(w io.Writer, as Format) error {
	buffered := bufio.NewWriterSize(w, 32<<10) // what one packet of SSH holds
	if err := as.write(f, buffered); err != nil {
		return err
	}
	return buffered.Flush()
}

// generator is who makes the feed.
const generator = "Postern"

// title is the feed's.
func (f Feed) title() string {
	title := f.Edition.Settings().Title
	if f.Tag != "" {
		title += " · " + f.Tag
	}
	return title
}

// host is where the blog is, as far as anyone has said so.
func (f Feed) host() string { return cmp.Or(string(f.Host), "HOST") }

// home is the blog's address.
func (f Feed) home() string { return "ssh://" + f.host() }

// link is a post's address, at which ssh opens it.
func (f Feed) link(p *content.Post) string {
	return f.Host.Link(f.Edition.Address(p))
}

// file is the address at which sftp fetches a file of the blog.
func (f Feed) file(name string) string {
	return "sftp://" + f.host() + (&url.URL{Path: "/" + name}).EscapedPath()
}

// html returns a post's text. Links within the blog lead to the posts over SSH, and to its files over SFTP.
func (f Feed) html(p *content.Post) string {
	return html.Render(p, func(target string) string {
		switch t := f.Edition.Resolve(p, target); {
		case t.Post != nil:
			return f.link(t.Post)
		case t.File != "":
			return f.file("images/" + t.File)
		default:
			return t.URL
		}
	})
}

// updated is when the newest of the posts was last changed.
func (f Feed) updated() time.Time {
	var newest time.Time
	for _, p := range f.Posts {
		if t := p.Changed(); t.After(newest) {
			newest = t
		}
	}
	return newest
}

// written writes an instant in its own zone, so that the day in it is the one that the author wrote. No format knows the
// seconds that offsets of zones had before clocks were set by wire: then it is UTC.
func written(t time.Time, layout string) string {
	if _, offset := t.Zone(); offset%60 != 0 {
		t = t.UTC()
	}
	return t.Format(layout)
}

// tags are a post's tags and categories.
func tags(p *content.Post) []string {
	return append(append([]string(nil), p.Tags...), p.Categories...)
}
