package content

import (
	"fmt"
	"slices"
	"strings"

	"postern/content/problem"
	"postern/content/sanitize"
)

// A former is an address that a post had before, as its author wrote it: often a whole path, of which only the last part
// counts here.
type former struct {
	alias string
	problem.Position
}

// warnFormer names the aliases that lead to another post than the one that claims them.
func (l *Library) warnFormer() {
	type claim struct{ lang, alias string }
	first := map[claim]*Post{}
	for _, p := range slices.Backward(l.posts) { // the oldest keeps an alias
		for _, f := range p.source.former {
			key := claim{l.language(p), sanitize.AddressKey(f.alias)}
			warn := func(other *Post, why string) {
				l.problems = append(l.problems, problem.Problem{File: p.Path, Line: f.Line, Column: f.Column, Severity: problem.Warning,
					Message: fmt.Sprintf("the alias %s is %s %s, and leads there", problem.Quote(f.alias), why, other.Path), Hint: "take it out of one of them"})
			}
			if other := first[key]; other != nil && other != p {
				warn(other, "one of")
				continue
			}
			first[key] = p
			if strings.Contains(f.alias, "/") { // to a generator it is another address than the slug
				continue
			}
			for _, other := range l.address.slugs[sanitize.AddressKey(sanitize.SlugOfPath(f.alias))] {
				if other != p && l.language(other) == l.language(p) {
					warn(other, "the slug of")
				}
			}
		}
	}
}
