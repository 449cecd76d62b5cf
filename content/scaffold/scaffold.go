// Package scaffold begins a new post in the conventions of a blog's other posts.
package scaffold

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"postern/content"
	"postern/content/discover"
	"postern/content/frontmatter"
	"postern/content/problem"
	"postern/content/sanitize"
)

// Options are what is known of a post before it is written.
type Options struct {
	Title  string
	Tags   []string
	Draft  bool
	Bundle bool      // as index.md in a directory of its own, whatever the others do
	Now    time.Time // its date
}

// New begins a post as the blog's other posts are begun: where the newest lie, named as they are, with their keys. It
// writes nothing. What it returns reads back as a post of that title, with nothing wrong, unless there is a file of that
// path already; the error says why there can't be one.
func New(l *content.Library, o Options) (path, text string, err error) {
	if sanitize.IndexUnsafe(o.Title) >= 0 {
		return "", "", errors.New("the title holds a control character, or is not UTF-8")
	}
	o.Title, o.Now = sanitize.Line(o.Title), o.Now.In(l.Settings().Location())
	o.Tags = frontmatter.Field{List: o.Tags}.Words(frontmatter.Whole)
	if o.Title == "" {
		return "", "", errors.New("a post needs a title")
	}
	c := conventionsFor(l, o)
	slug := fileSlug(o.Title)
	var first error // why the likeliest file can't be used
	for _, t := range []template{c.template, standard.template} {
		if o.Draft && !c.holdsDrafts() {
			t = t.withDraft()
		}
		for _, slug := range []string{slug, slug + "-1"} { // a file named README or drafts is not a post
			path, text := c.path(slug, o.Now), t.text(o)
			err := check(l, path, text, o)
			if err == nil && discover.IsIndex(path) == c.naming.bundle {
				return path, text, nil
			}
			if first == nil {
				first = err
			}
		}
	}
	return "", "", first
}

// maxSlug bounds what a file's name holds of a title, in bytes: file systems take names of 255.
const maxSlug = 100

// fileSlug makes a file's name of a title. A dot in it could be taken for the beginning of an extension or a language, and
// a file whose name begins with an underscore is not a post.
func fileSlug(title string) string {
	s := sanitize.Slug(strings.NewReplacer(".", "-", "_", "-").Replace(title))
	if len(s) > maxSlug {
		cut := strings.ToValidUTF8(s[:maxSlug], "")
		if i := strings.LastIndexByte(cut, '-'); i > 0 {
			cut = cut[:i]
		}
		s = cut
	}
	if s == "" {
		return "post"
	}
	return s
}

// check returns an error if a file would not be read as the post that is meant.
func check(l *content.Library, path, text string, o Options) error {
	name := sanitize.FileName(path)
	after := l.With(path, text)
	for _, p := range after.Problems() {
		if p.File == name {
			return errors.New(p.String())
		}
	}
	p, ok := after.Post(path)
	switch {
	case !ok:
		return fmt.Errorf("%s would not be read: %s", name, whyLeftOut(after, name))
	case p.Title != o.Title:
		return fmt.Errorf("%s would be read as a post titled %s", name, problem.Quote(p.Title))
	case p.Page:
		return fmt.Errorf("%s would be read as a page, beside the posts", name)
	case p.Draft != o.Draft || len(o.Tags) > 0 && !slices.Equal(p.Tags, o.Tags):
		return fmt.Errorf("%s would not be read as it is meant", name)
	}
	return nil
}

func whyLeftOut(l *content.Library, name string) string {
	for _, f := range l.LeftOut() {
		if f.Path == name {
			return f.Why
		}
	}
	return "it is not among the posts"
}
