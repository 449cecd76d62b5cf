package formula

// A kind says what a node is.
type kind uint8

const (
	symbol   kind = iota // text: a character, a number, a name
	list                 // parts, one beside the other
	fraction             // a numerator and a denominator
	binomial             // two parts above each other, between delimiters
	root                 // a radicand and, unless it is nil, a degree
	scripts              // a base with a subscript, a superscript, or both; the other is nil
	accent               // a part with text, a combining character
	brace                // a part with a brace above or below it
	fenced               // a part between two delimiters
	table                // rows of cells
	space                // blanks
	number               // of the formula: what \tag says
	framed               // a part in a frame
	hidden               // a part that shows as blanks
)

// A class says how a node stands beside others, as in chapter 18 of The TeXbook.
type class uint8

const (
	ordinary    class = iota
	operator          // a name such as log
	sum               // an operator whose limits stand above and below it
	binary            // +
	relation          // =
	opening           // (
	closing           // )
	punctuation       // ,
	quotient          // a fraction on one line
	nothing           // the beginning or the end of a list
)

// A node is a part of a formula.
type node struct {
	kind  kind
	class class
	text  string     // of a symbol, an accent or a number
	parts []*node    // as the kind says
	rows  []tableRow // of a table

	isText      bool   // of a symbol: words, not letters of which each means something
	isSized     bool   // of a symbol: a delimiter that a command such as \big makes larger
	hasRule     bool   // of a fraction: it has a line
	small       bool   // of a fraction: it stands on one line
	everywhere  bool   // of an accent: it stands on each character
	above       bool   // of a brace: it stands above what it holds
	limits      bool   // of scripts: they stand above and below the base
	cells       int    // of a space
	open, shut  string // of a binomial and of what is fenced; empty for none
	columns     string // of a table: l, c or r for each column, | for a line between two; the last one goes on
	gap         int    // of a table: the cells between its columns
	isAlignment bool   // of a table: formulas that are aligned at their relations
}

// A tableRow is a row of a table.
type tableRow struct {
	cells  []*node
	number *node // what \tag says, or nil
	rule   bool  // a line stands above it
}

// isEmpty reports whether nothing stands in a row, as behind the last \\.
func (r tableRow) isEmpty() bool { return len(r.cells) == 1 && r.cells[0].isEmpty() }

// leftClass and rightClass return how a node stands beside what is to the left of it, and to the right.
func (n *node) leftClass() class {
	switch {
	case n.kind == fenced && n.open != "":
		return opening
	case n.kind == scripts && n.parts[0].kind == fenced:
		return n.parts[0].leftClass()
	}
	return n.class
}

func (n *node) rightClass() class {
	switch {
	case n.kind == fenced && n.shut != "":
		return closing
	case n.kind == scripts && n.parts[0].kind == fenced:
		return n.parts[0].rightClass()
	case n.text == "/":
		return opening // what is behind it touches it
	}
	return n.class
}

// isEmpty reports whether a node is an empty list.
func (n *node) isEmpty() bool { return n.kind == list && len(n.parts) == 0 }

// single returns the node that a list consists of, or the node itself.
func (n *node) single() *node {
	for n.kind == list && len(n.parts) == 1 {
		n = n.parts[0]
	}
	return n
}

// isSymbol reports whether a node consists of one symbol.
func (n *node) isSymbol() bool { return n.single().kind == symbol }
