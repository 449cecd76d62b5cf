package lint

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"postern/content/problem"
)

// A shared is a problem that many places of a blog have for one reason: links to the rest of a website that isn't here, or a
// habit, such as long lines of code. Past a number they are one problem, which names the first and counts the others, for
// nobody reads the hundredth.
type shared struct {
	kind string // such as "to /docs": what the others are
	most int
	problem.Problem
}

// habit is how many problems are a habit.
const habit = 20

// grouped returns what is left when those that are too many of a kind are one.
func grouped(all []shared) []problem.Problem {
	slices.SortStableFunc(all, func(a, b shared) int {
		return cmp.Or(strings.Compare(a.kind, b.kind), strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column))
	})
	var problems []problem.Problem
	for len(all) > 0 {
		n := 1
		for n < len(all) && all[n].kind == all[0].kind {
			n++
		}
		if n > all[0].most {
			p := all[0].Problem
			p.Message += fmt.Sprintf(" (and %d more %s)", n-1, all[0].kind)
			problems = append(problems, p)
		} else {
			for _, s := range all[:n] {
				problems = append(problems, s.Problem)
			}
		}
		all = all[n:]
	}
	return problems
}
