package content

import (
	"errors"
	"path"
	"slices"
	"strings"
	"time"

	"postern/content/discover"
)

// Place returns the path at which a text belongs that comes without one. A name is the path itself if it has a slash or an
// extension, else an address; without a name, the address is the one that the front matter claims or that the title makes. The
// text belongs where the post of that address is or, if there is none, where a new post would be begun at a moment.
func (l *Library) Place(name string, text []byte, now time.Time) (string, error) {
	if strings.Contains(name, "/") || path.Ext(name) != "" && !discover.IsMarkdown(name) {
		return name, nil
	}
	if slices.ContainsFunc(l.tree.Posts, func(f discover.Found) bool { return f.Path == name }) {
		return name, nil
	}
	s := parse(discover.File{}, text, l.dialect)
	address := strings.TrimSuffix(name, path.Ext(name))
	switch {
	case name != "":
	case len(s.claims) > 0:
		address = s.claims[0]
	case s.post.Title != discover.Title(""):
		address = s.titled
	}
	if address == "" {
		return "", errors.New("the post has no title to make a name of; say its name")
	}
	if p, ok := l.All().Find(address); ok {
		return p.source.file.Path, nil
	}
	m := l.mannerOf(Idea{Draft: s.post.Draft})
	if discover.IsMarkdown(name) {
		return path.Join(path.Dir(m.path("x", now)), name), nil
	}
	if !s.post.Time.IsZero() {
		now = s.post.Time
	}
	return m.path(fileSlug(address), now.In(l.settings.Location())), nil
}
