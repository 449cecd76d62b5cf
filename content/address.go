package content

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"postern/content/discover"
	"postern/content/problem"
	"postern/content/sanitize"
)

// Addresses are promises: an author gives them away, and readers keep them. So a new post must not change the address
// of an old one where that can be helped, and an address that was good once keeps leading to what it led to. What must
// hold: a slug belongs to one post of its language; it is never empty.

// addresses find posts by slug and by alias.
type addresses struct {
	slugs   map[string][]*Post // the posts of all languages with a slug, newest first
	aliases map[string][]*Post // oldest first, since that one had the address before
	kin     map[string][]*Post // the translations of one post, if there are any
	titles  map[string]*Post   // by the address that some generators make of a title; nil for several posts
	paths   map[string]*Post   // by the file's path, as it is on disk
}

// newAddresses gives every post its slug, and files the posts under their addresses.
func (l *Library) newAddresses() addresses {
	g := granter{library: l, taken: make(map[slugKey]*Post, len(l.posts)), count: map[slugKey]int{}, last: map[string]int{}}
	order := make([]*Post, 0, len(l.posts)) // what is published comes first
	for _, draft := range []bool{false, true} {
		for _, p := range l.posts {
			if p.Draft == draft {
				order = append(order, p)
			}
		}
	}
	for _, p := range order {
		g.claimed(p)
	}
	g.grant(order, func(p *Post) string { return p.source.stem })
	g.warnNamesakes(order)
	g.grant(order, func(p *Post) string {
		if s := p.source; s.full != s.stem || p.Day == "" || s.stem == "" {
			return s.full
		}
		return p.Day + "-" + p.source.stem
	})
	g.grant(order, pathSlug)
	for _, p := range order {
		if p.Slug != "" {
			continue
		}
		base := pathSlug(p)
		for g.take(p, base); p.Slug == ""; g.take(p, base+"-"+strconv.Itoa(g.last[base])) {
			g.last[base] = max(2, g.last[base]+1)
		}
	}
	l.reportReserved()
	return l.fileAddresses()
}

func pathSlug(p *Post) string {
	name := p.source.file.Path
	if i := strings.LastIndexByte(name, '.'); i > 0 {
		name = name[:i]
	}
	if s := sanitize.Slug(strings.ReplaceAll(name, "/", "-")); s != "" {
		return s
	}
	return "post"
}

// A granter gives slugs away, one round after another.
type granter struct {
	library *Library
	taken   map[slugKey]*Post
	count   map[slugKey]int
	last    map[string]int // the number behind a path that was tried last
}

type slugKey struct{ lang, slug string }

func (g *granter) key(p *Post, slug string) slugKey { return slugKey{g.library.language(p), slug} }

// language returns the language that a post is in, where one that names the blog's own is in that.
func (l *Library) language(p *Post) string {
	if p.Lang == l.settings.Language {
		return ""
	}
	return p.Lang
}

func (g *granter) take(p *Post, slug string) {
	if k := g.key(p, slug); p.Slug == "" && slug != "" && g.taken[k] == nil {
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
		severity := problem.Error
		if section(p, g.library.site.Root) != section(other, g.library.site.Root) {
			severity = problem.Warning // generators put the section before the slug, so to them these are two addresses
		}
		g.library.problems = append(g.library.problems, problem.Problem{File: p.Path, Line: p.source.claimed.Line, Column: p.source.claimed.Column, Severity: severity,
			Message: fmt.Sprintf("its slug %q is that of %s, which is newer and keeps it", slug, other.Path), Hint: "give it a `slug:` of its own"})
	}
	g.take(p, slug)
}

// section returns the first directory of a post below the root.
func section(p *Post, root string) string {
	return discover.FirstDirs(strings.TrimPrefix(p.source.file.Path, root+"/"), 1)
}

// grant gives each post that has no slug yet the one that it wants, if it alone wants it. A draft counts for nothing
// beside a post that is published.
func (g *granter) grant(order []*Post, want func(*Post) string) {
	clear(g.count)
	wanted := make([]string, len(order))
	for i, p := range order {
		if p.Slug != "" {
			continue
		}
		slug := want(p)
		wanted[i] = slug
		if k := g.key(p, slug); !p.Draft || g.count[k] == 0 {
			g.count[k]++
		}
	}
	for i, p := range order {
		if slug := wanted[i]; p.Slug == "" && g.count[g.key(p, slug)] == 1 {
			g.take(p, slug)
		}
	}
}

// warnNamesakes names the files whose names say no more than that of another, so that neither has the address that it would
// have alone. Where names have dates, they are meant to be told apart by them.
func (g *granter) warnNamesakes(order []*Post) {
	oldest := map[slugKey]*Post{}
	for _, p := range slices.Backward(order) {
		s := p.source
		if p.Slug != "" || p.Draft || p.Page || s.stem == "" || s.full != s.stem {
			continue
		}
		k := g.key(p, s.stem)
		if other := oldest[k]; other != nil {
			g.library.problems = append(g.library.problems, problem.Problem{File: p.Path, Severity: problem.Warning,
				Message: fmt.Sprintf("it is named like %s, so neither has the address %s, which leads to the older", other.Path, problem.Quote(s.stem)),
				Hint:    "give it another name, or a `slug:`, and the older keeps its address"})
			continue
		}
		oldest[k] = p
	}
}

// fileAddresses fills the maps. A name that several posts share leads to the oldest of them.
func (l *Library) fileAddresses() addresses {
	a := addresses{slugs: make(map[string][]*Post, len(l.posts)), aliases: make(map[string][]*Post, len(l.posts)), kin: map[string][]*Post{},
		titles: make(map[string]*Post, len(l.posts)), paths: make(map[string]*Post, len(l.posts))}
	languages := false
	for _, p := range l.posts {
		k := sanitize.AddressKey(p.Slug)
		a.slugs[k] = append(a.slugs[k], p)
		a.paths[p.source.file.Path] = p
		if _, taken := a.titles[p.source.titled]; taken {
			a.titles[p.source.titled] = nil
		} else {
			a.titles[p.source.titled] = p
		}
		languages = languages || l.language(p) != ""
	}
	for _, p := range slices.Backward(l.posts) {
		s := p.source
		if len(s.claims) > 0 || len(p.Aliases) > 0 {
			names := slices.Concat(p.Aliases, s.claims)
			if len(s.claims) > 0 && len(a.slugs[s.stem]) == 0 {
				names = append(names, s.stem)
			}
			p.Aliases = distinct(names, p.Slug)
			for _, name := range p.Aliases {
				a.alias(name, p)
			}
		}
		if s.stem != p.Slug && !slices.Contains(p.Aliases, s.stem) {
			a.alias(s.stem, p)
		}
		if s.full != s.stem && s.full != p.Slug {
			a.alias(s.full, p)
		}
		if languages {
			a.kin[p.source.file.Siblings] = append(a.kin[p.source.file.Siblings], p)
		}
	}
	return a
}

func (a addresses) alias(name string, p *Post) {
	k := sanitize.AddressKey(name)
	a.aliases[k] = append(a.aliases[k], p)
}

// distinct returns each name once, and not the one that is known.
func distinct(names []string, known string) []string {
	var once []string
	for _, s := range names {
		if s != "" && s != known && !slices.Contains(once, s) {
			once = append(once, s)
		}
	}
	return once
}
