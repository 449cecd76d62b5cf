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

// SameName returns the first of some names that says what a name says, whichever generator made it.
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

// EachLeaf calls f for each leaf, in order.
func (b *Block) EachLeaf(f func(*Block)) {
	if b.Kind < endOfLeaves {
		f(b)
	}
	for _, c := range b.Children {
		c.EachLeaf(f)
	}
}

func OneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// Letters returns the lettersOf and digits of a text, in lower case: what two titles that say the same have in common.
func Letters(s string) string {
	return strings.Map(Letter, s)
}

// Letter keeps what letters keeps.
func Letter(r rune) rune {
	if unicode.IsLetter(r) || unicode.IsDigit(r) {
		return unicode.ToLower(r)
	}
	return -1
}
