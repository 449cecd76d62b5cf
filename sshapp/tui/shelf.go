package tui

import (
	"cmp"
	"slices"
	"sort"
	"strings"

	"postern/content"
)

// A Shelf is an edition as one reader is shown it: what lists hold, in which language and order, and what is read after
// what. The slices that it returns are shared, and nobody may change them.
type Shelf struct {
	Now  *content.Edition
	Lang string // that lists prefer; empty for the blog's own
}

func (e env) shelf() Shelf { return Shelf{e.now, e.lang} }

// Posts returns what the whole list shows: what has a date or, where nothing has one, everything.
func (s Shelf) Posts() []*content.Post {
	all := s.Now.In(s.Lang)
	return all[:dated(all)]
}

// Beside returns what stands beside the list: the blog's pages, and posts without a date.
func (s Shelf) Beside() []*content.Post {
	all := s.Now.In(s.Lang)
	pages := s.Now.Pages()
	return append(pages[:len(pages):len(pages)], all[dated(all):]...)
}

// dated returns how many posts stand before those without a date, which are the last; all if none has a date.
func dated(posts []*content.Post) int {
	n := sort.Search(len(posts), func(i int) bool { return posts[i].Time.IsZero() })
	if n == 0 {
		return len(posts)
	}
	return n
}

// Search returns the posts with all words of a query, best first, and the hits beside them. "#tag" and "lang:es" in it narrow;
// without a word there are no hits, and the posts are in the order of the list.
func (s Shelf) Search(query string) ([]*content.Post, []content.Hit) {
	words, tags, langs := parse(query)
	fits := func(p *content.Post) bool { return tagged(p, tags) && s.spoken(p, langs) }
	var posts []*content.Post
	if words == "" {
		all := s.Posts()
		if len(langs) > 0 {
			all = s.Now.Posts()
		}
		for _, p := range all {
			if fits(p) {
				posts = append(posts, p)
			}
		}
		return posts, nil
	}
	var hits []content.Hit
	for _, h := range s.Now.Search(words) {
		if fits(h.Post) {
			posts, hits = append(posts, h.Post), append(hits, h)
		}
	}
	return posts, hits
}

// parse parts a query into its words and what narrows it.
func parse(query string) (words string, tags, langs []string) {
	var rest []string
	for w := range strings.FieldsSeq(query) {
		if tag, ok := strings.CutPrefix(w, "#"); ok {
			tags = append(tags, slug(tag))
		} else if lang, ok := strings.CutPrefix(w, "lang:"); ok {
			langs = append(langs, strings.ToLower(lang))
		} else {
			rest = append(rest, w)
		}
	}
	return strings.Join(rest, " "), tags, langs
}

// slug makes the spellings of a tag alike, and one that can be typed without blanks.
func slug(tag string) string { return strings.ReplaceAll(strings.ToLower(tag), " ", "-") }

// tagged reports whether a post has, for each of some names, a tag that begins with it.
func tagged(p *content.Post, names []string) bool {
	for _, name := range names {
		if !slices.ContainsFunc(p.Tags, func(t string) bool { return strings.HasPrefix(slug(t), name) }) {
			return false
		}
	}
	return true
}

// spoken reports whether a post is in each of some languages, "pt" standing for "pt-br" too.
func (s Shelf) spoken(p *content.Post, langs []string) bool {
	lang := p.Lang
	if lang == "" {
		lang = s.Now.Settings().Language
	}
	for _, l := range langs {
		if !strings.HasPrefix(lang, l) {
			return false
		}
	}
	return true
}

// Parts returns the posts of a series, the newest first.
func (s Shelf) Parts(series string) []*content.Post {
	for _, t := range s.Now.Series() {
		if strings.EqualFold(t.Name, series) {
			return t.Posts
		}
	}
	return nil
}

// Onward returns what is read after a post and before it. A series is read from its first part on; a blog from its
// newest post on, as its list is.
func (s Shelf) Onward(c *content.Post) (next, prev *content.Post) {
	parts := s.Parts(c.Series)
	for i, p := range parts {
		if p.Path != c.Path {
			continue
		}
		if i > 0 {
			next = parts[i-1]
		}
		if i+1 < len(parts) {
			prev = parts[i+1]
		}
	}
	return cmp.Or(next, beyond(c, s.Now.Previous)), cmp.Or(prev, beyond(c, s.Now.Next))
}

// beyond steps from post to post until one is not of the same series.
func beyond(c *content.Post, step func(*content.Post) (*content.Post, bool)) *content.Post {
	for p, ok := step(c); ok; p, ok = step(p) {
		if p.Time.IsZero() != c.Time.IsZero() { // one of them stands beside the list
			return nil
		}
		if c.Series == "" || !strings.EqualFold(p.Series, c.Series) {
			return p
		}
	}
	return nil
}
