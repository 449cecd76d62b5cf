// Package date reads dates as blogs write them, and finds them in the names and paths of files.
//
// Dates are written in some thirty ways, and a list of layouts would miss the next. So a date is read as people read one:
// first a day, from its three parts in whatever order, then a time, then a zone. What must hold: the day is the one that was
// written, and no time zone ever moves it.
package date

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// A Date is a day as it was written, and the instant that it stands for.
type Date struct {
	Day  string // YYYY-MM-DD
	Time time.Time
}

// A Fault says what is wrong with a date, as the end of a sentence that begins with it. It is empty if nothing is.
type Fault string

const (
	NotADay   Fault = "is not a day"
	Ambiguous Fault = "may be a day of two months"
	BadTime   Fault = "has a time that can't be read"
)

// Parse reads a date as posts write it. A date that names no time zone is in zone. With [BadTime] the day is good, and
// the time is midnight; with the other faults the date is zero.
func Parse(s string, zone *time.Location) (Date, Fault) {
	s = strings.TrimSpace(s)
	if t, ok := unixTime(s); ok {
		return Date{t.Format(time.DateOnly), t}, ""
	}
	y, m, d, rest, fault := cutDay(s)
	if fault != "" {
		return Date{}, fault
	}
	return addTime(y, m, d, rest, zone)
}

// Latest returns the last instant that a text which is not a valid date may mean: the end of the month or year that it names.
// It is false for a text that names neither.
func Latest(s string, zone *time.Location) (time.Time, bool) {
	endOf := func(y, m int) (time.Time, bool) { return time.Date(y, time.Month(m+1), 1, 0, 0, -1, 0, zone), true }
	s = strings.TrimSpace(s)
	if a, _, b, c, _, ok := cutNumbers(s); ok {
		y, month := a.value, b.value
		if c.digits == 4 {
			y, month = c.value, max(a.value, b.value) // either may be the month: take the later one
			if month > 12 {
				month = min(a.value, b.value)
			}
		}
		if month < 1 || month > 12 {
			month = 12
		}
		return endOf(y, month)
	}
	last := 0
	for _, digits := range years.FindAllString(s, -1) {
		y, _ := strconv.Atoi(digits)
		last = max(last, y)
	}
	if last == 0 {
		return time.Time{}, false
	}
	return endOf(last, 12)
}

// years matches what may be the year of a post.
var years = regexp.MustCompile(`(?:19|20|21)[0-9]{2}`)

// unixTime reads a Unix time: 9 or 10 digits are seconds, 12 or 13 are milliseconds, which is from 1973 to 2286.
func unixTime(s string) (time.Time, bool) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n <= 0 {
		return time.Time{}, false
	}
	switch len(s) {
	case 9, 10:
		return time.Unix(n, 0).UTC(), true
	case 12, 13:
		return time.UnixMilli(n).UTC(), true
	}
	return time.Time{}, false
}
