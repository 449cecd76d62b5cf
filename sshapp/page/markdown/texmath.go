package markdown

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// Formulas between TeX's own delimiters. In Markdown a backslash escapes, so MathJax has them written \\(…\\) and \\[…\\]; Hugo takes \(…\) and
// \[…\] as well, which otherwise are escaped brackets.

// texFences are TeX's delimiters, the longer ones first.
var texFences = [][2]string{{`\\(`, `\\)`}, {`\\[`, `\\]`}, {`\(`, `\)`}, {`\[`, `\]`}}

// texSign is what stands in formulas, and hardly ever between escaped brackets. Those may have a ^ at the beginning, of a footnote, or a = in an option.
var texSign = regexp.MustCompile(`\\[A-Za-z]|_\{|[\w)}\]|]\^|\s=\s`)

// A texMathParser reads formulas between TeX's delimiters that end on the line that they begin on.
type texMathParser struct{}

func (texMathParser) Trigger() []byte { return []byte{'\\'} }

func (p texMathParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, _ := block.PeekLine()
	for _, fence := range texFences {
		if bytes.HasPrefix(line, []byte(fence[0])) {
			return workLimit{texFormulaParser{fence: fence}}.Parse(parent, block, pc)
		}
	}
	return nil
}

// A texFormulaParser reads a formula behind one of the delimiters.
type texFormulaParser struct {
	texMathParser
	fence [2]string
}

func (p texFormulaParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	inside, _, ends := bytes.Cut(line[len(p.fence[0]):], []byte(p.fence[1]))
	isEscaped := p.fence[0][1] != '\\'
	if !ends || len(bytes.TrimSpace(inside)) == 0 || isEscaped && !holdsFormula(inside) {
		return nil
	}
	block.Advance(len(p.fence[0]) + len(inside) + len(p.fence[1]))
	return &Math{Source: bytes.TrimSpace(inside), Display: strings.HasSuffix(p.fence[0], "[")}
}

// holdsFormula reports whether a formula stands between brackets that may be escaped ones. None has code in it.
func holdsFormula(inside []byte) bool {
	return texSign.Match(inside) && !bytes.Contains(inside, []byte("`"))
}
