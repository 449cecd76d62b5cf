package blog

import (
	"strings"

	"postern/content"
)

// notPublished is what an author is told of a post with saved changes that are not published.
const notPublished = "not published yet"

// Visibility tells an author why readers don't see a post, or when they will, as in "publishes in 3 h (…)". It is empty where there
// is nothing to tell, and for readers, for whom a is nil.
func (a *Authoring) Visibility(e *content.Edition, p *content.Post) string {
	if a == nil {
		return ""
	}
	s := e.Schedule(p)
	if s == "" {
		s = string(e.Status(p))
	}
	if a.isSaved(p) {
		return strings.TrimSuffix(notPublished+", "+s, ", ")
	}
	return s
}

// Mark says in a word or three why the lists of readers don't have a post as it is. It is empty if they do.
func (a *Authoring) Mark(e *content.Edition, p *content.Post) string {
	if s := e.Status(p); s != content.Published {
		return string(s)
	}
	if a.isSaved(p) {
		return notPublished
	}
	return ""
}

func (a *Authoring) isSaved(p *content.Post) bool {
	return a != nil && a.Saved != nil && a.Saved(p.Path)
}
