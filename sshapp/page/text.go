package page

import (
	"strings"

	"postern/content/sanitize"
)

// want returns the leaf that text goes to.
func (b *builder) want() *block {
	if b.leaf != nil {
		return b.leaf
	}
	k := paragraph
	leaf := &block{at: b.at}
	for i := len(b.open) - 1; i >= 0; i-- {
		f := &b.open[i]
		if f.leaf != lastLeaf && f.leaf != tableCell {
			k = f.leaf
			leaf.level, leaf.anchor, leaf.language = f.attrs.level, f.attrs.anchor, f.attrs.language
			break
		}
		if f.block != nil {
			break
		}
	}
	in := b.container()
	if in.kind == tableRow || in.kind == tableBlock && k != captionBlock { // text between cells is a cell that its author left out
		b.beginCell(attrs{})
		return b.leaf
	}
	leaf.kind = k
	b.leaf = leaf
	in.inner = append(in.inner, leaf)
	if b.pending != "" {
		b.anchors[b.pending] = leaf
		b.pending = ""
	}
	return leaf
}

// text adds text. Blanks and line ends are one blank, and none at the beginning of a line.
func (b *builder) text(s string) {
	if b.dropping() {
		return
	}
	s = sanitize.Text(s)
	if b.inPre() {
		b.raw(s)
		return
	}
	if b.leaf == nil && strings.TrimLeft(s, " \t\n") == "" {
		return
	}
	leaf := b.want()
	if b.roles&raised != 0 {
		s = b.shifted(s, superscripts, "^")
	} else if b.roles&lowered != 0 {
		s = b.shifted(s, subscripts, "_")
	}
	if r := leaf.lastRune(); (r == ' ' || r == '\n') && b.roles&code == 0 {
		s = strings.TrimLeft(s, " \t\n")
	}
	leaf.add(collapse(s, b.roles&code != 0), b.roles, b.link)
}

// collapse makes each run of blanks and line ends one blank; within code only line ends and tabs.
func collapse(s string, isCode bool) string {
	s = strings.Map(func(r rune) rune {
		switch r {
		case '\t', '\n', '\u2028', '\u2029', '\u0085':
			return ' '
		case '\u00ad': // a soft hyphen is no character where no line breaks at it, and terminals differ
			return -1
		}
		return r
	}, s)
	if isCode || !strings.Contains(s, "  ") {
		return s
	}
	var out strings.Builder
	blank := false
	for _, r := range s {
		if r != ' ' || !blank {
			out.WriteRune(r)
		}
		blank = r == ' '
	}
	return out.String()
}

// shifted returns raised or lowered text: in Unicode's twins, or behind the sign that stands for it in plain text.
func (b *builder) shifted(s string, table map[rune]rune, sign string) string {
	s = strings.TrimSpace(s)
	if twin := shift(s, table); twin != s || s == "" {
		return twin
	}
	switch s {
	case "st", "nd", "rd", "th", "TM", "®", "™", "e", "er", "o", "a": // ordinals and marks read well as they are
		return s
	}
	open, shut := sign, ""
	if len(s) > 1 {
		open, shut = sign+"(", ")"
	}
	b.leaf.add(open, b.roles|ours, b.link)
	b.leaf.add(s, b.roles, b.link)
	b.leaf.add(shut, b.roles|ours, b.link)
	return ""
}

// breakLine ends the line, unless nothing stands on it. At most one line stays empty.
func (b *builder) breakLine(most int) {
	if b.leaf == nil || b.dropping() {
		return
	}
	if b.leaf.kind == tableCell && len(b.leaf.text) == 0 {
		return
	}
	b.leaf.trimBlanks()
	n := 0
	for i := len(b.leaf.text); i > 0 && b.leaf.text[i-1] == '\n'; i-- {
		n++
	}
	if n < most && len(b.leaf.text) > 0 {
		b.leaf.add("\n", b.roles, 0)
	}
}

func (b *block) trimBlanks() {
	n := len(b.text)
	for n > 0 && b.text[n-1] == ' ' {
		n--
	}
	b.cut(n)
}

func (b *builder) inPre() bool {
	for i := len(b.open) - 1; i >= 0; i-- {
		if b.open[i].leaf == listing {
			return true
		}
		if b.open[i].block != nil {
			return false
		}
	}
	return false
}

// raw adds text whose line ends and blanks count.
func (b *builder) raw(s string) {
	if s == "" || b.dropping() {
		return
	}
	leaf := b.want()
	leaf.add(s, b.roles|code, 0)
}
