package content

import (
	"fmt"
	"iter"
	"path"
	"slices"
	"strconv"
	"strings"

	"postern/content/date"
	"postern/content/discover"
	"postern/content/language"
	"postern/content/problem"
	"postern/content/sanitize"
)

// A slug is given away in rounds, from the address that a post claims to the whole path of its file. What must hold: a slug belongs
// to one post of its language; it is never empty; and it begins with no language, but for the last part of an address.

// assignSlugs gives every post its slug.
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
	a.takeClaimed(order)
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

// takeClaimed gives posts the addresses that they claim, cut to the last parts that no other claimed address ends in. Of two posts
// with one address the newer has it.
func (a *slugAssigner) takeClaimed(order []*Post) {
	owners := map[slugKey]*Post{} // by the whole address
	claiming := [2][]*Post{}      // the owners: those that are published, and drafts
	ends := map[slugKey]int{}     // how many addresses end so
	for _, p := range order {
		address := a.claim(p)
		if address == "" {
			continue
		}
		if other := owners[a.key(p, address)]; other != nil {
			a.library.problems = append(a.library.problems, problem.Problem{File: p.Path, Line: p.source.claimed.Line, Column: p.source.claimed.Column, Severity: problem.Error,
				Message: fmt.Sprintf("its address %s is that of %s, which is newer and keeps it", problem.Quote(address), other.Path), Hint: "give it a `slug:` of its own"})
			continue
		}
		owners[a.key(p, address)] = p
		group := &claiming[0]
		if p.Draft {
			group = &claiming[1]
		}
		*group = append(*group, p)
	}
	for _, group := range claiming {
		for _, p := range group {
			for tail := range tails(a.claim(p)) {
				ends[a.key(p, tail)]++
			}
		}
		for _, p := range group {
			for tail := range tails(a.claim(p)) {
				k := a.key(p, tail)
				if owner := owners[k]; owner == p || (owner == nil || owner.Draft && !p.Draft) && ends[k] == 1 {
					a.take(p, tail)
				}
			}
		}
	}
}

// claim returns the whole address that a post claims; empty if it claims none. The directories of its file stand before a last
// part that is claimed alone, as generators have it, but for those of drafts and those that begin with an underscore.
func (a *slugAssigner) claim(p *Post) string {
	s := p.source
	switch {
	case len(s.claims) == 0:
		return ""
	case !s.claimsName:
		return s.claims[0]
	}
	dirs := strings.Split(path.Dir(strings.TrimPrefix(s.file.Siblings, a.library.site.Root+"/")), "/")
	dirs = slices.DeleteFunc(dirs, func(d string) bool { return strings.HasPrefix(d, "_") || discover.IsDraftDir(d) })
	return sanitize.AddressOfPath(strings.Join(append(dirs, s.claims[0]), "/"))
}

// tails yields the ends of an address that may be a slug, the shortest first. None begins within a date, because what the 8th of
// one month has, that of another may have tomorrow; nor with a language, since LANG/SLUG is the post in that language; and none
// but the whole address is reserved.
func tails(address string) iter.Seq[string] {
	return func(yield func(string) bool) {
		parts := strings.Split(address, "/")
		at := len(address) + 1
		for i, part := range slices.Backward(parts) {
			at -= len(part) + 1
			tail := address[at:]
			switch {
			case i > 0 && isWithinDate(parts[:i+1]), i > 0 && IsReserved(tail), i < len(parts)-1 && language.IsCode(part):
			case !yield(tail):
				return
			}
		}
	}
}

// isWithinDate reports whether the last of some parts of an address is the month or the day of a date.
func isWithinDate(parts []string) bool {
	n := len(parts)
	return n >= 2 && date.IsYMD(parts[n-2]+"-"+parts[n-1]+"-1") || n >= 3 && date.IsYMD(strings.Join(parts[n-3:], "-"))
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
