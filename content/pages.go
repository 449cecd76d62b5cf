package content

import (
	"cmp"
	"iter"
	"slices"

	"postern/content/problem"
	"postern/content/sanitize"
)

// Pages stand in the order that the settings give, and those that it doesn't name come after, as posts do.

// inOrder returns pages as the settings order them. It leaves the slice as it is.
func (l *Library) inOrder(pages []*Post) []*Post {
	order := l.settings.Pages
	if len(order) == 0 || len(pages) < 2 {
		return pages
	}
	rank := make(map[*Post]int, len(pages))
	for _, p := range pages {
		slug := sanitize.AddressKey(p.Slug)
		if rank[p] = slices.IndexFunc(order, func(s string) bool { return sanitize.AddressKey(s) == slug }); rank[p] < 0 {
			rank[p] = len(order)
		}
	}
	return slices.SortedStableFunc(slices.Values(pages), func(a, b *Post) int { return cmp.Compare(rank[a], rank[b]) })
}

// warnPages names what the order of the pages has, and the blog hasn't.
func (l *Library) warnPages() {
	for _, name := range l.settings.Pages {
		if !slices.ContainsFunc(l.address.slugs[sanitize.AddressKey(name)], func(p *Post) bool { return p.Page }) {
			hint := "write the slugs of pages"
			if near, ok := problem.Nearest(name, l.pageSlugs()); ok {
				hint = "did you mean " + near + "?"
			}
			p := l.settings.Problem("pages", "pages names "+problem.Quote(name)+", and there is no such page", hint)
			p.Severity = problem.Warning
			l.problems = append(l.problems, p)
		}
	}
}

func (l *Library) pageSlugs() iter.Seq[string] {
	return func(yield func(string) bool) {
		for _, p := range l.posts {
			if p.Page && !yield(p.Slug) {
				return
			}
		}
	}
}
