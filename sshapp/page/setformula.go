package page

import (
	"iter"
	"strings"

	"postern/sshapp/page/document"
	"postern/sshapp/page/formula"
)

// Formulas are set as mathematics, and those that aren't understood as their source. Either way they count as many characters of
// the post's text as their source has, so that a position in a post is the same on all pages.

// MacrosOf returns the macros that the formulas of a post define.
func MacrosOf(doc *document.Document) *formula.Macros {
	m := &formula.Macros{}
	doc.Root.EachLeaf(func(b *document.Block) {
		text := string(b.Text)
		switch b.Kind {
		case document.MathBlock:
			m.Define(text)
		case document.CodeBlock:
		default:
			b.EachRun(text, 0, len(text), func(source string, r document.Run) {
				if r.Roles&document.Math != 0 {
					m.Define(source)
				}
			})
		}
	})
	return m
}

// replaceFormulas puts what typeset makes of the formulas within texts in their place. It returns the macros of all formulas.
func replaceFormulas(doc *document.Document, typeset func(source string) (string, bool)) *formula.Macros {
	m := MacrosOf(doc)
	expanded := func(source string) (string, bool) { return typeset(m.Expand(source)) }
	doc.Root.EachLeaf(func(b *document.Block) {
		doc.Check()
		if b.Kind != document.CodeBlock { // a copy is of the code as it was written
			b.Replace(document.Math, expanded)
		}
	})
	return m
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
	lines, ok := s.draw(s.macros.Expand(string(b.Text)), formula.Display)
	if !ok {
		s.listing(b)
		return
	}
	s.block(FormulaBlock, b, strings.TrimRight(string(b.Text), "\n")+"\n", func() { s.drawing(b, lines, s.formulaLine) })
}
