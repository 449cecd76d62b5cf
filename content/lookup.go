package content

import (
	"slices"
	"strings"

	"postern/content/language"
	"postern/content/sanitize"
)

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
			} else if best == nil || best.Unlisted && !p.Unlisted || best.Unlisted == p.Unlisted && in == "" {
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

// Translations returns the same post in other languages, sorted by language. Unlisted ones are not among them.
func (e *Edition) Translations(p *Post) []*Post {
	if p.source == nil {
		return nil
	}
	l := e.library
	var others []*Post
	seen := map[string]bool{l.language(p): true}
	for _, group := range [][]*Post{l.address.translations[p.source.file.Siblings], l.address.slugs[sanitize.AddressKey(p.Slug)]} {
		for _, q := range group {
			if lang := l.language(q); !seen[lang] && e.shows(q) && (e.all || !q.Unlisted) {
				seen[lang] = true
				others = append(others, q)
			}
		}
	}
	slices.SortFunc(others, func(a, b *Post) int { return strings.Compare(a.Lang, b.Lang) })
	return others
}
