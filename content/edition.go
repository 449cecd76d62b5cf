package content

import (
	"cmp"
	"io/fs"
	"iter"
	"slices"
	"sort"
	"time"

	"postern/content/sanitize"
	"postern/content/settings"
)

// An Edition is what a library publishes at one moment. It is immutable and safe for concurrent use; the slices that it
// returns are shared, and nobody may change them.
type Edition struct {
	library *Library
	now     time.Time
	all     bool // drafts and what is not published at the time are shown too
	posts   []*Post
	pages   []*Post
	topics  *topics
	until   time.Time // see Until
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
	e.until = e.nextChange()
	return e
}

// AtAfter returns what At does, for who asks often: as long as the same is published as in the edition before, of any library
// or nil, they share what has been counted. For a second it returns the same edition.
func (l *Library) AtAfter(before *Edition, now time.Time) *Edition {
	if before == nil || before.library != l || before.all || now.Before(before.now) || !before.lasts(now) {
		return l.At(now)
	}
	if now.Sub(before.now) < time.Second {
		return before
	}
	e := *before
	e.now = now
	return &e
}

// inOrder returns pages as the settings order them: those that they name, and then the others in the order that they have. It leaves
// the slice as it is.
func (l *Library) inOrder(pages []*Post) []*Post {
	order := l.settings.Pages
	if len(order) == 0 || len(pages) < 2 {
		return pages
	}
	rank := make(map[*Post]int, len(pages))
	for _, p := range pages {
		slug := sanitize.AddressKey(p.Slug)
		if rank[p] = slices.IndexFunc(order, func(s string) bool { return sanitize.AddressKey(s) == slug }); rank[p] < 0 {
			rank[p] = len(order)
		}
	}
	return slices.SortedStableFunc(slices.Values(pages), func(a, b *Post) int { return cmp.Compare(rank[a], rank[b]) })
}

// publishedSince cuts off what is dated after now from posts that are sorted newest first.
func publishedSince(posts []*Post, now time.Time) []*Post {
	return posts[sort.Search(len(posts), func(i int) bool { return !posts[i].Time.After(now) }):]
}

// All returns everything: drafts, what is dated in the future, what is unlisted and what has expired too.
func (l *Library) All() *Edition {
	e := &Edition{library: l, all: true}
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

// AllAt returns what All does, at a moment.
func (l *Library) AllAt(now time.Time) *Edition {
	e := l.All()
	e.now = now
	return e
}

// shows reports whether a post can be reached in this edition.
func (e *Edition) shows(p *Post) bool {
	return e.all || !p.Draft && !p.Time.After(e.now) && (p.Expires.IsZero() || p.Expires.After(e.now))
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

// Equal reports whether two editions publish the same: they are of one library, and nothing has come or gone between them.
// What was made of one then serves for the other.
func (e *Edition) Equal(other *Edition) bool {
	if e.library != other.library || e.all != other.all {
		return false
	}
	first, last := e, other
	if last.now.Before(first.now) {
		first, last = last, first
	}
	return first.lasts(last.now)
}

// lasts reports whether nothing comes or goes until a moment that is not before the edition's own.
func (e *Edition) lasts(moment time.Time) bool {
	until := e.Until()
	return until.IsZero() || until.After(moment)
}

// Until returns when what is published may change next without a change of the directory; zero for never. An edition is
// good for as long.
func (e *Edition) Until() time.Time { return e.until }

// nextChange returns what Until does, for an edition that doesn't show everything.
func (e *Edition) nextChange() (next time.Time) {
	l := e.library
	if i := sort.Search(len(l.expiries), func(i int) bool { return l.expiries[i].After(e.now) }); i < len(l.expiries) {
		next = l.expiries[i]
	}
	future := sort.Search(len(l.posts), func(i int) bool { return !l.posts[i].Time.After(e.now) })
	for i := future - 1; i >= 0; i-- {
		if p := l.posts[i]; !p.Draft {
			if next.IsZero() || p.Time.Before(next) {
				next = p.Time
			}
			break
		}
	}
	return next
}

// News returns the posts of the list that were not in the list of an earlier edition, oldest first: what was published since
// then. A post whose date, name or address has changed isn't new. It takes as long as the lists have posts.
func (e *Edition) News(since *Edition) []*Post {
	if len(since.posts) == len(e.posts) && (len(e.posts) == 0 || &since.posts[0] == &e.posts[0]) {
		return nil
	}
	moved := map[string]*Post{} // by path: what is new, or stands elsewhere in the list
	was := since.posts
	for _, p := range e.posts {
		for len(was) > 0 && newestFirst(was[0], p) < 0 {
			was = was[1:]
		}
		if len(was) == 0 || newestFirst(was[0], p) != 0 {
			moved[p.Path] = p
		}
	}
	for _, p := range since.posts {
		delete(moved, p.Path)
	}
	var news []*Post
	for _, p := range moved {
		if q, ok := since.Find(e.Address(p)); ok && since.lists(q) {
			continue
		}
		news = append(news, p)
	}
	slices.SortFunc(news, func(a, b *Post) int { return newestFirst(b, a) })
	return news
}

func (e *Edition) lists(p *Post) bool {
	_, ok := e.position(p)
	return ok
}

// Open opens a file that is not a post, as [Library.Open] does.
func (e *Edition) Open(name string) (fs.File, error) { return e.library.Open(name) }

// Stat describes a file that is not a post, as [Library.Stat] does.
func (e *Edition) Stat(name string) (fs.FileInfo, error) { return e.library.Stat(name) }
