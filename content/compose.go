package content

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"postern/content/discover"
	"postern/content/frontmatter"
	"postern/content/problem"
	"postern/content/sanitize"
)

// An Idea is what is known of a post before it is written.
type Idea struct {
	Title  string
	Tags   []string
	Draft  bool
	Bundle bool      // as index.md in a directory of its own, whatever the others do
	Now    time.Time // its date
}

// Compose begins a post as the blog's other posts are begun: where the newest lie, named as they are, with their keys. It
// writes nothing. What it returns reads back as a post of that title, with nothing wrong, unless there is a file of that
// name already; the error says why there can't be one.
func (l *Library) Compose(idea Idea) (name, text string, err error) {
	if sanitize.IndexUnsafe(idea.Title) >= 0 {
		return "", "", errors.New("the title holds a control character, or is not UTF-8")
	}
	idea.Title, idea.Now = sanitize.Line(idea.Title), idea.Now.In(l.settings.Location())
	idea.Tags = frontmatter.Field{List: idea.Tags}.Words(frontmatter.Whole)
	if idea.Title == "" {
		return "", "", errors.New("a post needs a title")
	}
	m := l.mannerOf(idea)
	slug := fileSlug(idea.Title)
	var why error
	for _, h := range []frontHead{m.head, readme.head} {
		if idea.Draft && !m.apart() {
			h = h.withDraft()
		}
		for _, slug := range []string{slug, slug + "-1"} { // of "README" or "drafts" there is no post
			name, text := m.path(slug, idea.Now), h.text(idea)
			wrong := l.wouldRead(name, text, idea)
			if wrong == nil && discover.IsIndex(name) == m.naming.bundle {
				return name, text, nil
			}
			if why == nil {
				why = wrong
			}
		}
	}
	return "", "", why
}

// mannerOf returns the manner for a post: that of the others or, for a draft, of the other drafts.
func (l *Library) mannerOf(idea Idea) manner {
	m, learned := l.manner(false)
	drafts, any := l.manner(true)
	switch at := strings.LastIndex("/"+m.dir+"/", "/_posts/"); {
	case any && !learned && (idea.Draft || !drafts.apart()):
		m = drafts
	case any && !learned:
		m.head = drafts.head
	case any && idea.Draft && drafts.apart():
		m.dir, m.naming = drafts.dir, drafts.naming
	case idea.Draft && !any && at >= 0: // as Jekyll and Hexo do
		m.dir = path.Join(m.dir[:at], "_drafts")
		m.naming.day = dayless
	}
	m.naming.bundle = m.naming.bundle || idea.Bundle
	return m
}

// maxSlug bounds what a file's name holds of a title, in bytes: file systems take names of 255.
const maxSlug = 100

// fileSlug makes a file's name of a title. A dot in it could be taken for the beginning of an extension or a language, and
// what begins with an underscore is no post.
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

// wouldRead says why a file would not be read as the post that it is meant to be.
func (l *Library) wouldRead(name, text string, idea Idea) error {
	after := l.With(name, text)
	for _, p := range after.problems {
		if p.File == sanitize.FileName(name) {
			return errors.New(p.String())
		}
	}
	p := after.address.paths[name]
	switch {
	case p == nil:
		return fmt.Errorf("%s would not be read: %s", sanitize.FileName(name), whyLeftOut(after.leftOut, name))
	case p.Title != idea.Title:
		return fmt.Errorf("%s would be read as a post titled %s", sanitize.FileName(name), problem.Quote(p.Title))
	case p.Page:
		return fmt.Errorf("%s would be read as a page, beside the posts", sanitize.FileName(name))
	case p.Draft != idea.Draft || len(idea.Tags) > 0 && !slices.Equal(p.Tags, idea.Tags):
		return fmt.Errorf("%s would not be read as it is meant", sanitize.FileName(name))
	}
	return nil
}

func whyLeftOut(all []discover.LeftOut, name string) string {
	i := slices.IndexFunc(all, func(o discover.LeftOut) bool { return o.Path == sanitize.FileName(name) })
	if i < 0 {
		return "it is not among the posts"
	}
	return all[i].Why
}
