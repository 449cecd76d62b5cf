package feed

import (
	"crypto/sha1"
	"fmt"
	"strings"

	"postern/content"
)

// Feed readers identify a post by its id, so an id must never change, and no two posts may have the same. Titles, hosts and paths
// of files change; the slug and the day of a post rarely do. So an id is a UUID (RFC 9562, section 5.5) of these. The day
// distinguishes the "hello-world" of two blogs. The host key would do that better, but a server that has lost its key would then
// show all posts as new. A tag: URI (RFC 4151) would need a domain or mail address, which a blog may not have.

// namespace is the namespace of Postern's UUIDs. It was drawn at random, and never changes.
var namespace = [16]byte{0x5d, 0x1c, 0x7e, 0x42, 0x9a, 0x06, 0x4b, 0xd3, 0x8f, 0x21, 0x64, 0xe0, 0xb7, 0x93, 0x2c, 0x58}

// uuid returns the URN of the UUID of a name. The name's parts must not contain a NUL.
func uuid(parts ...string) string {
	h := sha1.New()
	h.Write(namespace[:])
	h.Write([]byte(strings.Join(parts, "\x00")))
	u := h.Sum(nil)[:16]
	u[6] = u[6]&0x0f | 0x50 // version 5
	u[8] = u[8]&0x3f | 0x80 // the variant of RFC 9562
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:])
}

// postID returns the id of a post. Slugs are unique within a language.
func postID(p *content.Post) string { return uuid("post", p.Day, p.Lang, p.Slug) }

// id returns the id of the feed.
func (f Feed) id() string { return uuid("blog", f.Key, f.Tag) }
