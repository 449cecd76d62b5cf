package markdown

import (
	"bytes"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Formulas that stand between $$, or TeX's brackets, on more than one line. None of them spans a blank line, so that a $$ that nothing closes is text,
// and not the beginning of a formula that holds the rest of the post.

var displayFence = []byte("$$")

// A MathBlock is a formula between two lines of $$, or of TeX's brackets.
type MathBlock struct {
	ast.BaseBlock
	end    []byte // what closes it
	closed bool
}

func (n *MathBlock) Kind() ast.NodeKind       { return kindMathBlock }
func (n *MathBlock) IsRaw() bool              { return true }
func (n *MathBlock) Dump(src []byte, lvl int) { ast.DumpHelper(n, src, lvl, nil, nil) }

type mathBlockParser struct{}

func (mathBlockParser) Trigger() []byte             { return []byte{'$', '\\'} }
func (mathBlockParser) CanInterruptParagraph() bool { return true }
func (mathBlockParser) CanAcceptIndentedLine() bool { return false }

func (mathBlockParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	pos := pc.BlockOffset()
	begin, end := blockFence(line[pos:])
	if begin == 0 || !closesBelow(pc, reader.Source()[segment.Stop:], end) || opensFormula(pc, reader.Source()) {
		return nil, parser.NoChildren
	}
	n := &MathBlock{end: end}
	n.Lines().Append(text.NewSegment(segment.Start+pos+begin-segment.Padding, segment.Stop))
	reader.AdvanceToEOL()
	return n, parser.NoChildren
}

// blockFence returns how long the delimiter is that opens a formula of several lines at the beginning of a line, and what closes that; 0 if
// there is none. Nothing stands behind a bracket, for it may be an escaped one. A formula on one line is found within the paragraph.
func blockFence(line []byte) (length int, end []byte) {
	if bytes.HasPrefix(line, displayFence) && !bytes.Contains(line[2:], displayFence) {
		return len(displayFence), displayFence
	}
	switch string(bytes.TrimSpace(line)) {
	case `\[`:
		return len(`\[`), []byte(`\]`)
	case `\\[`:
		return len(`\\[`), []byte(`\\]`)
	}
	return 0, nil
}

// closesBelow reports whether a line ends in the first delimiter of a source, above the first blank line. Quotes begin their lines with >. It reports
// false when no work is left, for all lines of a paragraph may ask.
func closesBelow(pc parser.Context, source, end []byte) bool {
	for len(source) > 0 {
		line, rest, _ := bytes.Cut(source, []byte("\n"))
		if !spend(pc, len(line)+1) {
			return false
		}
		if _, behind, ok := bytes.Cut(line, end); ok {
			return util.IsBlank(behind)
		}
		if len(bytes.Trim(line, "> \t")) == 0 {
			return false
		}
		source = rest
	}
	return false
}

// opensFormula reports whether the paragraph that is open has a $$ without another: the next one closes it.
func opensFormula(pc parser.Context, source []byte) bool {
	paragraph, ok := pc.LastOpenedBlock().Node.(*ast.Paragraph)
	if !ok || paragraph.Lines().Len() == 0 {
		return false
	}
	lines := paragraph.Lines()
	above := source[lines.At(0).Start:lines.At(lines.Len()-1).Stop]
	return spend(pc, len(above)) && bytes.Count(above, displayFence)%2 == 1
}

func (mathBlockParser) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	n := node.(*MathBlock)
	line, segment := reader.PeekLine()
	if n.closed || util.IsBlank(line) {
		return parser.Close
	}
	if end := bytes.Index(line, n.end); end >= 0 {
		n.closed = true
		segment.Stop = segment.Start + max(end-segment.Padding, 0)
	}
	n.Lines().Append(segment)
	reader.AdvanceToEOL()
	return parser.Continue | parser.NoChildren
}

func (mathBlockParser) Close(ast.Node, text.Reader, parser.Context) {}

// A displayMathParser reads $$…$$ over several lines of a paragraph. On one line, mathParser does.
type displayMathParser struct{}

func (displayMathParser) Trigger() []byte { return []byte{'$'} }

func (displayMathParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, _ := block.PeekLine()
	if !bytes.HasPrefix(line, displayFence) || before == '$' || before == '\\' || unicode.IsLetter(before) || unicode.IsDigit(before) {
		return nil
	}
	number, position := block.Position()
	inside := bytes.Clone(line[len(displayFence):])
	if bytes.Contains(inside, displayFence) {
		return nil
	}
	for block.AdvanceLine(); ; block.AdvanceLine() {
		line, _ = block.PeekLine()
		if line == nil {
			block.SetPosition(number, position)
			return nil
		}
		if end := bytes.Index(line, displayFence); end >= 0 {
			block.Advance(end + len(displayFence))
			return &Math{Source: bytes.TrimSpace(append(inside, line[:end]...)), Display: true}
		}
		inside = append(inside, line...)
	}
}
