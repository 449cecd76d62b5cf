package content

import (
	"regexp"
	"strings"
	"time"
)

// A date is a day as it was written, and the instant that it stands for.
type date struct {
	day string // YYYY-MM-DD
	at  time.Time
}

// dateLayouts are the ways in which posts write a date, the common ones first.
var dateLayouts = []string{
	"2006-01-02",
	"2006-01-02 15:04:05 -0700",
	"2006-01-02 15:04:05",
	"2006-01-02 15:04",
	"2006-01-02T15:04:05Z07:00", // takes a fraction of a second too
	"2006-01-02T15:04:05",
	"2006/01/02",
	"2006-1-2",
	"Jan 2 2006",
	"Jan 2, 2006",
	"Jan 2, 2006 15:04:05",
	"January 2 2006",
	"January 2, 2006",
	"2 Jan 2006",
	"2 January 2006",
}

// parseDate reads a date as posts write it; in is the zone of one that names none. The day is the one that was written:
// it is never moved through a time zone.
func parseDate(s string, in *time.Location) (date, bool) {
	s = strings.TrimSpace(s)
	for _, layout := range dateLayouts {
		if t, err := time.ParseInLocation(layout, s, in); err == nil {
			return date{t.Format(time.DateOnly), t}, true
		}
	}
	return date{}, false
}

var fileDate = regexp.MustCompile(`^(\d{4}-\d{1,2}-\d{1,2})[-_ ]`)

// nameDate takes the date off the front of a file's name, as in 2025-09-04-title.
func nameDate(stem string, in *time.Location) (d date, rest string) {
	m := fileDate.FindStringSubmatch(stem)
	if m == nil {
		return date{}, stem
	}
	d, ok := parseDate(m[1], in)
	if !ok {
		return date{}, stem
	}
	return d, stem[len(m[0]):]
}
