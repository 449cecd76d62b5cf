package content

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"
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
	if firstUnsafe(idea.Title) >= 0 {
		return "", "", errors.New("the title holds a control character, or is not UTF-8")
	}
	idea.Title, idea.Now = line(idea.Title), idea.Now.In(l.settings.location)
	for i, tag := range idea.Tags {
		idea.Tags[i] = line(tag)
	}
	idea.Tags = slices.DeleteFunc(idea.Tags, func(tag string) bool { return tag == "" })
	if idea.Title == "" {
		return "", "", errors.New("a post needs a title")
	}
	m := l.mannerOf(idea)
	slug := fileSlug(idea.Title)
	var why error
	for _, h := range []head{m.head, readme.head} {
		if idea.Draft && !m.apart() {
			h = h.withDraft()
		}
		for _, slug := range []string{slug, slug + "-1"} { // of "README" or "drafts" there is no post
			name, text := m.path(slug, idea.Now), h.text(idea)
			wrong := l.wouldRead(name, text, idea)
			if wrong == nil && isIndex(name) == m.naming.bundle {
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
	s := slugify(strings.NewReplacer(".", "-", "_", "-").Replace(title))
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
	var t tree
	for p := range l.readings {
		if p != name {
			t.posts = append(t.posts, found{path: p})
		}
	}
	for _, f := range l.files.paths {
		t.files = append(t.files, f)
	}
	t.posts = append(t.posts, found{path: name})
	slices.SortFunc(t.posts, func(a, b found) int { return strings.Compare(a.path, b.path) })
	slices.Sort(t.files)
	s := surveySite(t, l.settings.Posts)
	i := slices.IndexFunc(s.files, func(f file) bool { return f.path == name })
	if i < 0 {
		return fmt.Errorf("%s would not be read: %s", shown(name), s.leftOut[slices.IndexFunc(s.leftOut, func(o LeftOut) bool { return o.Path == shown(name) })].Why)
	}
	d := l.dialect
	d.jekyll = s.jekyll
	after := &Library{settings: l.settings, root: s.root, dialect: d}
	sources := []reading{{source: parse(s.files[i], []byte(text), d)}}
	for p, r := range l.readings {
		if p != name {
			sources = append(sources, r)
		}
	}
	after.assemble(sources)
	for _, p := range after.problems {
		if p.File == shown(name) {
			return errors.New(p.String())
		}
	}
	p := after.address.files[sources[0].source]
	switch {
	case p == nil:
		return fmt.Errorf("%s would not be read: %s", shown(name), sources[0].leftOut)
	case p.Title != idea.Title:
		return fmt.Errorf("%s would be read as a post titled %s", shown(name), quoted(p.Title))
	case p.Page || p.Draft != idea.Draft || len(idea.Tags) > 0 && !slices.Equal(p.Tags, idea.Tags):
		return fmt.Errorf("%s would not be read as it is meant", shown(name))
	}
	return nil
}
