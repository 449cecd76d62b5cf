package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// maxDefinitionLines is how many lines of a paragraph goldmark looks for definitions of references in at a time. For each that it
// finds it moves all lines below, so 50,000 in a row would take it ten seconds. A definition may be as long as that.
const maxDefinitionLines = 100

// definitionLimit takes the definitions off the beginning of a paragraph part by part.
type definitionLimit struct{ parser.ParagraphTransformer }

func (t definitionLimit) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	parent, lines := node.Parent(), node.Lines()
	for lines.Len() > maxDefinitionLines {
		n := partLength(lines, reader.Source())
		part := ast.NewParagraph()
		part.SetBlankPreviousLines(node.HasBlankPreviousLines())
		part.Lines().AppendAll(lines.Sliced(0, n))
		parent.InsertBefore(parent, node, part)
		t.ParagraphTransformer.Transform(part, reader, pc)
		left := 0
		if part.Parent() != nil {
			left = part.Lines().Len()
			parent.RemoveChild(parent, part)
		}
		if left == n {
			return
		}
		lines.SetSliced(n-left, lines.Len()) // with a definition that the part had only the beginning of
	}
	t.ParagraphTransformer.Transform(node, reader, pc)
}

// partLength returns how many lines the next part of a paragraph has. If it can, it ends in front of a line that may begin a
// definition, so that none is divided.
func partLength(lines *text.Segments, source []byte) int {
	for n := maxDefinitionLines; n > maxDefinitionLines/2; n-- {
		line := lines.At(n)
		if bytes.HasPrefix(bytes.TrimLeft(line.Value(source), " \t"), []byte("[")) {
			return n
		}
	}
	return maxDefinitionLines
}
