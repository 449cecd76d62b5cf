package document

import (
	"postern/content/sanitize"
	"strings"
)

// A LinkKind says where a link leads.
type LinkKind uint8

const (
	LinkExternal LinkKind = iota // an address outside of the blog
	LinkHeading                  // "#…": a heading of this post, or another place that has a name (see [Page.Anchor])
	LinkPost                     // another post, or file, of the blog: a path, to be resolved from the post's own
	LinkImage                    // a picture, or a film or sound
	LinkFootnote                 // a footnote ("#fn:1"), or the place in the text that it belongs to ("#fnref:1")

	LinkUnsafe // not a link at all
)

// maxURL is the longest address that a terminal is told, in bytes. VTE, as an example, takes 2,083
// (https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda).
const maxURL = 2 << 10

// Classify tells where a target leads, and gives what a terminal may open: nothing but an address outside.
func Classify(target string) (LinkKind, string) {
	if strings.HasPrefix(target, "#") {
		return LinkHeading, ""
	}
	if strings.HasPrefix(target, "//") {
		target = "https:" + target
	}
	scheme, _, ok := strings.Cut(target, ":")
	if !ok || strings.ContainsAny(scheme, "/?#") {
		return LinkPost, ""
	}
	if sanitize.IsScheme(scheme) {
		return LinkExternal, EscapeURL(target)
	}
	if looksLikeScheme(scheme) {
		return LinkUnsafe, ""
	}
	return LinkPost, ""
}

// looksLikeScheme reports whether what stands before a colon is a scheme by RFC 3986, section 3.1, of more than one
// letter. Blanks and control characters within it don't make it harmless: browsers pass over them.
func looksLikeScheme(s string) bool {
	n := 0
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '+', r == '-', r == '.':
			n++
		case r <= ' ', r == '\ufffd', r == '\u00ad', r >= '\u200b' && r <= '\u200f':
		default:
			return false
		}
	}
	return n > 1
}

// EscapeURL returns an address in printable ASCII, every other byte percent-encoded, or "" if it is too long.
func EscapeURL(url string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(url) {
		if b.Len() > maxURL {
			return ""
		}
		switch c := url[i]; {
		case c <= ' ' || c >= 0x7f || strings.IndexByte("\"<>\\^`{|}", c) >= 0:
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		default:
			b.WriteByte(c)
		}
	}
	if b.Len() > maxURL {
		return ""
	}
	return b.String()
}
