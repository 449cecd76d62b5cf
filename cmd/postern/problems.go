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
	return b.read(ctx, b.known(), b.posts(), checked)
}

// problemsOf returns what is wrong with one file of a blog: path is slash-separated and relative to the directory that was
// loaded, as [content.Post.Path] is. Nothing is wrong with a file that is neither a post nor the settings.
func (b blog) problemsOf(path string) []content.Problem {
	known := slices.DeleteFunc(b.known(), func(p content.Problem) bool { return p.File != path })
	posts := slices.DeleteFunc(b.posts(), func(p *content.Post) bool { return p.Path != path })
	return b.read(context.Background(), known, posts, func() {})
}

// known returns what is wrong with files and theme.
func (b blog) known() []content.Problem {
	problems := b.library.Problems()
	if err := checkTheme(b.library); err != nil {
		problems = append(problems, themeProblem(b.library, err))
	}
	return problems
}

// read adds what is wrong with the texts of posts to what is known.
func (b blog) read(ctx context.Context, known []content.Problem, posts []*content.Post, checked func()) []content.Problem {
	problems := append(known, page.NewChecker(b.library.All()).Problems(ctx, posts, checked)...)
	content.SortProblems(problems)
	return problems
}
