package markdown

import (
	"bytes"
	"slices"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
)

// HTMLLines returns a block of HTML, and the pieces of the source that it lies in.
func HTMLLines(n *ast.HTMLBlock, source []byte) ([]byte, []text.Segment) {
	b, pieces := n.Lines().Value(source), n.Lines().Sliced(0, n.Lines().Len())
	if n.HasClosure() {
		b = append(bytes.Clone(b), n.ClosureLine.Value(source)...)
		pieces = append(slices.Clone(pieces), n.ClosureLine)
	}
	return b, pieces
}
