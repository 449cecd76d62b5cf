package page

import (
	"iter"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// namer gives headings their names, as GitHub does: the words in lower case with hyphens between them, and a number
// behind a name that is taken.
type namer map[string]int

func (n namer) name(b *block, text string) string {
	base := b.name
	if base == "" {
		base = slug(text)
	}
	name := base
	for n[name] > 0 {
		name = base + "-" + strconv.Itoa(n[base])
		n[base]++
	}
	n[name]++
	return name
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
	taken := namer{}
	t.root.leaves(func(b *block) {
		if b.kind == heading {
			text := oneLine(b.plain())
			names = append(names, taken.name(b, text))
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
