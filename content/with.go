package content

import (
	"cmp"
	"slices"
	"strings"

	"postern/content/discover"
)

// With returns the library as it would be if the Markdown file at a path held a text, whether there is such a file or not.
// No part of the path may begin with a dot, since such files are never posts. Only files that are read in another way beside
// the new one are parsed again, or read if the site had not had them. Search finds nothing in the library.
func (l *Library) With(path, text string) *Library {
	in := l.inputs
	at, found := findFile(in.tree.Posts, path)
	if !found {
		in.tree.Posts = slices.Insert(slices.Clone(in.tree.Posts), at, discover.TreeFile{Path: path})
	}
	in.choose(in.postsDirs)
	in.sources = make([]*source, len(in.site.Files))
	for i, f := range in.site.Files {
		if f.Path == path {
			in.sources[i] = parse(f, []byte(text), in.parseOptions)
		} else {
			in.sources[i] = l.reparse(f, in.parseOptions)
		}
	}
	return assemble(in)
}

// Parse returns the post that a text would be in this blog, apart from its file and the other posts. It is [Untitled] unless the
// text has a title, and its slug is empty unless the text claims one.
func (l *Library) Parse(text []byte) *Post {
	s := parse(discover.File{}, text, l.parseOptions)
	p := s.post
	p.source = s
	p.templates = l.templates
	p.Language = cmp.Or(p.Lang, l.settings.Language)
	if len(s.claims) > 0 {
		p.Slug = s.claims[0]
	}
	return &p
}

// reparse returns the source of a file of a site that is nearly the library's, in which it may be read in another way.
func (l *Library) reparse(f discover.File, opt parseOptions) *source {
	old := l.sourceOf(f.Path)
	switch {
	case old == nil:
		data, _, err := readFile(l.fsys, f.Path)
		if err != nil {
			return unreadable(f, err)
		}
		return parse(f, data, opt)
	case old.file == f && l.parseOptions.same(opt), old.unread, old.stale:
		return old
	}
	return parse(f, []byte(old.post.Raw()), opt)
}

// sourceOf returns the source of the file at a path, nil if the site has none.
func (l *Library) sourceOf(path string) *source {
	i, ok := slices.BinarySearchFunc(l.sources, path, func(s *source, path string) int { return strings.Compare(s.file.Path, path) })
	if !ok {
		return nil
	}
	return l.sources[i]
}
