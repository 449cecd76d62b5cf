package main

import (
	"cmp"
	"slices"
	"strings"

	"postern/content"
	"postern/sshapp/page"
)

// allProblems returns what is wrong with a blog: with its files, as the library knows, and with its text, as the page does.
func allProblems(lib *content.Library) []content.Problem {
	problems := lib.Problems()
	all := lib.All()
	for _, posts := range [][]*content.Post{all.Posts(), all.Pages()} {
		for _, p := range posts {
			leads := func(target string) bool { return all.Resolve(p, target) != content.Target{} }
			problems = append(problems, page.Problems(p, leads)...)
		}
	}
	slices.SortStableFunc(problems, func(a, b content.Problem) int {
		return cmp.Or(strings.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	return problems
}
