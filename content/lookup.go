package content

import (
	"regexp"
	"slices"
	"strings"

	"postern/content/language"
	"postern/content/sanitize"
)

// Find returns the post at an address: its slug, its whole address or the end of that, one of its aliases, its file's name, in any
// case and in any Unicode normal form. More parts may stand before it, if they don't contradict what is known of the post: a post
// of 2023 isn't found at 2021/NAME. What several posts have leads to the oldest. Where posts of several languages have a
// slug, the bare address is the one in the blog's own language, and LANG/SLUG the others.
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
	code, rest, ok := strings.Cut(k, "/")
	if !ok || !language.IsCode(code) {
		p := e.at(k, lang)
		return p, p != nil
	}
	p := e.at(rest, language.Tag(code))
	if p == nil || p.Lang != language.Tag(code) {
		if q := e.at(k, lang); q != nil {
			p = q
		}
	}
	return p, p != nil
}

// at returns the post that fits an address best, nil for none.
func (e *Edition) at(address, lang string) *Post {
	a := &e.library.address
	if p := e.preferred(a.slugs[address], lang); p != nil {
		return p
	}
	last := lastPart(address)
	var fitting [wholeAddress + 1][]*Post
	for _, posts := range [][]*Post{a.slugs[last], a.aliases[last]} {
		for _, p := range posts {
			if f := p.fit(address); f != noFit {
				fitting[f] = append(fitting[f], p)
			}
		}
	}
	for _, posts := range slices.Backward(fitting[:]) {
		if p := e.preferred(posts, lang); p != nil {
			return p
		}
	}
	return nil
}

// preferred returns the first of posts that is shown and in a language, else the one that would be read most likely.
func (e *Edition) preferred(posts []*Post, lang string) *Post {
	var best *Post
	for _, p := range posts {
		if !e.shows(p) {
			continue
		}
		if in := e.library.language(p); in == lang || p.Lang == lang {
			return p
		} else if best == nil || best.Unlisted && !p.Unlisted || best.Unlisted == p.Unlisted && in == "" {
			best = p
		}
	}
	return best
}

// A fit says how an address is one of a post's.
type fit int

const (
	noFit        fit = iota
	endsIn           // it is one, with more before it
	endOf            // it is the end of one
	wholeAddress     // it is one
)

// fit returns how an address, whose last part a post has, fits the post best.
func (p *Post) fit(address string) fit {
	s := p.source
	known := append([]string{p.Slug, s.stem, s.full}, p.Aliases...)
	longer := func(name string) bool {
		return slices.ContainsFunc(known, func(other string) bool { return strings.HasSuffix(other, "/"+name) })
	}
	best := noFit
	for _, name := range known {
		name = sanitize.AddressKey(name)
		switch {
		case name == address:
			return wholeAddress
		case strings.HasSuffix(name, "/"+address):
			best = endOf
		case best == noFit && strings.HasSuffix(address, "/"+name) && !longer(name) && p.agrees(strings.TrimSuffix(address, "/"+name)):
			best = endsIn
		}
	}
	return best
}

// endingDate matches a year, a month or a day in which the part before an address ends.
var endingDate = regexp.MustCompile(`(?:^|/)((?:19|20)\d\d)(?:[/-](\d\d?))?(?:[/-](\d\d?))?$`)

// agrees reports whether what stands before an address may be of the post: it ends in no year, month or day but its own.
func (p *Post) agrees(before string) bool {
	m := endingDate.FindStringSubmatch(before[max(0, len(before)-len("/2006/01/02")):])
	if m == nil || p.Day == "" && p.source.file.Day == "" {
		return true
	}
	return slices.ContainsFunc([]string{p.Day, p.source.file.Day}, func(day string) bool {
		own := strings.Split(day, "-")
		for i, asked := range m[1:] {
			if asked != "" && (i >= len(own) || strings.TrimLeft(asked, "0") != strings.TrimLeft(own[i], "0")) {
				return false
			}
		}
		return true
	})
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
