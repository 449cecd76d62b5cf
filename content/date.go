package content

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"postern/content/sanitize"
)

// Dates are written in some thirty ways, and a list of layouts would miss the next. So a date is read as people read
// one: a day first, from its three parts in whatever order, then what is left as a clock, then a zone. What must hold:
// the day is the one that was written, and is never moved through a time zone.

// A date is a day as it was written, and the instant that it stands for.
type date struct {
	day string // YYYY-MM-DD
	at  time.Time
}

// dateDoubt says what is wrong with a date: empty for nothing.
type dateDoubt string

const (
	notADay   dateDoubt = "is not a day"
	ambiguous dateDoubt = "may be a day of two months"
	noClock   dateDoubt = "has a time that can't be read"
)

// parseDate reads a date as posts write it; in is the zone of one that names none. With the doubt noClock the day is
// good, and its time is midnight; with the others there is no date.
func parseDate(s string, in *time.Location) (date, dateDoubt) {
	s = strings.TrimSpace(s)
	if t, ok := unixTime(s); ok {
		return date{t.Format(time.DateOnly), t}, ""
	}
	y, m, d, rest, doubt := cutDay(s)
	if doubt != "" {
		return date{}, doubt
	}
	return atClock(y, m, d, rest, in)
}

// latest returns the last instant that a text may mean which is no date: the end of the month or year that it names. It
// is false for one that names neither.
func latest(s string, in *time.Location) (time.Time, bool) {
	endOf := func(y, m int) (time.Time, bool) { return time.Date(y, time.Month(m+1), 1, 0, 0, -1, 0, in), true }
	s = strings.TrimSpace(s)
	if a, _, b, c, _, ok := cutNumbers(s); ok {
		y, month := a.n, b.n
		if c.digits == 4 {
			y, month = c.n, max(a.n, b.n) // of two that may be the month, the later
			if month > 12 {
				month = min(a.n, b.n)
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

// unixTime takes 9 to 10 digits for seconds, and 12 to 13 for milliseconds: 1973 to 2286.
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

// cutDay takes the day off the front of a date.
func cutDay(s string) (y, m, d int, rest string, doubt dateDoubt) {
	if a, sep, b, c, rest, ok := cutNumbers(s); ok {
		switch {
		case a.digits == 4:
			y, m, d = a.n, b.n, c.n
		case c.digits == 4 && sep == '.':
			y, m, d = c.n, b.n, a.n
		case c.digits == 4 && sep == '/':
			return 0, 0, 0, "", ambiguous
		default:
			return 0, 0, 0, "", notADay
		}
		if !isDay(y, m, d) {
			return 0, 0, 0, "", notADay
		}
		return y, m, d, rest, ""
	}
	return cutNamedDay(s)
}

// A number is a run of digits, and how many there were.
type number struct{ n, digits int }

func cutNumber(s string) (number, string, bool) {
	i := 0
	for i < len(s) && sanitize.IsDigit(s[i]) {
		i++
	}
	if i == 0 || i > 4 {
		return number{}, s, false
	}
	n, _ := strconv.Atoi(s[:i])
	return number{n, i}, s[i:], true
}

// cutNumbers takes three numbers with the same separator off the front of s, as in 2025-9-4, 2025/09/04 or 4.9.2025.
func cutNumbers(s string) (a number, sep byte, b, c number, rest string, ok bool) {
	a, s, ok = cutNumber(s)
	if !ok || s == "" || !strings.ContainsRune("-/.", rune(s[0])) {
		return a, 0, b, c, s, false
	}
	sep = s[0]
	if b, s, ok = cutNumber(s[1:]); !ok || b.digits > 2 || s == "" || s[0] != sep {
		return a, sep, b, c, s, false
	}
	if c, s, ok = cutNumber(s[1:]); !ok || a.digits != 4 && c.digits != 4 || a.digits == 4 && c.digits > 2 {
		return a, sep, b, c, s, false
	}
	return a, sep, b, c, s, true
}

var months = []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}

// cutNamedDay takes a day whose month is a word off the front of s: Jan 2 2006, 2nd January, 2006, Mon, 02 Jan 2006.
func cutNamedDay(s string) (y, m, d int, rest string, doubt dateDoubt) {
	for y == 0 || m == 0 || d == 0 {
		s = strings.TrimLeft(s, " ,\t")
		end := strings.IndexAny(s, " ,\t")
		if end < 0 {
			end = len(s)
		}
		word := strings.ToLower(strings.TrimSuffix(s[:end], "."))
		if word == "" {
			return 0, 0, 0, "", notADay
		}
		s = s[end:]
		n, suffix, isNumber := cutNumber(word)
		switch {
		case isNumber && suffix == "" && n.digits == 4 && y == 0:
			y = n.n
		case isNumber && n.digits <= 2 && d == 0 && (suffix == "" || suffix == "st" || suffix == "nd" || suffix == "rd" || suffix == "th"):
			d = n.n
		case m == 0 && monthNamed(word) > 0:
			m = monthNamed(word)
		case isWeekday(word) && y+m+d == 0:
		default:
			return 0, 0, 0, "", notADay
		}
	}
	if !isDay(y, m, d) {
		return 0, 0, 0, "", notADay
	}
	return y, m, d, strings.TrimLeft(s, " ,\t"), ""
}

func monthNamed(word string) int {
	for i, short := range months {
		if strings.HasPrefix(word, short) && strings.HasPrefix(strings.ToLower(time.Month(i+1).String()), strings.TrimSuffix(word, "t")) {
			return i + 1
		}
	}
	return 0
}

func isWeekday(word string) bool {
	for d := range time.Weekday(7) {
		if full := strings.ToLower(d.String()); len(word) >= 3 && strings.HasPrefix(full, word) {
			return true
		}
	}
	return false
}

func isDay(y, m, d int) bool {
	return y > 0 && m >= 1 && m <= 12 && d >= 1 && d <= 31 && time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC).Day() == d
}

// atClock adds what stands behind a day: nothing, or a time, and a zone.
func atClock(y, m, d int, rest string, in *time.Location) (date, dateDoubt) {
	midnight := time.Date(y, time.Month(m), d, 0, 0, 0, 0, in)
	on := date{time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC).Format(time.DateOnly), midnight}
	rest = strings.TrimSpace(rest)
	if rest == "" {
		return on, ""
	}
	hour, minute, second, nano, rest, ok := cutClock(strings.TrimLeft(rest, "Tt, "))
	if !ok {
		return on, noClock
	}
	zone, ok := parseZone(strings.TrimSpace(rest), in)
	if !ok {
		return on, noClock
	}
	on.at = time.Date(y, time.Month(m), d, hour, minute, second, nano, zone)
	return on, ""
}

// cutClock takes 15:04, 15:04:05 or 3:04:05.123 pm off the front of s.
func cutClock(s string) (hour, minute, second, nano int, rest string, ok bool) {
	h, s, ok := cutNumber(s)
	if !ok || h.digits > 2 || !strings.HasPrefix(s, ":") {
		return 0, 0, 0, 0, s, false
	}
	m, s, ok := cutNumber(s[1:])
	if !ok || m.digits != 2 {
		return 0, 0, 0, 0, s, false
	}
	var sec number
	if strings.HasPrefix(s, ":") {
		if sec, s, ok = cutNumber(s[1:]); !ok || sec.digits != 2 {
			return 0, 0, 0, 0, s, false
		}
		if len(s) > 1 && (s[0] == '.' || s[0] == ',') && sanitize.IsDigit(s[1]) {
			nano, s = cutFraction(s[1:])
		}
	}
	t := strings.TrimSpace(s)
	if len(t) >= 2 && (len(t) == 2 || t[2] == ' ') && h.n >= 1 && h.n <= 12 {
		switch strings.ToLower(t[:2]) {
		case "am":
			h.n, s = h.n%12, t[2:]
		case "pm":
			h.n, s = h.n%12+12, t[2:]
		}
	}
	return h.n, m.n, sec.n, nano, s, h.n < 24 && m.n < 60 && sec.n < 60
}

func cutFraction(s string) (nano int, rest string) {
	i, scale := 0, 100_000_000
	for ; i < len(s) && sanitize.IsDigit(s[i]); i++ {
		nano += int(s[i]-'0') * scale
		scale /= 10
	}
	return nano, s[i:]
}
