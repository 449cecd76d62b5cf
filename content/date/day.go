package date

import (
	"strconv"
	"strings"
	"time"

	"postern/content/sanitize"
)

// cutDay takes the day off the front of a date.
func cutDay(s string) (y, m, d int, rest string, fault Fault) {
	if a, sep, b, c, rest, ok := cutNumbers(s); ok {
		switch {
		case a.digits == 4:
			y, m, d = a.value, b.value, c.value
		case c.digits == 4 && sep == '.':
			y, m, d = c.value, b.value, a.value
		case c.digits == 4 && sep == '/' && (dayExists(c.value, a.value, b.value) || dayExists(c.value, b.value, a.value)):
			return 0, 0, 0, "", Ambiguous
		default:
			return 0, 0, 0, "", NotADay
		}
		if !dayExists(y, m, d) {
			return 0, 0, 0, "", NotADay
		}
		return y, m, d, rest, ""
	}
	return cutNamedDay(s)
}

// A number is a run of one to four digits.
type number struct {
	value  int
	digits int // how many there are, with leading zeros
}

// cutNumber takes a number off the front of s.
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
func cutNamedDay(s string) (y, m, d int, rest string, fault Fault) {
	for y == 0 || m == 0 || d == 0 {
		s = strings.TrimLeft(s, " ,\t")
		end := strings.IndexAny(s, " ,\t")
		if end < 0 {
			end = len(s)
		}
		word := strings.ToLower(strings.TrimSuffix(s[:end], "."))
		if word == "" {
			return 0, 0, 0, "", NotADay
		}
		s = s[end:]
		n, suffix, isNumber := cutNumber(word)
		switch {
		case isNumber && suffix == "" && n.digits == 4 && y == 0:
			y = n.value
		case isNumber && n.digits <= 2 && d == 0 && (suffix == "" || suffix == "st" || suffix == "nd" || suffix == "rd" || suffix == "th"):
			d = n.value
		case m == 0 && monthNamed(word) > 0:
			m = monthNamed(word)
		case isWeekday(word) && y+m+d == 0:
		default:
			return 0, 0, 0, "", NotADay
		}
	}
	if !dayExists(y, m, d) {
		return 0, 0, 0, "", NotADay
	}
	return y, m, d, strings.TrimLeft(s, " ,\t"), ""
}

// monthNamed returns the month that a word in lower case names, in full or abbreviated to three letters or more; 0 if none.
func monthNamed(word string) int {
	for i, short := range months {
		if strings.HasPrefix(word, short) && strings.HasPrefix(strings.ToLower(time.Month(i+1).String()), strings.TrimSuffix(word, "t")) {
			return i + 1
		}
	}
	return 0
}

// isWeekday reports whether a word in lower case is a day of the week, or three letters or more of one.
func isWeekday(word string) bool {
	for d := range time.Weekday(7) {
		if full := strings.ToLower(d.String()); len(word) >= 3 && strings.HasPrefix(full, word) {
			return true
		}
	}
	return false
}

// dayExists reports whether the calendar has a day.
func dayExists(y, m, d int) bool {
	return y > 0 && m >= 1 && m <= 12 && d >= 1 && d <= 31 && time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC).Day() == d
}
