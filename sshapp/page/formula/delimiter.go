package formula

import "slices"

// delimiter parses what stands behind \left, \right and their like. It is "" for a dot, which means none.
func (p *parser) delimiter() string {
	token, isCommand := p.peek()
	if token == "" {
		p.fail()
		return ""
	}
	p.at += len(token)
	if !isCommand {
		switch token {
		case ".":
			return ""
		case "<":
			return "⟨"
		case ">":
			return "⟩"
		case "(", ")", "[", "]", "|", "/":
			return token
		}
		p.fail()
		return ""
	}
	p.at++
	s, known := symbols()[token]
	if !known || s.class == operator || s.class == sum || s.class == binary {
		p.fail()
	}
	return s.text
}

// fenced parses what stands between \left and \right. A \middle stands between two lists that are fenced alike.
func (p *parser) fenced() *node {
	p.enter()
	defer p.leave()
	n := &node{kind: fenced, open: p.delimiter(), parts: []*node{p.list()}}
	for p.accept(`\middle`) {
		n.parts = append(n.parts, &node{text: p.delimiter(), class: relation}, p.list())
	}
	if !p.accept(`\right`) {
		return p.fail()
	}
	n.shut = p.delimiter()
	return n
}

// sizedDelimiter parses what stands behind \big and its like. That is what its last letter says: the left one of two, the right one, or
// a relation.
func (p *parser) sizedDelimiter(name string) *node {
	n := &node{text: p.delimiter(), isSized: true}
	switch name[len(name)-1] {
	case 'l':
		n.class = opening
	case 'r':
		n.class = closing
	case 'm':
		n.class = relation
	default:
		n.class = pairClass(n.text)
	}
	return n
}

// pairClass returns what a delimiter is that can only be the left one of two, or the right one.
func pairClass(text string) class {
	switch text {
	case "(", "[", "{", "⟨", "⌊", "⌈":
		return opening
	case ")", "]", "}", "⟩", "⌋", "⌉":
		return closing
	}
	return ordinary
}

// sized returns the delimiter that a part is, with or without scripts, if a command makes it larger than others; or nil.
func (n *node) sized() *node {
	if n.kind == scripts {
		n = n.parts[0]
	}
	if n.isSized {
		return n
	}
	return nil
}

// paired makes two delimiters of a list that are larger than others as high as what stands between them, as \left and \right do; and
// a line with scripts that stands alone, as behind an integral, as high as what stands in front of it.
func paired(parts []*node) []*node {
	if !slices.ContainsFunc(parts, func(n *node) bool { return n.sized() != nil }) {
		return parts
	}
	var all []*node
	var opened []int // where those stand that nothing has closed
	for _, n := range parts {
		delimiter := n.sized()
		begin := -1
		if delimiter != nil {
			opened, begin = opener(all, opened, delimiter)
		}
		switch {
		case delimiter == nil:
		case begin >= 0:
			inside := &node{kind: list, parts: slices.Clone(all[begin+1:])}
			n = n.fence(&node{kind: fenced, open: all[begin].text, shut: delimiter.text, parts: []*node{inside}})
			all = all[:begin]
		case n == delimiter && (n.class == opening || n.class == ordinary && (n.text == "|" || n.text == "‖")):
			opened = append(opened, len(all))
		case n != delimiter && delimiter.text == "|" && len(all) > 0:
			before := all[len(all)-1]
			n = n.fence(&node{kind: fenced, shut: "|", class: before.leftClass(), parts: []*node{before}})
			all = all[:len(all)-1]
		}
		all = append(all, n)
	}
	return all
}

// opener returns where the one of the opened delimiters stands that another closes, or -1, and those that stay open. A line that nothing
// says is a left one or a right one closes a line.
func opener(all []*node, opened []int, closer *node) (rest []int, begin int) {
	for i := len(opened) - 1; i >= 0; i-- {
		switch n := all[opened[i]]; {
		case closer.class == closing && n.class == opening, closer.class == ordinary && n.class == ordinary && n.text == closer.text:
			return opened[:i], opened[i]
		case n.class == opening:
			return opened, -1
		}
	}
	return opened, -1
}

// fence returns what is fenced, with the scripts of its last delimiter if that has some. It leaves n as it is.
func (n *node) fence(inside *node) *node {
	if n.kind != scripts {
		return inside
	}
	fencing := *n
	fencing.parts = append([]*node{inside}, n.parts[1:]...)
	return &fencing
}

// tallPieces are the characters that a delimiter is made of: its top, its middle, its bottom, and what fills the rest.
var tallPieces = map[string][4]string{
	"(": {"⎛", "⎜", "⎝", "⎜"}, ")": {"⎞", "⎟", "⎠", "⎟"}, "[": {"⎡", "⎢", "⎣", "⎢"}, "]": {"⎤", "⎥", "⎦", "⎥"},
	"{": {"⎧", "⎨", "⎩", "⎪"}, "}": {"⎫", "⎬", "⎭", "⎪"}, "⌊": {"⎢", "⎢", "⎣", "⎢"}, "⌋": {"⎥", "⎥", "⎦", "⎥"}, "⌈": {"⎡", "⎢", "⎢", "⎢"}, "⌉": {"⎤", "⎥", "⎥", "⎥"},
	"|": {"│", "│", "│", "│"}, "‖": {"║", "║", "║", "║"}, "↑": {"↑", "│", "│", "│"}, "↓": {"│", "│", "↓", "│"},
}

// tall returns a delimiter beside a box of so many lines with a baseline.
func tall(delimiter string, height, base int) box {
	if delimiter == "" {
		return box{rows: make([]string, height), base: base}
	}
	pieces, known := tallPieces[delimiter]
	b := box{rows: make([]string, height), width: 1, base: base}
	for i := range b.rows {
		switch {
		case height == 1:
			b.rows[i] = delimiter
		case !known:
			b.rows[i] = " "
		case i == 0:
			b.rows[i] = pieces[0]
		case i == height-1:
			b.rows[i] = pieces[2]
		case i == (height-1)/2:
			b.rows[i] = pieces[1]
		default:
			b.rows[i] = pieces[3]
		}
	}
	if !known {
		b.rows[base] = delimiter
	}
	return b
}
