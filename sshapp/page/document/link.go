package document

import (
	"strconv"
	"strings"

	"postern/content/sanitize"
)

// A Link is a link of a post.
type Link struct {
	Text     string
	Target   string // as its author wrote it, escapes and entities resolved, made safe
	URL      string // the address outside of the blog that it leads to, in printable ASCII, of at most 2 KB; empty if there is none
	Kind     LinkKind
	At       int // where in the source, in bytes
	Footnote int // of a LinkFootnote: the footnote's number
}

// footnoteTarget is the target of the link to a footnote, and referenceTarget that of the link back to its place in the text.
func footnoteTarget(number int) string  { return "#fn:" + strconv.Itoa(number) }
func referenceTarget(number int) string { return "#fnref:" + strconv.Itoa(number) }

// Place returns the name of the place that a footnote's link stands at: where the link in the other direction leads.
func (l Link) Place() string {
	if l.Target == footnoteTarget(l.Footnote) {
		return referenceTarget(l.Footnote)[1:]
	}
	return footnoteTarget(l.Footnote)[1:]
}

// A LinkKind says where a link leads.
type LinkKind uint8

const (
	LinkExternal LinkKind = iota // an address outside of the blog
	LinkHeading                  // "#…": a heading of this post, or another place that has a name
	LinkPost                     // another post, or file, of the blog: a path, to be resolved from the post's own
	LinkImage                    // a picture, or a film or sound
	LinkFootnote                 // a footnote ("#fn:1"), or the place in the text that it belongs to ("#fnref:1")

	LinkUnsafe // an address that no reader is sent to, such as javascript:…
)

// maxURL is the longest URL of a link, in bytes. VTE, as an example, takes 2,083
// (https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda).
const maxURL = 2 << 10

// Classify returns where a target leads, and for a LinkExternal what [Link] has as its URL.
func Classify(target string) (kind LinkKind, url string) {
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
	if sanitize.IsAddress(target) {
		return LinkExternal, EscapeURL(target)
	}
	if looksLikeScheme(scheme) {
		return LinkUnsafe, ""
	}
	return LinkPost, ""
}

// looksLikeScheme reports whether the text in front of a colon is a scheme by RFC 3986, section 3.1, of more than one
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

// EscapeURL returns an address in printable ASCII, every other byte percent-encoded; empty if that takes more than 2 KB.
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
