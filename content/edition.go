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

// A view is what the library lists between two expiries. A clock goes forward, so the last one is nearly always the
// one that is wanted.
type view struct {
	expired int // how many expiries have passed
	posts   []*Post
	pages   []*Post
	last    *Edition
}

// At returns what is published at a moment: no drafts, nothing that is dated after it, nothing that has expired. It
// takes O(log n), but O(n) for the first call after a post has expired.
func (l *Library) At(now time.Time) *Edition {
	expired := sort.Search(len(l.expiries), func(i int) bool { return l.expiries[i].After(now) })
	v := l.shown.Load()
	if v == nil || v.expired != expired {
		v = &view{expired: expired, posts: l.listed, pages: l.pages}
		if expired > 0 {
			gone := func(p *Post) bool { return !p.Expires.IsZero() && !p.Expires.After(now) }
			v.posts = slices.DeleteFunc(slices.Clone(l.listed), gone)
			v.pages = slices.DeleteFunc(slices.Clone(l.pages), gone)
		}
	}
	e := &Edition{library: l, now: now, posts: publishedSince(v.posts, now), pages: publishedSince(v.pages, now)}
	if v.last != nil && len(v.last.posts) == len(e.posts) && len(v.last.pages) == len(e.pages) {
		e.topics, e.pages = v.last.topics, v.last.pages // the same posts: what was counted stays
	} else {
		e.topics, e.pages = newTopics(e), l.inOrder(e.pages)
	}
	l.shown.Store(&view{expired, v.posts, v.pages, e})
	return e
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
