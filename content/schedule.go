package content

import (
	"fmt"
	"time"
)

// Posts appear and vanish by the clock alone. An author is told of it in words, with the instant in the blog's own
// timezone, since that is where a date without a zone was taken from.

// Schedule says in words, with times in a zone, what the clock will do to a post, or has done: "publishes in 3 h (2026-11-22 18:00
// Europe/Madrid)", "expires in …", "expired 2 days ago (…)". It is empty for a post that is published for good, and for
// a draft, to which the clock does nothing.
func (p *Post) Schedule(now time.Time, zone *time.Location) string {
	ends := !p.Expires.IsZero()
	switch {
	case p.Draft:
		return ""
	case ends && !p.Expires.After(p.Time):
		return fmt.Sprintf("is never published, since it expires before its date (%s)", clock(p.Expires, zone))
	case p.Time.After(now):
		return fmt.Sprintf("publishes in %s (%s)", span(p.Time.Sub(now)), clock(p.Time, zone))
	case ends && p.Expires.After(now):
		return fmt.Sprintf("expires in %s (%s)", span(p.Expires.Sub(now)), clock(p.Expires, zone))
	case ends:
		return fmt.Sprintf("expired %s ago (%s)", span(now.Sub(p.Expires)), clock(p.Expires, zone))
	}
	return ""
}

// clock writes an instant as the clocks of a zone show it.
func clock(t time.Time, zone *time.Location) string {
	return t.In(zone).Format("2006-01-02 15:04 ") + zone.String()
}

// span says how long something is, in the largest unit of which it has more than one.
func span(d time.Duration) string {
	const day = 24 * time.Hour
	for _, u := range []struct {
		least, unit time.Duration
		name        string
	}{
		{720 * day, 365 * day, "years"}, {60 * day, 30 * day, "months"}, {36 * time.Hour, day, "days"},
		{90 * time.Minute, time.Hour, "h"}, {time.Minute, time.Minute, "min"},
	} {
		if d >= u.least {
			return fmt.Sprintf("%d %s", d.Round(u.unit)/u.unit, u.name) // Sub and Round stop at 292 years
		}
	}
	return "less than a minute"
}

// A Status says in a word why a post is not among those that readers are shown.
type Status string

const (
	Published Status = "" // it is among them
	Draft     Status = "draft"
	Scheduled Status = "scheduled"
	Expired   Status = "expired"
	Unlisted  Status = "unlisted"
)

// Status returns how a post stands at the edition's moment.
func (e *Edition) Status(p *Post) Status {
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
func (e *Edition) Schedule(p *Post) string { return p.Schedule(e.now, e.library.settings.Location()) }
