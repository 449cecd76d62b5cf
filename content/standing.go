package content

import (
	"fmt"
	"time"

	"postern/content/date"
	"postern/content/problem"
	"postern/content/sanitize"
)

// A Standing says in a word why a post is not among those that readers are shown.
type Standing string

const (
	Published Standing = "" // it is among them
	Draft     Standing = "draft"
	Scheduled Standing = "scheduled"
	Expired   Standing = "expired"
	Unlisted  Standing = "unlisted"
)

// Standing returns how a post stands at the edition's moment.
func (e *Edition) Standing(p *Post) Standing {
	switch {
	case p.Draft:
		return Draft
	case !p.Expires.IsZero() && !p.Expires.After(e.now):
		return Expired
	case p.Time.After(e.now):
		return Scheduled
	case p.Unlisted:
		return Unlisted
	}
	return Published
}

// Schedule says in words what the clock will do to a post, as [Post.Schedule] does, at the edition's moment.
func (e *Edition) Schedule(p *Post) string { return p.Schedule(e.now, e.library.settings) }

// Moment reads a date as posts write it, in the blog's timezone if it names none.
func (s Settings) Moment(text string) (time.Time, error) {
	on, doubt := date.Parse(sanitize.Line(text), s.Location())
	if doubt != "" {
		return time.Time{}, fmt.Errorf("%s %s; write it as YYYY-MM-DD or YYYY-MM-DD hh:mm", problem.Quote(text), doubt)
	}
	return on.Time, nil
}
