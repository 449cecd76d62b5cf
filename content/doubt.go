package content

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"postern/content/frontmatter"
	"postern/content/language"
	"postern/content/problem"
	"postern/content/sanitize"
)

// What a front matter says may be readable and still not be what its author can have meant. That is only warned of, and only
// where there is hardly another reading: what is here must be silent about every published blog that is right.

// doubts warns of values that are not what their keys are for.
func (s *source) doubts(m frontmatter.Fields) {
	for _, k := range []string{"title", "tags", "tag", "categories", "category", "series", "description", "summary", "slug", "lang"} {
		if f := m[k]; f.Guessed && f.Empty() && !s.complains(f.Line) {
			s.report(problem.Warning, f, k+" is a mapping, which says nothing here", "write a text, or a list of texts")
		}
	}
	if f := m["series"]; len(f.List) > 1 {
		s.report(problem.Warning, f, "a post is in one series; the first counts", "take the others out")
	}
	for _, k := range []string{"author", "authors", "by"} {
		if f := m[k]; isNumber.MatchString(f.Text) {
			s.report(problem.Warning, f, k+" "+problem.Quote(f.Text)+" is a number, and no name", "write a name, or a list of names")
		}
	}
	if f, k := m.First("lang", "language", "locale"); f.Text != "" && !isTag.MatchString(language.Tag(f.Text)) {
		s.report(problem.Warning, f, k+" "+problem.Quote(f.Text)+" is not a language code", "write one such as en or pt-BR")
	}
	if f := m["slug"]; loses(f.Text) {
		s.report(problem.Warning, f, "of the slug "+problem.Quote(f.Text)+" little can stand in an address", "write it in letters, digits and hyphens")
	}
}

var (
	isNumber = regexp.MustCompile(`^[0-9]+$`)
	isTag    = regexp.MustCompile(`^(?:[a-z]{2,3}|[ix])(?:-[a-z0-9]{1,8})*$`) // RFC 5646, section 2.1, but for names that nobody has registered
)

// complains reports whether something is wrong with a line already.
func (s *source) complains(line int) bool {
	return slices.ContainsFunc(s.problems, func(p problem.Problem) bool { return p.Line == line })
}

// loses reports whether an address made of a slug has less than half of it.
func loses(slug string) bool {
	if strings.ContainsAny(slug, "{:") || strings.Trim(slug, "/ ") == "" {
		return false // a pattern, or the root
	}
	if u, err := url.PathUnescape(slug); err == nil {
		slug = u
	}
	signs := func(s string) (n int) {
		for _, r := range s {
			if !unicode.IsSpace(r) && r != '-' && r != '_' {
				n++
			}
		}
		return n
	}
	return 2*signs(sanitize.SlugOfPath(slug)) < signs(path.Base(strings.TrimRight(slug, "/")))
}
