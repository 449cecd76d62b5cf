package main

import (
	"context"
	"slices"

	"postern/content"
	"postern/sshapp/page"
)

// problems returns all that is wrong with a blog: with its files, as the library knows, with its theme, and with its text,
// as the page does. It calls checked after each post, from any goroutine, and stops early if ctx is done.
func (b blog) problems(ctx context.Context, checked func()) []content.Problem {
	problems := b.library.Problems()
	if _, err := b.theme(); err != nil {
		problems = append(problems, b.library.Settings().Problem("theme", err.Error(), ""))
	}
	problems = append(problems, page.NewChecker(b.library.All(), b.files).Problems(ctx, b.posts(), checked)...)
	content.SortProblems(problems)
	return problems
}

// problemsOf returns what is wrong with one file of a blog: path is slash-separated and relative to the directory that was
// loaded, as [content.Post.Path] is. Nothing is wrong with a file that is no post.
func (b blog) problemsOf(path string) []content.Problem {
	problems := slices.DeleteFunc(b.library.Problems(), func(p content.Problem) bool { return p.File != path })
	posts := slices.DeleteFunc(b.posts(), func(p *content.Post) bool { return p.Path != path })
	problems = append(problems, page.NewChecker(b.library.All(), b.files).Problems(context.Background(), posts, func() {})...)
	content.SortProblems(problems)
	return problems
}
