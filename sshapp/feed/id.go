package feed

import (
	"crypto/sha1"
	"fmt"
	"strings"

	"postern/content"
)

// Readers' programs know a post again by its id alone, so an id must never change, and two posts must never share one. What
// is stable in a blog is a post's address and its day: the host may move or be unknown, titles are mended, formats are a
// reader's choice, and the file may be moved. A tag: URI (RFC 4151) would need a name of the author's that never changes,
// and there is none; so an id is a UUID of a name (RFC 9562, section 5.5), made of what is stable. The day keeps the
// "hello-world" of two blogs apart. The host's key would do that for good, but a server that has lost its key would
// give its readers each post anew.

// namespace is what the names of Postern's UUIDs are in. It was drawn at random, and never changes.
var namespace = [16]byte{0x5d, 0x1c, 0x7e, 0x42, 0x9a, 0x06, 0x4b, 0xd3, 0x8f, 0x21, 0x64, 0xe0, 0xb7, 0x93, 0x2c, 0x58}

// uuid returns the URN of a name of several parts, none of which holds a NUL.
func uuid(parts ...string) string {
	h := sha1.New()
	h.Write(namespace[:])
	h.Write([]byte(strings.Join(parts, "\x00")))
	u := h.Sum(nil)[:16]
	u[6] = u[6]&0x0f | 0x50 // version 5
	u[8] = u[8]&0x3f | 0x80 // the variant of RFC 9562
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}

// id is a post's. Its language counts as it is written, since slugs are unique within one.
func id(p *content.Post) string { return uuid("post", p.Day, p.Lang, p.Slug) }

// id is the feed's own.
func (f Feed) id() string { return uuid("blog", f.Key, f.Tag) }
