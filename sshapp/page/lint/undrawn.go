package lint

import (
	"fmt"

	"postern/sshapp/page"
	"postern/sshapp/page/diagram"
	"postern/sshapp/page/document"
	"postern/sshapp/page/formula"
)

// The groups of formulas and diagrams that stay source.
const (
	formulaGroup = "formulas that are shown as their source"
	diagramGroup = "diagrams that are shown as their source"
)

// anyWidth is wider than whatever is drawn, in cells.
const anyWidth = 10_000

// undrawn warns of formulas and diagrams that are shown as their source.
func (i *inspector) undrawn() {
	macros := page.MacrosOf(i.doc)
	i.doc.Root.EachLeaf(func(b *document.Block) {
		text := string(b.Text)
		switch {
		case b.Language == "mermaid":
			i.undrawnDiagram(b.At, text)
		case b.Kind == document.MathBlock:
			text = macros.Expand(text)
			if _, ok := formula.Display(text, page.MaxMeasure); !ok {
				i.unsetFormula(b.At, text)
			}
		case b.Kind != document.CodeBlock:
			b.EachRun(text, 0, len(text), func(source string, r document.Run) {
				if r.Roles&document.Math == 0 {
					return
				}
				source = macros.Expand(source)
				if _, ok := formula.Inline(source); !ok {
					i.unsetFormula(b.At, source)
				}
			})
		}
	})
}

// unsetFormula warns of a formula, and says why it isn't set.
func (i *inspector) unsetFormula(at int, source string) {
	unknown, isProse := formula.Unknown(source)
	_, fits := formula.Display(source, anyWidth)
	switch {
	case isProse: // the dollars mean something else
	case unknown != "":
		i.warnGroup(at, formulaGroup, fmt.Sprintf("this formula is shown as its source, because %s is unknown", unknown), "write it with commands of LaTeX or amsmath")
	case fits:
		i.warnGroup(at, formulaGroup, fmt.Sprintf("this formula is shown as its source, because it is wider than %d columns", page.MaxMeasure), "break it by aligned")
	default:
		i.warnGroup(at, formulaGroup, "this formula is shown as its source, because it can't be read or set", "see that its braces and its environments end")
	}
}

// undrawnDiagram warns of a diagram, and says why it isn't drawn.
func (i *inspector) undrawnDiagram(at int, source string) {
	if _, ok := diagram.Draw(source, page.MaxMeasure); ok {
		return
	}
	if _, ok := diagram.Draw(source, anyWidth); ok {
		i.warnGroup(at, diagramGroup, fmt.Sprintf("this diagram is shown as its source in windows that are too narrow for it, as those of %d columns are", page.MaxMeasure), "break its texts by <br>, or divide it")
		return
	}
	i.warnGroup(at, diagramGroup, "this diagram is shown as its source, because something in it is unknown", "only flowcharts and sequence diagrams are drawn")
}
