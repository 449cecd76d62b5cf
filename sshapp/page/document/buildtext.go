package document

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"postern/content/outline"
	"postern/content/sanitize"
	"postern/sshapp/cell"
	"postern/sshapp/page/markdown"
)

// textLeaf returns the leaf that text goes to: the open one, or a new one.
func (b *builder) textLeaf() *Block {
	if b.leaf != nil {
		return b.leaf
	}
	k := Paragraph
	leaf := &Block{At: b.at}
	for i := len(b.open) - 1; i >= 0; i-- {
		f := &b.open[i]
		if f.leaf != noKind && f.leaf != TableCell {
			k = f.leaf
			leaf.Level, leaf.Anchor, leaf.Language = f.attrs.level, f.attrs.anchor, languageName.FindString(f.attrs.language)
			if k == CodeBlock {
				leaf.Label = OneLine(sanitize.Text(f.attrs.title))
			}
			break
		}
		if f.block != nil {
			break
		}
	}
	in := b.container()
	if in.Kind == TableRow || in.Kind == Table && k != Caption { // text between cells is a cell that its author left out
		b.beginCell(attrs{})
		return b.leaf
	}
	leaf.Kind = k
	b.leaf, b.lineEnd = leaf, 0
	in.Children = append(in.Children, leaf)
	if b.nextAnchor != "" {
		b.Anchors[b.nextAnchor] = leaf
		b.nextAnchor = ""
	}
	return leaf
}

// text adds text. Blanks and line ends are one blank, and none at the beginning of a line. Addresses become links.
func (b *builder) text(s string) {
	if b.dropping() {
		return
	}
	s = sanitize.Text(markdown.Unfill(s))
	if b.inPre() {
		b.raw(s)
		return
	}
	if strings.Contains(s, "://") && b.mayLink() {
		b.textWithAddresses(s)
		return
	}
	b.addText(s)
}

// addText adds text that is safe.
func (b *builder) addText(s string) {
	if b.leaf == nil && strings.TrimLeft(s, " \t\n") == "" {
		return
	}
	leaf := b.textLeaf()
	if b.lineEnd > 0 && b.lineEnd == len(leaf.Text) {
		b.endLine(s)
	}
	endsLine := false
	if strings.Contains(s, "\n") {
		if b.roles&Code == 0 {
			s = joinLines(leaf.lastRune(), s)
		}
		endsLine = strings.HasSuffix(strings.TrimRight(s, " \t"), "\n")
	}
	s = collapse(s, b.roles&Code != 0)
	if r := leaf.lastRune(); (r == ' ' || r == '\n') && b.roles&Code == 0 {
		s = strings.TrimLeft(s, " ")
	}
	leaf.Add(s, b.roles, b.link)
	if endsLine {
		b.lineEnd = len(leaf.Text)
	}
}

// endLine takes the blank off the open leaf that stands for the line end in front of a text, if it isn't a space there.
func (b *builder) endLine(s string) {
	above := bytes.TrimRight(b.leaf.Text, " ")
	before, _ := utf8.DecodeLastRune(above)
	if after, n := utf8.DecodeRuneInString(strings.TrimLeft(s, " \t\n")); n > 0 && outline.Joins(before, after) {
		b.leaf.cut(len(above))
	}
}

// joinLines returns text without the line ends that are no blanks. It is told what stands before it.
func joinLines(before rune, s string) string {
	var joined []byte
	for i, line := range strings.Split(s, "\n") {
		after, n := utf8.DecodeRuneInString(strings.TrimLeft(line, " \t"))
		above := bytes.TrimRight(joined, " \t")
		if len(above) > 0 {
			before, _ = utf8.DecodeLastRune(above)
		}
		switch {
		case i == 0:
		case n > 0 && outline.Joins(before, after):
			joined = above
			line = strings.TrimLeft(line, " \t")
		default:
			joined = append(joined, '\n')
		}
		joined = append(joined, line...)
	}
	return string(joined)
}

// collapse makes each run of blanks and line ends one blank; within code only line ends and tabs.
func collapse(s string, isCode bool) string {
	if isCollapsed(s, isCode) {
		return s
	}
	s = strings.Map(func(r rune) rune {
		switch r {
		case '\t', '\n', '\u2028', '\u2029', '\u0085':
			return ' '
		case '\u00ad': // a soft hyphen shows nothing where no line breaks at it, and terminals differ
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

// isCollapsed reports whether [collapse] returns s as it is, which is so for most texts. What it replaces beyond ASCII begins with one
// of two bytes.
func isCollapsed(s string, isCode bool) bool {
	blank := false
	for i := range len(s) {
		switch s[i] {
		case '\t', '\n', 0xc2, 0xe2:
			return false
		case ' ':
			if blank && !isCode {
				return false
			}
			blank = true
		default:
			blank = false
		}
	}
	return true
}

// breakLine ends the line, unless nothing stands on it, or so many line ends stand there already.
func (b *builder) breakLine(most int) {
	if b.leaf == nil || b.dropping() {
		return
	}
	if b.leaf.Kind == TableCell && len(b.leaf.Text) == 0 {
		return
	}
	b.leaf.trimBlanks()
	n := 0
	for i := len(b.leaf.Text); i > 0 && b.leaf.Text[i-1] == '\n'; i-- {
		n++
	}
	if n < most && len(b.leaf.Text) > 0 {
		b.leaf.Add("\n", b.roles, 0)
	}
}

// inPre reports whether blanks and line ends count.
func (b *builder) inPre() bool {
	for i := len(b.open) - 1; i >= 0; i-- {
		if b.open[i].leaf == CodeBlock {
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
	leaf := b.textLeaf()
	if len(leaf.Text) == 0 {
		s = strings.TrimPrefix(s, "\n") // that behind <pre>
	}
	if leaf.Kind != CodeBlock && strings.Contains(s, "\t") {
		s = leaf.expandTabs(s)
	}
	leaf.Add(s, b.roles|Code, 0)
}

// isFormula says that the code that is open is a formula.
func (b *builder) isFormula() {
	if b.leaf != nil && b.leaf.Kind == CodeBlock {
		b.leaf.Kind = MathBlock
	}
}

// expandTabs returns text that is to be added to a leaf with blanks for its tabs. Only code keeps those, for a copy.
func (b *Block) expandTabs(s string) string {
	above := string(b.Text[bytes.LastIndexByte(b.Text, '\n')+1:])
	var out strings.Builder
	for line := range strings.Lines(s) {
		out.WriteString(cell.ExpandTabs(line, cell.Width(above)))
		above = ""
	}
	return out.String()
}

// generated adds text that no author wrote.
func (b *builder) generated(s string) {
	roles := b.roles
	b.roles |= Generated
	b.text(s)
	b.roles = roles
}

// placeholder adds what isn't understood, as it is written.
func (b *builder) placeholder(s string) {
	roles := b.roles
	b.roles |= Quiet
	b.text(s)
	b.roles = roles
}
