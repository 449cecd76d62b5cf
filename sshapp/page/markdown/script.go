package markdown

import (
	"regexp"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

var (
	kindScript = ast.NewNodeKind("Script")
	kindJSX    = ast.NewNodeKind("JSX")
)

// A Script is the JavaScript that MDX has between paragraphs: imports, and in .mdx files exports. It isn't shown.
type Script struct {
	ast.BaseBlock
	exports bool // up to a blank line
	done    bool
}

func (n *Script) Kind() ast.NodeKind       { return kindScript }
func (n *Script) IsRaw() bool              { return true }
func (n *Script) Dump(src []byte, lvl int) { ast.DumpHelper(n, src, lvl, nil, nil) }

type scriptParser struct{}

func (scriptParser) Trigger() []byte             { return []byte{'i', 'e'} }
func (scriptParser) CanInterruptParagraph() bool { return false }
func (scriptParser) CanAcceptIndentedLine() bool { return false }

var (
	wholeImport = regexp.MustCompile(`^import\s+(?:[\w*{}$,\s]+\s+from\s+)?(?:"[^"]+"|'[^']+')\s*;?\s*$`)
	longImport  = regexp.MustCompile(`^import\s+(?:\w+\s*,\s*)?\{[^}"']*$`)
	importEnd   = regexp.MustCompile(`\}\s*from\s*(?:"[^"]+"|'[^']+')\s*;?\s*$`)
	mdxExport   = regexp.MustCompile(`^export\s+(?:const|let|var|default|function|async|class|\{|\*)`)
)

func (scriptParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	line = line[pc.BlockOffset():]
	isMDX, _ := pc.Get(isMDXKey).(bool)
	n := &Script{}
	switch {
	case wholeImport.Match(line):
		n.done = true
	case isMDX && longImport.Match(line):
	case isMDX && mdxExport.Match(line):
		n.exports = true
	default:
		return nil, parser.NoChildren
	}
	n.Lines().Append(segment)
	reader.AdvanceToEOL()
	return n, parser.NoChildren
}

func (scriptParser) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	n := node.(*Script)
	line, segment := reader.PeekLine()
	if n.done || util.IsBlank(line) {
		return parser.Close
	}
	n.done = !n.exports && importEnd.Match(line)
	n.Lines().Append(segment)
	reader.AdvanceToEOL()
	return parser.Continue | parser.NoChildren
}

func (scriptParser) Close(ast.Node, text.Reader, parser.Context) {}

// A Component is a tag that isn't HTML's because its attributes hold JavaScript: <Chart data={rows}>.
type Component struct {
	ast.BaseInline
	Raw string
}

func (n *Component) Kind() ast.NodeKind       { return kindJSX }
func (n *Component) Dump(src []byte, lvl int) { ast.DumpHelper(n, src, lvl, nil, nil) }

// A componentParser reads the tags of components, over several lines too. What is a tag of HTML's grammar is left to goldmark.
type componentParser struct{}

func (componentParser) Trigger() []byte { return []byte{'<'} }

var (
	jsxName   = regexp.MustCompile(`^<[A-Za-z][\w.-]*[\s]`)
	maxJSXTag = 4 << 10
)

func (componentParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	if !jsxName.Match(line) {
		return nil
	}
	var raw []byte
	var s tagScanner
	for line != nil && len(raw) < maxJSXTag {
		for i, c := range line {
			raw = append(raw, c)
			switch state := s.next(c); {
			case state == tagBroken, state == tagEnded && !s.braced:
				return nil
			case state == tagEnded:
				block.Advance(i + 1)
				return &Component{Raw: string(raw)}
			}
		}
		block.AdvanceLine()
		line, _ = block.PeekLine()
	}
	return nil
}
