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

// A slug is given away in rounds, from what a post claims to its whole path. What must hold: a slug belongs to one post of its
// language; it is never empty.

// assignSlugs gives every post its slua.
func (l *Library) assignSlugs() {
	a := slugAssigner{library: l, taken: make(map[slugKey]*Post, len(l.posts)), count: map[slugKey]int{}, last: map[string]int{}}
	order := make([]*Post, 0, len(l.posts)) // what is published comes first
	for _, draft := range []bool{false, true} {
		for _, p := range l.posts {
			if p.Draft == draft {
				order = append(order, p)
			}
		}
	}
	for _, p := range order {
		a.takeClaimed(p)
	}
	a.assign(order, func(p *Post) string { return p.source.stem })
	a.warnNamesakes(order)
	a.assign(order, func(p *Post) string {
		if s := p.source; s.full != s.stem || p.Day == "" || s.stem == "" {
			return s.full
		}
		return p.Day + "-" + p.source.stem
	})
	a.assign(order, pathSlug)
	for _, p := range order {
		if p.Slug != "" {
			continue
		}
		base := pathSlug(p)
		for a.take(p, base); p.Slug == ""; a.take(p, base+"-"+strconv.Itoa(a.last[base])) {
			a.last[base] = max(2, a.last[base]+1)
		}
	}
}

// A slugAssigner gives slugs to posts, one round after another.
type slugAssigner struct {
	library *Library
	taken   map[slugKey]*Post // who has a slug
	count   map[slugKey]int   // how many want it, in one round
	last    map[string]int    // the number behind a path that was tried last
}

// A slugKey is a slug in a language: two posts may share one if they are in different languages.

type slugKey struct{ lang, slug string }

func (a *slugAssigner) key(p *Post, slug string) slugKey { return slugKey{a.library.language(p), slug} }

// take gives a post a slug, unless it has one or another post has that.
func (a *slugAssigner) take(p *Post, slug string) {
	if k := a.key(p, slug); p.Slug == "" && slug != "" && a.taken[k] == nil {
		a.taken[k], p.Slug = p, slug
	}
}

// takeClaimed gives a post the slug that it claims, unless a newer post claims it too.
func (a *slugAssigner) takeClaimed(p *Post) {
	if len(p.source.claims) == 0 {
		return
	}
	slug := p.source.claims[0]
	if other := a.taken[a.key(p, slug)]; other != nil {
		severity := problem.Error
		if section(p, a.library.site.Root) != section(other, a.library.site.Root) {
			severity = problem.Warning // generators put the section before the slug, so to them these are two addresses
		}
		a.library.problems = append(a.library.problems, problem.Problem{File: p.Path, Line: p.source.claimed.Line, Column: p.source.claimed.Column, Severity: severity,
			Message: fmt.Sprintf("its slug %q is that of %s, which is newer and keeps it", slug, other.Path), Hint: "give it a `slug:` of its own"})
	}
	a.take(p, slug)
}

// section returns the first directory of a post below the root.
func section(p *Post, root string) string {
	return discover.FirstDirs(strings.TrimPrefix(p.source.file.Path, root+"/"), 1)
}

// assign gives each post that has no slug yet the one that it wants, if it alone wants it. A draft counts for nothing
// beside a post that is published.
func (a *slugAssigner) assign(order []*Post, want func(*Post) string) {
	clear(a.count)
	wanted := make([]string, len(order))
	for i, p := range order {
		if p.Slug != "" {
			continue
		}
		slug := want(p)
		wanted[i] = slug
		if k := a.key(p, slug); !p.Draft || a.count[k] == 0 {
			a.count[k]++
		}
	}
	for i, p := range order {
		if slug := wanted[i]; p.Slug == "" && a.count[a.key(p, slug)] == 1 {
			a.take(p, slug)
		}
	}
}

// warnNamesakes names the files whose names say no more than that of another, so that neither has the address that it would
// have alone. Where names have dates, they are meant to be told apart by them.
func (a *slugAssigner) warnNamesakes(order []*Post) {
	oldest := map[slugKey]*Post{}
	for _, p := range slices.Backward(order) {
		s := p.source
		if p.Slug != "" || p.Draft || p.Page || s.stem == "" || s.full != s.stem {
			continue
		}
		k := a.key(p, s.stem)
		if other := oldest[k]; other != nil {
			a.library.problems = append(a.library.problems, problem.Problem{File: p.Path, Severity: problem.Warning,
				Message: fmt.Sprintf("it is named like %s, so neither has the address %s, which leads to the older", other.Path, problem.Quote(s.stem)),
				Hint:    "give it another name, or a `slug:`, and the older keeps its address"})
			continue
		}
		oldest[k] = p
	}
}

// pathSlug makes a slug of the whole path of a post's file.
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
