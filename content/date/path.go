package date

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"postern/content/sanitize"
)

// CutFromName takes a day off the front or the end of a file's name without extension. Day is as written there, and empty if
// there is none or nothing would be left. A title may follow the day directly if it begins with a capital, or with a letter
// that has no case. A small letter may belong to the number, as in 2020-02-25th-anniversary.
func CutFromName(stem string) (day, rest string) {
	if day, rest, ok := CutYMD(stem); ok {
		title := strings.TrimLeft(rest, "-_ .")
		first, _ := utf8.DecodeRuneInString(title)
		switch {
		case title == "":
			return day, stem // a date alone is the name, too
		case title != rest, unicode.IsLetter(first) && !unicode.IsLower(first):
			return day, title
		}
	}
	for i := len(stem) - len("-2006-1-2"); i > 0 && i >= len(stem)-len("-2006-01-02"); i-- {
		if strings.IndexByte("-_ ", stem[i]) < 0 {
			continue
		}
		if day, rest, ok := CutYMD(stem[i+1:]); ok && rest == "" {
			return day, stem[:i]
		}
	}
	return "", stem
}

// CutYMD takes a day such as 2020-1-14 off the front of s. Day is as written.
func CutYMD(s string) (day, rest string, ok bool) {
	if len(s) < len("2006-1-2") || !sanitize.IsDigit(s[0]) {
		return "", s, false
	}
	y, sep, m, d, rest, ok := cutNumbers(s)
	if !ok || sep != '-' || y.digits != 4 || !dayExists(y.value, m.value, d.value) {
		return "", s, false
	}
	return s[:len(s)-len(rest)], rest, true
}

// anyDate matches a day whose parts may be directories, such as 2020/01/14.
var anyDate = regexp.MustCompile(`(?:^|[^0-9A-Za-z])(\d{4})[-/_.](\d{1,2})[-/_.](\d{1,2})(?:$|[^0-9A-Za-z])`)

// InPath returns the last day in a path, as 2020-01-02 for blog/2020/01/02/, or nothing. The last is the nearest to the file.
func InPath(p string) string {
	if !strings.ContainsAny(p, "0123456789") {
		return ""
	}
	for _, m := range slices.Backward(anyDate.FindAllStringSubmatch(p, -1)) {
		if day := m[1] + "-" + m[2] + "-" + m[3]; IsYMD(day) {
			return day
		}
	}
	return ""
}

// IsYMD reports whether s is a day such as 2020-1-14, and nothing else.
func IsYMD(s string) bool {
	_, rest, ok := CutYMD(s)
	return ok && rest == ""
}
