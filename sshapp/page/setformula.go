package page

import (
	"iter"
	"strings"

	"postern/sshapp/page/document"
	"postern/sshapp/page/formula"
)

// Formulas are set as mathematics, and those that aren't understood as their source. Either way they count as many characters of
// the post's text as their source has, so that a position in a post is the same on all pages.

// replaceFormulas puts what set makes of the formulas within texts in their place.
func replaceFormulas(doc *document.Document, typeset func(source string) (string, bool)) {
	doc.Root.EachLeaf(func(b *document.Block) {
		if b.Kind != document.CodeBlock { // a copy is of the code as it was written
			b.Replace(document.Math, typeset)
		}
	})
}

// embolden has the bold letters of formulas within texts shown by the terminal's bold ones.
func embolden(doc *document.Document) {
	doc.Root.EachLeaf(func(b *document.Block) {
		if b.Kind == document.CodeBlock || b.Kind == document.MathBlock {
			return
		}
		b.Divide(document.Math, func(text string) iter.Seq2[string, document.Roles] {
			return func(yield func(string, document.Roles) bool) {
				for stretch, isBold := range formula.Stretches(text) {
					roles := document.Roles(0)
					if isBold {
						roles = document.Strong
					}
					if !yield(stretch, roles) {
						return
					}
				}
			}
		})
	})
}

// formulaLine returns a line of a formula that stands by itself, its bold letters by the terminal's bold ones.
func (s *setter) formulaLine(line string) []fragment {
	if s.theme.DeletedToken != "" { // without attributes
		return []fragment{generated(line, s.theme.Text)}
	}
	var all []fragment
	for stretch, isBold := range formula.Stretches(line) {
		roles := document.Roles(0)
		if isBold {
			roles = document.Strong
		}
		all = append(all, generated(stretch, s.theme.Style(roles, s.theme.Text)))
	}
	return all
}

// formula sets a formula that stands by itself: in the middle of the page, or as its source if it doesn't fit.
func (s *setter) formula(b *document.Block) {
	lines, ok := s.draw(b, formula.Display)
	if !ok {
		s.listing(b)
		return
	}
	s.block(FormulaBlock, b, strings.TrimRight(string(b.Text), "\n")+"\n", func() { s.drawing(b, lines, s.formulaLine) })
}
