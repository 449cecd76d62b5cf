package page

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
func (t *blockTree) nameHeadings() {
	taken := map[string]int{}
	t.root.leaves(func(b *block) {
		if b.kind != heading || len(b.text) == 0 {
			return
		}
		base := cmp.Or(b.anchor, slug(oneLine(b.plain())))
		b.anchor = base
		for taken[b.anchor] > 0 {
			b.anchor = base + "-" + strconv.Itoa(taken[base])
			taken[base]++
		}
		taken[b.anchor]++
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

// sameName returns the first of some names that says what a name says, whichever generator made it.
func sameName(name string, names iter.Seq[string]) (string, bool) {
	if decoded, err := url.PathUnescape(name); err == nil {
		name = decoded
	}
	if name = lettersOf(name); name == "" {
		return "", false
	}
	for n := range names {
		if lettersOf(n) == name {
			return n, true
		}
	}
	return "", false
}

// names returns all names that a "#…" may lead to in a post, in order.
func (t *blockTree) names() []string {
	var names []string
	t.root.leaves(func(b *block) {
		if b.kind == heading && len(b.text) > 0 {
			names = append(names, b.anchor)
		}
	})
	names = append(names, slices.Sorted(maps.Keys(t.anchors))...)
	return append(names, "top")
}

// leaves calls f for each leaf, in order.
func (b *block) leaves(f func(*block)) {
	if b.kind < lastLeaf {
		f(b)
	}
	for _, c := range b.inner {
		c.leaves(f)
	}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// lettersOf returns the lettersOf and digits of a text, in lower case: what two titles that say the same have in common.
func lettersOf(s string) string {
	return strings.Map(letter, s)
}

// letter keeps what letters keeps.
func letter(r rune) rune {
	if unicode.IsLetter(r) || unicode.IsDigit(r) {
		return unicode.ToLower(r)
	}
	return -1
}
