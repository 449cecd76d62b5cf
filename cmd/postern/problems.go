package main

import (
	"cmp"
	"slices"
	"strings"

	"postern/content"
	"postern/sshapp/page"
)

// problems returns all that is wrong with a blog: with its files, as the library knows, with its theme, and with its text,
// as the page does.
func (b blog) problems() []content.Problem {
	problems := b.library.Problems()
	if _, err := b.theme(); err != nil {
		problems = append(problems, content.Problem{File: content.SettingsFile, Severity: content.Error, Message: err.Error()})
	}
	all := b.library.All()
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
