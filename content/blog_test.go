package content

import (
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"postern/content/problem"
)

// blog loads a library from files given as name and text.
func blog(t testing.TB, files map[string]string) *Library {
	t.Helper()
	l, err := Load(fsOf(files))
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func fsOf(files map[string]string) fstest.MapFS {
	m := fstest.MapFS{}
	for name, text := range files {
		m[name] = &fstest.MapFile{Data: []byte(text), Mode: 0o644}
	}
	return m
}

// post returns the post of a path, which must be there.
func post(t testing.TB, l *Library, name string) *Post {
	t.Helper()
	p := postAt(l, name)
	if p == nil {
		t.Fatalf("%s is no post; left out: %v; problems: %v", name, l.LeftOut(), l.Problems())
	}
	return p
}

// one loads a single file, p.md unless it is named, and returns what is wrong with it.
func one(t testing.TB, text string, name ...string) (*Post, []problem.Problem) {
	t.Helper()
	file := "p.md"
	if len(name) > 0 {
		file = name[0]
	}
	l := blog(t, map[string]string{file: text})
	return post(t, l, file), slices.DeleteFunc(l.Problems(), func(p problem.Problem) bool { return p.File != file })
}

// worst returns the first problem of a severity.
func worst(problems []problem.Problem, s problem.Severity) (problem.Problem, bool) {
	if i := slices.IndexFunc(problems, func(p problem.Problem) bool { return p.Severity == s }); i >= 0 {
		return problems[i], true
	}
	return problem.Problem{}, false
}

func slugsOf(posts []*Post) []string {
	var slugs []string
	for _, p := range posts {
		slugs = append(slugs, p.Slug)
	}
	return slugs
}

var someday = time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
