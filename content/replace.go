package content

import (
	"maps"
	"reflect"
	"slices"
	"time"

	"postern/content/discover"
	"postern/content/problem"
	"postern/content/sanitize"
	"postern/content/search"
)

// Most changes are of a text: the post keeps its place in the list, and its address. Then the rest of the library is taken
// over as it is, in a quarter of the time that making it anew takes. What must hold: what [replace] makes is what [assemble]
// would make; so a post is only replaced by one that differs in nothing that matters to other posts.

// maxReplaced bounds how many posts are replaced one by one: beyond it, a library is made anew.
const maxReplaced = 64

// replace makes a library out of the one before, of the same site; nil if that can't be done.
func replace(before *Library, in inputs) *Library {
	swap := map[*Post]*Post{}
	l := &Library{inputs: in, problems: slices.Clone(before.problems), index: &search.Index{}, includes: maps.Clone(before.includes), includedBytes: before.includedBytes}
	for i, now := range in.sources {
		old := before.sources[i]
		if now == old {
			continue
		}
		p := before.address.paths[now.file.Path]
		if p == nil || len(swap) == maxReplaced || !sameForOthers(old, now) {
			return nil
		}
		swap[p] = p.withSource(now)
		l.complete(swap[p])
		for _, gone := range old.problems {
			if at := slices.Index(l.problems, gone); at >= 0 {
				l.problems = slices.Delete(l.problems, at, at+1)
			}
		}
		l.problems = append(l.problems, now.problems...)
	}
	problem.Sort(l.problems)
	l.leftOut, l.expiries = before.leftOut, before.expiries
	l.posts, l.listed, l.pages = swapped(before.posts, swap), swapped(before.listed, swap), swapped(before.pages, swap)
	l.address = before.address.replace(swap)
	return l
}

// sameForOthers reports whether two sources of a file differ in nothing that matters to other posts. A field counts unless
// sharedPart leaves it out.
func sameForOthers(a, b *source) bool {
	if a.leftOut != "" || a.file.Placement == discover.Outside {
		return false
	}
	return reflect.DeepEqual(a.sharedPart(), b.sharedPart())
}

// sharedPart returns the source without what matters to no other post.
func (s *source) sharedPart() source {
	o := *s
	o.written, o.headings, o.problems, o.stale = rawText{}, "", nil, false
	p := &o.post
	p.Title, p.Summary, p.Body, p.BodyLine, p.Words, p.Sum = "", "", "", 0, 0, [16]byte{}
	p.Tags, p.Categories, p.Series, p.UpdatedDay, p.Updated = nil, nil, "", "", time.Time{}
	return o
}

// withSource returns the post of another source of its file, with the same address.
func (p *Post) withSource(s *source) *Post {
	q := s.post
	q.source, q.Slug, q.Aliases, q.Page, q.Authors = s, p.Slug, p.Aliases, p.Page, p.Authors
	return &q
}

// swapped returns posts, which are sorted newest first, with some replaced.
func swapped(posts []*Post, swap map[*Post]*Post) []*Post {
	posts = slices.Clone(posts)
	for old, now := range swap {
		if i, ok := slices.BinarySearchFunc(posts, old, newestFirst); ok {
			posts[i] = now
		}
	}
	return posts
}

func (a addresses) replace(swap map[*Post]*Post) addresses {
	b := addresses{maps.Clone(a.slugs), maps.Clone(a.aliases), maps.Clone(a.translations), maps.Clone(a.titles), maps.Clone(a.paths), a.dirs}
	for old, now := range swap {
		in := func(m map[string][]*Post, key string) {
			if i := slices.Index(m[key], old); i >= 0 {
				m[key] = slices.Clone(m[key])
				m[key][i] = now
			}
		}
		in(b.slugs, sanitize.AddressKey(old.Slug))
		for _, name := range append([]string{old.Slug, old.source.stem, old.source.full}, old.Aliases...) {
			in(b.aliases, lastPart(sanitize.AddressKey(name)))
		}
		in(b.translations, old.source.file.Siblings)
		if b.titles[old.source.titleSlug] == old {
			b.titles[old.source.titleSlug] = now
		}
		b.paths[old.source.file.Path] = now
	}
	return b
}
