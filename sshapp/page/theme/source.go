package theme

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"postern/content"
	"postern/content/problem"
)

// A Source is all that a blog's theme is made of. Two that are equal make the same theme.
type Source struct {
	name   string // of a built-in theme, or of a style sheet's file in the blog
	sheet  string // the style sheet; empty for a built-in theme
	accent string // as the settings have it; may be empty
}

// SourceOf returns the source of the theme that a blog's settings name. It reads the style sheet, if they name one.
func SourceOf(l *content.Library) (Source, error) {
	settings := l.Settings()
	s := Source{name: cmp.Or(settings.Theme, Terminal().Name), accent: settings.Accent}
	if Lookup(s.name) != nil {
		return s, nil
	}
	data, err := readSheet(l, s.name)
	if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("there is no theme %q, nor such a file; write %s, or the name of a glamour style sheet", s.name, strings.Join(Names(), ", "))
	}
	s.sheet = string(data)
	return s, err
}

// Load makes the theme.
func (s Source) Load() (*Theme, error) {
	t := Lookup(s.name)
	if t == nil {
		var err error
		if t, err = Load(s.name, []byte(s.sheet)); err != nil {
			return nil, err
		}
	}
	if s.accent == "" {
		return t, nil
	}
	return t.WithAccent(s.accent)
}

// ForBlog makes the theme that a blog's settings name.
func ForBlog(l *content.Library) (*Theme, error) {
	s, err := SourceOf(l)
	if err != nil {
		return nil, err
	}
	return s.Load()
}

// Problem returns an error of [SourceOf], [Source.Load] or [ForBlog] as a problem of the blog's settings.
func Problem(l *content.Library, err error) problem.Problem {
	return l.Settings().Problem("theme", err.Error(), "")
}

// readSheet reads a style sheet. Of a file that is too large it reads one byte more than [maxSheet], which [Load] refuses.
func readSheet(l *content.Library, name string) ([]byte, error) {
	f, err := l.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxSheet+1))
}
