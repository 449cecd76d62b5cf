package content

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"postern/content/problem"
	"postern/content/sanitize"
)

// Addresses are promises: an author gives them away, and readers keep them. So a new post must not change the address
// of an old one where that can be helped, and an address that was good once keeps leading to what it led to.

// addresses find posts. The keys of slugs and aliases are those of [sanitize.AddressKey].
type addresses struct {
	slugs        map[string][]*Post  // the posts of all languages with a slug, newest first
	aliases      map[string][]*Post  // by the last part of each other address; oldest first, since that one had it before
	translations map[string][]*Post  // the same post in all languages, by [discover.Name.Siblings]; empty if the blog has one language
	titles       map[string]*Post    // by the slug that some generators make of a title; nil for several posts
	paths        map[string]*Post    // by the file's path, as it is on disk
	dirs         map[string][]string // the paths of the posts in a directory
}

// newAddresses files posts that have their slugs, and completes their aliases. A name that several posts share leads to the
// oldest of them.
func (l *Library) newAddresses() addresses {
	a := addresses{slugs: make(map[string][]*Post, len(l.posts)), aliases: make(map[string][]*Post, len(l.posts)), translations: map[string][]*Post{},
		titles: make(map[string]*Post, len(l.posts)), paths: make(map[string]*Post, len(l.posts)), dirs: map[string][]string{}}
	languages := false
	for _, p := range l.posts {
		k := sanitize.AddressKey(p.Slug)
		a.slugs[k] = append(a.slugs[k], p)
		file := p.source.file.Path
		a.paths[file] = p
		a.dirs[path.Dir(file)] = append(a.dirs[path.Dir(file)], file)
		if _, taken := a.titles[p.source.titleSlug]; taken {
			a.titles[p.source.titleSlug] = nil
		} else {
			a.titles[p.source.titleSlug] = p
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
		for _, name := range []string{lastPart(p.Slug), s.stem, s.full} {
			if name != p.Slug {
				a.alias(name, p)
			}
		}
		if languages {
			a.translations[p.source.file.Siblings] = append(a.translations[p.source.file.Siblings], p)
		}
	}
	return a
}

// alias has an address lead to a post, after those that it leads to already.
func (a addresses) alias(address string, p *Post) {
	k := lastPart(sanitize.AddressKey(address))
	if posts := a.aliases[k]; k != p.Slug && (len(posts) == 0 || posts[len(posts)-1] != p) {
		a.aliases[k] = append(posts, p)
	}
}

// lastPart returns what stands behind the last slash of an address.
func lastPart(address string) string { return address[strings.LastIndexByte(address, '/')+1:] }

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

// reportOldAddresses names the aliases that lead to another post than the one that claims them.
func (l *Library) reportOldAddresses() {
	type claim struct{ lang, alias string }
	first := map[claim]*Post{}
	for _, p := range slices.Backward(l.posts) { // the oldest keeps an alias
		for _, old := range p.source.oldAddresses {
			key := claim{l.language(p), sanitize.AddressKey(old.alias)}
			warn := func(other *Post, why string) {
				l.problems = append(l.problems, problem.Problem{File: p.Path, Line: old.Line, Column: old.Column, Severity: problem.Warning,
					Message: fmt.Sprintf("the alias %s is %s %s, and leads there", problem.Quote(old.alias), why, other.Path), Hint: "take it out of one of them"})
			}
			if other := first[key]; other != nil && other != p {
				warn(other, "one of")
				continue
			}
			first[key] = p
			if strings.Contains(old.alias, "/") { // to a generator it is another address than the slug
				continue
			}
			for _, other := range l.address.slugs[sanitize.AddressKey(sanitize.AddressOfPath(old.alias))] {
				if other != p && l.language(other) == l.language(p) {
					warn(other, "the slug of")
				}
			}
		}
	}
}

// Names under which clients prove a key. A post of such an address can't be opened by it.
const (
	AuthorName = "author" // for who may publish
	MemberName = "me"     // for a reader who wants to be known again
)

// IsReserved reports whether a client that comes under a user name is not one who asks for a post.
func IsReserved(user string) bool { return user == AuthorName || user == MemberName }

// reportReserved names the posts whose addresses are reserved.
func (l *Library) reportReserved() {
	for _, p := range l.posts {
		if !IsReserved(p.Slug) {
			continue
		}
		reserved := problem.Problem{File: p.Path, Severity: problem.Error,
			Message: fmt.Sprintf("its address would be %s, and ssh %s@… is for who proves a key", problem.Quote(p.Slug), p.Slug),
			Hint:    "give it another `slug:`"}
		if slices.Contains(p.source.claims, p.Slug) {
			reserved.Line, reserved.Column = p.source.claimed.Line, p.source.claimed.Column
		}
		l.problems = append(l.problems, reserved)
	}
}
