package document

import (
	"cmp"
	"iter"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// nameHeadings gives each heading that has text its name, as GitHub does: the one that its author gave it, or else its words
// in lower case with hyphens between them, and a number behind a name that is taken.
func (t *Document) nameHeadings() {
	taken := map[string]int{}
	t.Root.EachLeaf(func(b *Block) {
		if b.Kind != Heading || len(b.Text) == 0 {
			return
		}
		base := cmp.Or(b.Anchor, slug(OneLine(b.Plain())))
		b.Anchor = base
		for taken[b.Anchor] > 0 {
			b.Anchor = base + "-" + strconv.Itoa(taken[base])
			taken[base]++
		}
		taken[b.Anchor]++
	})
}

// slug returns the name that GitHub gives a heading.
func slug(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '-' || r == '_':
			return unicode.ToLower(r)
		case r == ' ':
			return '-'
		}
		return -1
	}, strings.TrimSpace(s))
}

// SameName returns the first of some names that has the same letters and digits as a name, whatever their case: generators differ in
// what they make of the rest.
func SameName(name string, names iter.Seq[string]) (string, bool) {
	if decoded, err := url.PathUnescape(name); err == nil {
		name = decoded
	}
	if name = Letters(name); name == "" {
		return "", false
	}
	for n := range names {
		if Letters(n) == name {
			return n, true
		}
	}
	return "", false
}

// AnchorNames returns all names that a "#…" may lead to in a post, in order.
func (t *Document) AnchorNames() []string {
	var names []string
	t.Root.EachLeaf(func(b *Block) {
		if b.Kind == Heading && len(b.Text) > 0 {
			names = append(names, b.Anchor)
		}
	})
	names = append(names, slices.Sorted(maps.Keys(t.Anchors))...)
	return append(names, "top")
}
