// Package formula sets mathematics in the cells of a terminal: TeX's source in, Unicode out.
//
// A formula is parsed into a tree of nodes (parse.go), by a table of TeX's commands (command.go, symbol.go). A setter makes boxes
// of the nodes, lines of equal width with a baseline, and puts them beside and above each other (set.go, box.go); a speaker puts
// the same nodes into words (speak.go). What it doesn't know it doesn't guess: a formula is set as a whole, or not at all, and its
// source is then what readers get.
package formula

import "strings"

// Inline returns a formula on one line, as it stands within a text: a/b for a fraction, x₁² for scripts that Unicode has, x_(ab)
// for the others. It reports false if the formula has something that isn't known.
func Inline(source string) (string, bool) {
	tree, ok := parse(source)
	if !ok {
		return "", false
	}
	s := setter{inline: true, width: maxSource}
	b := s.box(tree, false)
	line := strings.TrimSpace(b.rows[0])
	return line, !s.failed && len(b.tags) == 0 && line != "" && b.isExact()
}

// Display returns the lines of a formula that stands by itself, with what belongs above and below in its place. All lines are as
// wide as the widest, at most width cells, so that they can be centered; a formula with numbers (\tag) is width cells wide. It
// reports false if the formula has something that isn't known, or is too wide even when it is broken at its relations.
func Display(source string, width int) ([]string, bool) {
	tree, ok := parse(source)
	if !ok {
		return nil, false
	}
	width = min(width, maxWidth)
	b, ok := fit(tree, width)
	if ok && len(b.tags) > 0 {
		b, ok = b.numbered(width)
	}
	if !ok || !b.isExact() || b.width == 0 {
		return nil, false
	}
	return b.rows, true
}
