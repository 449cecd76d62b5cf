package content

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Addresses are promises: an author gives them away, and readers keep them. So a new post must not change the address
// of an old one where that can be helped, and an address that was good once keeps leading to what it led to. What must
// hold: a slug belongs to one post of its language; it is never empty.

// addresses find posts by slug and by alias.
type addresses struct {
	slugs   map[string][]*Post // the posts of all languages with a slug, newest first
	aliases map[string][]*Post // oldest first, since that one had the address before
	kin     map[string][]*Post // the translations of one post, if there are any
	files   map[*source]*Post
}

// newAddresses gives every post its slug, and files the posts under their addresses.
func (l *Library) newAddresses() addresses {
	g := granter{library: l, taken: make(map[string]*Post, len(l.posts)), count: map[string]int{}}
	order := slices.Clone(l.posts)
	slices.SortStableFunc(order, func(a, b *Post) int { return boolInt(a.Draft) - boolInt(b.Draft) })
	for _, p := range order {
		g.claimed(p)
	}
	g.grant(order, func(p *Post) string { return slugify(p.source.file.stem) })
	g.grant(order, func(p *Post) string {
		f := p.source.file
		if f.full != f.stem || p.Day == "" {
			return slugify(f.full)
		}
		return p.Day + "-" + slugify(f.stem)
	})
	g.grant(order, pathSlug)
	for _, p := range order {
		for n := 2; p.Slug == ""; n++ {
			g.take(p, pathSlug(p)+"-"+strconv.Itoa(n))
		}
	}
	return l.fileAddresses()
}

func pathSlug(p *Post) string {
	name := p.source.file.path
	if i := strings.LastIndexByte(name, '.'); i > 0 {
		name = name[:i]
	}
	if s := slugify(strings.ReplaceAll(name, "/", "-")); s != "" {
		return s
	}
	return "post"
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// A granter gives slugs away, one round after another.
type granter struct {
	library *Library
	taken   map[string]*Post
	count   map[string]int
}

func (g *granter) key(p *Post, slug string) string { return g.library.language(p) + "/" + slug }

// language returns the language that a post is in, where one that names the blog's own is in that.
func (l *Library) language(p *Post) string {
	if p.Lang == l.settings.Language {
		return ""
	}
	return p.Lang
}

func (g *granter) take(p *Post, slug string) {
	if k := g.key(p, slug); slug != "" && g.taken[k] == nil {
		g.taken[k], p.Slug = p, slug
	}
}

// claimed gives a post the slug that it claims, unless a newer post claims it too.
func (g *granter) claimed(p *Post) {
	if len(p.source.claims) == 0 {
		return
	}
	slug := p.source.claims[0]
	if other := g.taken[g.key(p, slug)]; other != nil {
		severity := Error
		if section(p, g.library.root) != section(other, g.library.root) {
			severity = Warning // generators put the section before the slug, so to them these are two addresses
		}
		g.library.problems = append(g.library.problems, Problem{File: p.Path, Line: 1, Severity: severity,
			Message: fmt.Sprintf("its slug %q is that of %s, which is newer and keeps it", slug, other.Path), Hint: "give it a `slug:` of its own"})
	}
	g.take(p, slug)
}

// section returns the first directory of a post below the root.
func section(p *Post, root string) string {
	return prefixDirs(strings.TrimPrefix(p.source.file.path, root+"/"), 1)
}

// grant gives each post that has no slug yet the one that it wants, if it alone wants it. A draft counts for nothing
// beside a post that is published.
func (g *granter) grant(order []*Post, want func(*Post) string) {
	clear(g.count)
	wanted := make(map[*Post]string, len(order))
	for _, p := range order {
		if p.Slug != "" {
			continue
		}
		slug := want(p)
		wanted[p] = slug
		if k := g.key(p, slug); !p.Draft || g.count[k] == 0 {
			g.count[k]++
		}
	}
	for _, p := range order {
		if slug := wanted[p]; p.Slug == "" && g.count[g.key(p, slug)] == 1 {
			g.take(p, slug)
		}
	}
}

// fileAddresses fills the maps. A name that several posts share leads to the oldest of them.
func (l *Library) fileAddresses() addresses {
	a := addresses{slugs: make(map[string][]*Post, len(l.posts)), aliases: map[string][]*Post{}, kin: map[string][]*Post{},
		files: make(map[*source]*Post, len(l.posts))}
	languages := false
	for _, p := range l.posts {
		k := addressKey(p.Slug)
		a.slugs[k] = append(a.slugs[k], p)
		a.files[p.source] = p
		languages = languages || l.language(p) != ""
	}
	for _, p := range slices.Backward(l.posts) {
		stem := slugify(p.source.file.stem)
		var names []string
		if len(p.source.claims) > 0 {
			names = append(names, p.source.claims[1:]...)
			if len(a.slugs[stem]) == 0 {
				names = append(names, stem)
			}
		}
		p.Aliases = slices.DeleteFunc(distinct(append(slices.Clone(p.Aliases), names...)), func(s string) bool { return s == p.Slug || s == "" })
		for _, s := range distinct(append(slices.Clone(p.Aliases), stem, slugify(p.source.file.full))) {
			if k := addressKey(s); s != "" && s != p.Slug {
				a.aliases[k] = append(a.aliases[k], p)
			}
		}
		if languages {
			a.kin[p.source.file.kin] = append(a.kin[p.source.file.kin], p)
		}
	}
	return a
}

func distinct(list []string) []string {
	var once []string
	for _, s := range list {
		if !slices.Contains(once, s) {
			once = append(once, s)
		}
	}
	return once
}
