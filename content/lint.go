package content

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"postern/content/date"
	"postern/content/frontmatter"
	"postern/content/language"
	"postern/content/problem"
	"postern/content/sanitize"
)

// A value may be valid and still not be what its author can have meant. That is a warning, and only where hardly anything else
// can have been meant: what must hold is that published blogs without mistakes get none.

// lintValues warns of values that are not what their keys are for.
func (s *source) lintValues(m frontmatter.Fields) {
	for _, k := range []string{"title", "tags", "tag", "categories", "category", "series", "description", "summary", "slug", "lang"} {
		if f := m[k]; f.Guessed && f.Empty() && !s.hasProblemAt(f.Line) {
			s.report(problem.Warning, f, k+" is a mapping, which says nothing here", "write a text, or a list of texts")
		}
	}
	if f := m["series"]; len(f.List) > 1 {
		s.report(problem.Warning, f, "a post is in one series; the first counts", "take the others out")
	}
	for _, k := range []string{"author", "authors", "by"} {
		if f := m[k]; isNumber.MatchString(f.Text) {
			s.report(problem.Warning, f, k+" "+problem.Quote(f.Text)+" is a number, and not a name", "write a name, or a list of names")
		}
	}
	if f, k := m.First("lang", "language", "locale"); f.Text != "" && !language.IsValid(language.Tag(f.Text)) {
		s.report(problem.Warning, f, k+" "+problem.Quote(f.Text)+" is not a language code", "write one such as en or pt-BR")
	}
	if f := m["slug"]; isCutShort(f.Text) {
		kept := "nothing"
		if slug := sanitize.SlugOfPath(f.Text); slug != "" {
			kept = "only " + problem.Quote(slug)
		}
		s.report(problem.Warning, f, "of the slug "+problem.Quote(f.Text)+" "+kept+" can stand in an address", "write it in letters, digits and hyphens")
	}
}

var isNumber = regexp.MustCompile(`^[0-9]+$`)

// isCutShort reports whether an address made of a slug lacks signs that mean something, such as those of "c++", or has less than
// half of it.
func isCutShort(slug string) bool {
	if strings.ContainsAny(slug, "{:") || strings.Trim(slug, "/ ") == "" {
		return false // a pattern, or the root
	}
	if u, err := url.PathUnescape(slug); err == nil {
		slug = u
	}
	last := path.Base(strings.TrimRight(slug, "/"))
	if strings.ContainsFunc(last, func(r rune) bool { return r == '#' || unicode.IsSymbol(r) }) {
		return true
	}
	signs := func(s string) (n int) {
		for _, r := range s {
			if !unicode.IsSpace(r) && r != '-' && r != '_' {
				n++
			}
		}
		return n
	}
	return 2*signs(sanitize.SlugOfPath(slug)) < signs(last)
}

// Generators have hundreds of keys that mean nothing here, and authors have their own. So an unknown key is not a mistake by
// itself: only one that is a typing error for a key that counts, where that one is missing.

// typoTargets are the keys that a mistyped one may have been meant to be.
var typoTargets = func() []string {
	var keys []string
	for k := range frontmatter.KnownKeys {
		if len(k) > 3 { // a shorter one is near to too many words
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	return keys
}()

// notTypos are keys that are near to one that counts, and mean something else.
var notTypos = func() map[string]bool {
	all := map[string]bool{}
	for _, k := range strings.Fields(`data tile tabs lane long local locales languages paths types titles names publish
		aliases_old authors_note slugs subtitles`) {
		all[k] = true
	}
	return all
}()

// lintKeys warns of keys that were probably meant to be others.
func (s *source) lintKeys(m frontmatter.Fields, opt parseOptions) {
	for k, f := range m {
		if frontmatter.KnownKeys[k] || strings.Contains(k, ".") || len(k) < 3 || s.hideByTypo(k, f) || notTypos[k] {
			continue
		}
		on, fault := date.Parse(f.Text, opt.location)
		isDate := fault == "" && on.Day != ""
		near, ok := problem.Nearest(k, func(yield func(string) bool) {
			for _, target := range typoTargets {
				if target[0] != k[0] { // the first letter is rarely mistyped
					continue
				}
				if len(k) < 4 && !(isDate && target == "date") { // so short a word is near to too many
					continue
				}
				if !yield(target) {
					return
				}
			}
		})
		if _, there := m[near]; ok && !there {
			s.report(problem.Warning, f.AtKey(), "the key "+problem.Quote(k)+" means nothing", "did you mean "+near+"?")
			if isDate && s.post.Day == "" && slices.Contains(frontmatter.DateKeys, near) && on.Time.After(s.post.Time) {
				s.post.Time = on.Time // so that what was to come later does not come now
			}
		}
	}
}
