package sanitize

import (
	"net/url"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxAddressParts bounds how many parts of an address count, the last ones: generators make four or five.
const maxAddressParts = 16

// AddressOfPath returns the address that an author asks for in front matter with a permalink or a path: its parts, each as [Slug]
// makes it, with slashes between them. It is empty if s is a pattern such as /:year/:title, the address of another site, or
// the root.
func AddressOfPath(s string) string {
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
	for _, ext := range []string{".html", ".htm", ".md"} {
		s = strings.TrimSuffix(s, ext)
	}
	if Slug(path.Base("/"+s)) == "" {
		return ""
	}
	var parts []string
	for part := range strings.SplitSeq(s, "/") {
		if part = Slug(part); part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts[max(0, len(parts)-maxAddressParts):], "/")
}

// SlugOfPath returns the last part of what [AddressOfPath] does.
func SlugOfPath(s string) string {
	address := AddressOfPath(s)
	return address[strings.LastIndexByte(address, '/')+1:]
}

// Slug makes a slug out of a name: in lower case and NFC, of nothing but letters, digits and marks of any script and the
// characters "-", "." and "_". It is empty if nothing is left.
func Slug(s string) string {
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

// isSlug reports whether [Slug] would return s as it is, which is so for most names.
func isSlug(s string) bool {
	for i := range len(s) {
		c := s[i]
		switch {
		case c >= 'a' && c <= 'z', IsDigit(c), c == '_':
		case (c == '-' || c == '.') && i > 0 && i < len(s)-1 && s[i-1] != '-':
		default:
			return false
		}
	}
	return s != ""
}

// AddressKey returns what all spellings of an address have in common: slashes and spaces around it, capitals and Unicode
// composition make no difference.
func AddressKey(s string) string {
	s = strings.Trim(strings.TrimSpace(s), "/")
	for i := range len(s) {
		if c := s[i]; c >= 0x80 || c >= 'A' && c <= 'Z' {
			return norm.NFC.String(strings.ToLower(norm.NFC.String(s)))
		}
	}
	return s
}
