package lint

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"postern/content/problem"
)

// A repeated problem is one that many places of a blog may have for one reason, such as links to the rest of a website that isn't
// here, or long lines of code. If there are more than most, they are reported as one problem, which names the first and counts the
// others, for nobody reads the hundredth.
type repeated struct {
	kind string // such as "to /docs": what the others are
	most int    // that are reported each
	problem.Problem
}

// maxRepeats is how many problems are reported each of a kind that authors know of after a few.
const maxRepeats = 20

// summarize returns the problems, with those that are too many of a kind as one.
func summarize(all []repeated) []problem.Problem {
	slices.SortStableFunc(all, func(a, b repeated) int {
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
