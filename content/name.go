package content

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// A name is what a file's path alone says of its post. It is made before the file is read, and holds whatever is in it.
type name struct {
	stem string // the file's or bundle's name without extension, language and date; never empty
	full string // the same with its date
	lang string // from a suffix such as .fr, or from a directory
	day  string // the date in the name or in the path, as written; empty for none
	kin  string // the same for every translation: the path without language and extension
}

// parseName reads a slash-separated path. isLanguage says which of its directories and suffixes mean a language.
func parseName(file string, isLanguage func(code, of string) bool) name {
	dir, base := path.Split(norm.NFC.String(file))
	stem := strings.TrimSuffix(base, path.Ext(base))
	var n name
	if i := strings.LastIndexByte(stem, '.'); i > 0 && isLanguage(stem[i+1:], file) {
		n.lang, stem = languageTag(stem[i+1:]), stem[:i]
	}
	var kin []string
	for parent, rest := "", dir; rest != ""; {
		part, after, _ := strings.Cut(rest, "/")
		if parent = path.Join(parent, part); isLanguage(part, parent) {
			if n.lang == "" {
				n.lang = languageTag(part)
			}
		} else {
			kin = append(kin, part)
		}
		rest = after
	}
	if stem == "index" && len(kin) > 0 {
		stem = kin[len(kin)-1]
		kin = kin[:len(kin)-1]
	}
	n.kin = path.Join(append(kin, stem)...)
	n.full = stem
	if n.day, n.stem = cutNameDate(stem); n.day == "" {
		n.day = pathDate(dir)
	}
	if n.day == "" {
		n.day = pathDate(stem)
	}
	return n
}

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
	if len(s) < len("2006-1-2") || !isDigit(s[0]) {
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

// headline makes a title out of a file's name.
func headline(stem string) string {
	s := line(strings.NewReplacer("-", " ", "_", " ").Replace(stem))
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return "Untitled"
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// claimedSlug makes an address out of what a front matter claims: the last part of a permalink or path. It is empty
// where the claim is a pattern, another site's address, or the root.
func claimedSlug(s string) string {
	s = strings.TrimSpace(s)
	if strings.Contains(s, "://") || strings.Contains(s, "{{") || strings.Contains(s, "/:") || strings.HasPrefix(s, ":") {
		return ""
	}
	s, _, _ = strings.Cut(s, "#")
	s, _, _ = strings.Cut(s, "?")
	if u, err := url.PathUnescape(s); err == nil {
		s = u
	}
	s = strings.TrimRight(s, "/")
	if base := path.Base(s); strings.EqualFold(base, "index.html") || strings.EqualFold(base, "index.htm") {
		s = path.Dir(s)
	}
	s = path.Base("/" + strings.Trim(s, "/"))
	for _, ext := range []string{".html", ".htm", ".md"} {
		s = strings.TrimSuffix(s, ext)
	}
	return slugify(s)
}

// slugify makes an address out of a name: in lower case and NFC, of letters, digits and marks of any script and - . _
// alone. It is empty if nothing is left.
func slugify(s string) string {
	if isSlug(s) {
		return s
	}
	var b strings.Builder
	dash := false
	for _, r := range strings.ToLower(norm.NFC.String(s)) {
		switch {
		case r == utf8.RuneError:
		case unicode.In(r, unicode.Letter, unicode.Mark, unicode.Number), r == '.', r == '_', r == '\u200c' && b.Len() > 0:
			if dash && b.Len() > 0 {
				b.WriteByte('-')
			}
			dash = false
			b.WriteRune(r)
		default:
			dash = true
		}
	}
	return strings.Trim(norm.NFC.String(b.String()), "-.\u200c")
}

// isSlug reports whether s is one already, as most names are.
func isSlug(s string) bool {
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= 'a' && c <= 'z', isDigit(c), c == '_':
		case (c == '-' || c == '.') && i > 0 && i < len(s)-1 && s[i-1] != '-':
		default:
			return false
		}
	}
	return s != ""
}

// addressKey is what two spellings of one address share.
func addressKey(s string) string {
	s = strings.Trim(strings.TrimSpace(s), "/")
	for i := range len(s) {
		if c := s[i]; c >= 0x80 || c >= 'A' && c <= 'Z' {
			return norm.NFC.String(strings.ToLower(norm.NFC.String(s)))
		}
	}
	return s
}
