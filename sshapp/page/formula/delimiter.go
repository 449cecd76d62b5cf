package formula

import "strings"

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

// sizedDelimiter parses what stands behind \big and its like.
func (p *parser) sizedDelimiter() *node {
	text := p.delimiter()
	n := &node{text: text}
	switch {
	case strings.Contains("([{⟨⌊⌈", text):
		n.class = opening
	case strings.Contains(")]}⟩⌋⌉", text):
		n.class = closing
	}
	return n
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
