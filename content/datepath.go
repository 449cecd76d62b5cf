package content

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"postern/content/sanitize"
)

// cutNameDate takes a date off the front or the end of a name. It may be glued to a title that begins with a capital or
// with a letter that has no case, but not to a small letter, which may belong to the number: 2020-02-25th-anniversary.
func cutNameDate(stem string) (day, rest string) {
	if day, rest, ok := cutWrittenDay(stem); ok {
		title := strings.TrimLeft(rest, "-_ .")
		first, _ := utf8.DecodeRuneInString(title)
		switch {
		case title == "":
			return day, stem // nothing else would be left to name it
		case title != rest, unicode.IsLetter(first) && !unicode.IsLower(first):
			return day, title
		}
	}
	for i := len(stem) - len("-2006-1-2"); i > 0 && i >= len(stem)-len("-2006-01-02"); i-- {
		if strings.IndexByte("-_ ", stem[i]) < 0 {
			continue
		}
		if day, rest, ok := cutWrittenDay(stem[i+1:]); ok && rest == "" {
			return day, stem[:i]
		}
	}
	return "", stem
}

// cutWrittenDay takes a day such as 2020-1-14 off the front of s.
func cutWrittenDay(s string) (day, rest string, ok bool) {
	if len(s) < len("2006-1-2") || !sanitize.IsDigit(s[0]) {
		return "", s, false
	}
	y, sep, m, d, rest, ok := cutNumbers(s)
	if !ok || sep != '-' || y.digits != 4 || !isDay(y.n, m.n, d.n) {
		return "", s, false
	}
	return s[:len(s)-len(rest)], rest, true
}

var anyDate = regexp.MustCompile(`(?:^|[^0-9A-Za-z])(\d{4})([-/_.])(\d{1,2})[-/_.](\d{1,2})(?:$|[^0-9A-Za-z])`)

// pathDate finds the date that stands last in a path, as in blog/2020/01/02/: the nearest to the file.
func pathDate(p string) string {
	if !strings.ContainsAny(p, "0123456789") {
		return ""
	}
	for _, m := range slices.Backward(anyDate.FindAllStringSubmatch(p, -1)) {
		if day := m[1] + "-" + m[3] + "-" + m[4]; isWrittenDay(day) {
			return day
		}
	}
	return ""
}

func isWrittenDay(s string) bool {
	_, rest, ok := cutWrittenDay(s)
	return ok && rest == ""
}
