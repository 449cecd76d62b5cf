package content

import (
	"iter"
	"slices"
	"sort"
	"strings"
	"time"

	"postern/content/language"
	"postern/content/sanitize"
	"postern/content/settings"
)

// An Edition is what a library publishes at one moment. It is immutable and safe for concurrent use; the slices that it
// returns are shared, and nobody may change them.
type Edition struct {
	library *Library
	now     time.Time
	whole   bool // drafts and what is not published at the time are shown too
	posts   []*Post
	pages   []*Post
	topics  *topics
}

// At returns what is published at a moment: no drafts, nothing that is dated after it, nothing that has expired. It
// takes O(log n), but O(n) once a post has expired.
func (l *Library) At(now time.Time) *Edition {
	posts, pages := l.listed, l.pages
	if len(l.expiries) > 0 && !l.expiries[0].After(now) {
		gone := func(p *Post) bool { return !p.Expires.IsZero() && !p.Expires.After(now) }
		posts, pages = slices.DeleteFunc(slices.Clone(posts), gone), slices.DeleteFunc(slices.Clone(pages), gone)
	}
	e := &Edition{library: l, now: now, posts: publishedSince(posts, now), pages: l.inOrder(publishedSince(pages, now))}
	e.topics = newTopics(e)
	return e
}

// AtAfter returns what At does, for who asks often: as long as the same is published as in the edition before, of any library
// or nil, they share what has been counted, and it takes O(log n).
func (l *Library) AtAfter(before *Edition, now time.Time) *Edition {
	if before == nil || before.library != l || before.whole || now.Before(before.now) || !before.lasts(now) {
		return l.At(now)
	}
	e := *before
	e.now = now
	return &e
}

// publishedSince cuts off what is dated after now from posts that are sorted newest first.
func publishedSince(posts []*Post, now time.Time) []*Post {
	return posts[sort.Search(len(posts), func(i int) bool { return !posts[i].Time.After(now) }):]
}

// All returns everything: drafts, what is dated in the future, what is unlisted and what has expired too.
func (l *Library) All() *Edition {
	e := &Edition{library: l, whole: true}
	for _, p := range l.posts {
		if p.Page {
			e.pages = append(e.pages, p)
		} else {
			e.posts = append(e.posts, p)
		}
	}
	e.topics, e.pages = newTopics(e), l.inOrder(e.pages)
	return e
}

// Whole returns what All does, at a moment.
func (l *Library) Whole(now time.Time) *Edition {
	e := l.All()
	e.now = now
	return e
}

// shows reports whether a post can be reached in this edition.
func (e *Edition) shows(p *Post) bool {
	return e.whole || !p.Draft && !p.Time.After(e.now) && (p.Expires.IsZero() || p.Expires.After(e.now))
}

// Settings returns what the blog says of itself.
func (e *Edition) Settings() settings.Settings { return e.library.settings }

// Posts returns the posts of the list, newest first; those of one instant in the order of their paths, and those
// without a date last.
func (e *Edition) Posts() []*Post { return e.posts }

// Pages returns what stands beside the list, such as "about": those that the settings name first, in their order, and
// then the others as posts are ordered.
func (e *Edition) Pages() []*Post { return e.pages }

// Addresses returns the addresses of all that is listed, posts and then pages, in their order.
func (e *Edition) Addresses() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, posts := range [][]*Post{e.posts, e.pages} {
			for _, p := range posts {
				if !yield(e.Address(p)) {
					return
				}
			}
		}
	}
}

// Find returns the post at an address: its slug, one of its aliases, its file's name, in any case and in any Unicode
// normal form. Where posts of several languages have a slug, the bare address is the one in the blog's own language,
// and LANG/SLUG the others.
func (e *Edition) Find(address string) (*Post, bool) {
	return e.find(address, "")
}

// Address returns the address at which Find finds p: its slug, or LANG/SLUG where the bare slug is another post's, of
// another language.
func (e *Edition) Address(p *Post) string {
	if q, ok := e.Find(p.Slug); ok && q == p {
		return p.Slug
	}
	return e.library.language(p) + "/" + p.Slug
}

// find prefers a language; empty means the blog's own.
func (e *Edition) find(address, lang string) (*Post, bool) {
	k := sanitize.AddressKey(address)
	if code, rest, ok := strings.Cut(k, "/"); ok && language.IsCode(code) {
		k, lang = rest, language.Tag(code)
	}
	if i := strings.LastIndexByte(k, '/'); i >= 0 {
		k = k[i+1:]
	}
	a := &e.library.address
	for _, posts := range [][]*Post{a.slugs[k], a.aliases[k]} {
		var best *Post
		for _, p := range posts {
			if !e.shows(p) {
				continue
			}
			if in := e.library.language(p); in == lang || p.Lang == lang {
				return p, true
			} else if best == nil || in == "" {
				best = p
			}
		}
		if best != nil {
			return best, true
		}
	}
	return nil, false
}

// Next returns the post after p, the next newer one of its language.
func (e *Edition) Next(p *Post) (*Post, bool) { return e.neighbour(p, -1) }

// Previous returns the post before p, the next older one of its language.
func (e *Edition) Previous(p *Post) (*Post, bool) { return e.neighbour(p, 1) }

func (e *Edition) neighbour(p *Post, step int) (*Post, bool) {
	i, ok := e.position(p)
	if !ok {
		return nil, false
	}
	lang := e.library.language(p)
	for i += step; i >= 0 && i < len(e.posts); i += step {
		if e.library.language(e.posts[i]) == lang {
			return e.posts[i], true
		}
	}
	return nil, false
}

// position finds a post in the list.
func (e *Edition) position(p *Post) (int, bool) {
	return slices.BinarySearchFunc(e.posts, p, newestFirst)
}

// newestFirst is the order of a blog: by instant, then by path, so that it never changes between runs.
func newestFirst(a, b *Post) int {
	if c := b.Time.Compare(a.Time); c != 0 {
		return c
	}
	return strings.Compare(a.Path, b.Path)
}

// Translations returns the same post in other languages, sorted by language.
func (e *Edition) Translations(p *Post) []*Post {
	if p.source == nil {
		return nil
	}
	l := e.library
	var others []*Post
	seen := map[string]bool{l.language(p): true}
	for _, group := range [][]*Post{l.address.kin[p.source.file.Siblings], l.address.slugs[sanitize.AddressKey(p.Slug)]} {
		for _, q := range group {
			if lang := l.language(q); !seen[lang] && e.shows(q) {
				seen[lang] = true
				others = append(others, q)
			}
		}
	}
	slices.SortFunc(others, func(a, b *Post) int { return strings.Compare(a.Lang, b.Lang) })
	return others
}
