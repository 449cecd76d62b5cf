package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"postern/content"
	"postern/sshapp/page"
)

// A look is what a blog's theme is made of: one of Postern's own, or a glamour style sheet beside the posts, and an accent.
type look struct{ name, sheet, accent string }

// lookOf returns the look that a blog's settings name.
func lookOf(l *content.Library) (look, error) {
	s := l.Settings()
	k := look{name: s.Theme, accent: s.Accent}
	if k.name == "" {
		k.name = page.Terminal().Name
	}
	if page.Lookup(k.name) != nil {
		return k, nil
	}
	data, err := readSheet(l, k.name)
	if errors.Is(err, fs.ErrNotExist) {
		err = fmt.Errorf("there is no theme %q, nor such a file; write %s, or the name of a glamour style sheet", k.name, strings.Join(page.Names(), ", "))
	}
	k.sheet = string(data)
	return k, err
}

// theme makes the theme.
func (k look) theme() (t *page.Theme, err error) {
	if t = page.Lookup(k.name); t == nil {
		if t, err = page.LoadTheme(k.name, []byte(k.sheet)); err != nil {
			return nil, err
		}
	}
	if k.accent == "" {
		return t, nil
	}
	return t.Accented(k.accent)
}

// checkTheme says what is wrong with a blog's theme.
func checkTheme(l *content.Library) error {
	k, err := lookOf(l)
	if err == nil {
		_, err = k.theme()
	}
	return err
}

// readSheet reads a style sheet, never more of it than one may have.
func readSheet(l *content.Library, name string) ([]byte, error) {
	f, err := l.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, page.MaxSheet+1))
}
