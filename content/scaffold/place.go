package scaffold

import (
	"errors"
	"path"
	"strings"
	"time"

	"postern/content"
	"postern/content/discover"
	"postern/content/sanitize"
)

// Place returns the path at which a text belongs that comes without one. A name is the path itself if it has a slash or an
// extension, else an address; without a name, the address is the one that the front matter claims or that the title makes. The
// text belongs where the post of that address is or, if there is none, where a new post would be begun at a moment.
func Place(l *content.Library, name string, text []byte, now time.Time) (string, error) {
	if strings.Contains(name, "/") || path.Ext(name) != "" && !discover.IsMarkdown(name) || l.HasFile(name) {
		return name, nil
	}
	p := l.Parse(text)
	address := strings.TrimSuffix(name, path.Ext(name))
	if name == "" {
		address = p.Slug
	}
	if address == "" && p.Title != content.Untitled {
		address = sanitize.Slug(p.Title)
	}
	if address == "" {
		return "", errors.New("the post has no title to make a name of; say its name")
	}
	if old, ok := l.All().Find(address); ok {
		return old.File().Path, nil
	}
	c := conventionsFor(l, Options{Draft: p.Draft})
	if discover.IsMarkdown(name) {
		return path.Join(path.Dir(c.path("x", now)), name), nil
	}
	switch {
	case p.Day == "" && p.Broken(): // its date may be what is wrong with it
		c.naming.day = noDay
	case !p.Time.IsZero():
		now = p.Time
	}
	return c.path(fileSlug(path.Base(address)), now.In(l.Settings().Location())), nil
}
