package markdown

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

var kindContainer = ast.NewNodeKind("Container")

// A Container is a part of a post that is set apart: ":::note Title" up to ":::" (Docusaurus, Zenn, pandoc), or
// `!!! note "Title"` with its text indented (Python-Markdown, MkDocs).
type Container struct {
	ast.BaseBlock
	Name, Title string
	fence       int // how many colons; 0 for the indented form
	open        bool
}

func (n *Container) Kind() ast.NodeKind       { return kindContainer }
func (n *Container) Dump(src []byte, lvl int) { ast.DumpHelper(n, src, lvl, nil, nil) }

type containerParser struct{}

func (containerParser) Trigger() []byte             { return []byte{':', '!', '?'} }
func (containerParser) CanInterruptParagraph() bool { return true }
func (containerParser) CanAcceptIndentedLine() bool { return false }

var (
	fencedContainer   = regexp.MustCompile(`^(:{3,}) ?\{?[.]?([A-Za-z][\w-]*)(?:\[([^\]\n]*)\])?[ \t]*([^\n]*)\n?$`)
	indentedContainer = regexp.MustCompile(`^(?:!!!|\?\?\?\+?)[ \t]+([A-Za-z][\w-]*)[ \t]*(?:[\w -]*"([^"\n]*)")?[ \t]*\n?$`)
	attributes        = regexp.MustCompile(`\{[^{}\n]*\}?|\}$`)
)

func (containerParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := reader.PeekLine()
	line = line[pc.BlockOffset():]
	if m := fencedContainer.FindSubmatch(line); m != nil {
		title := string(m[3])
		if rest := strings.TrimSpace(attributes.ReplaceAllString(string(m[4]), "")); title == "" {
			title = rest
		}
		reader.AdvanceToEOL()
		return &Container{Name: strings.ToLower(string(m[2])), Title: title, fence: len(m[1]), open: true}, parser.HasChildren
	}
	if m := indentedContainer.FindSubmatch(line); m != nil {
		reader.AdvanceToEOL()
		return &Container{Name: strings.ToLower(string(m[1])), Title: string(m[2]), open: true}, parser.HasChildren
	}
	return nil, parser.NoChildren
}

func (containerParser) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	n := node.(*Container)
	line, _ := reader.PeekLine()
	if n.fence == 0 {
		if util.IsBlank(line) {
			return parser.Continue | parser.HasChildren
		}
		at, padding := util.IndentPosition(line, reader.LineOffset(), 4)
		if at < 0 {
			return parser.Close
		}
		reader.AdvanceAndSetPadding(at, padding)
		return parser.Continue | parser.HasChildren
	}
	if colons := bytes.TrimSpace(line); len(colons) >= n.fence && len(bytes.Trim(colons, ":")) == 0 && !n.innerCloses(len(colons)) {
		reader.AdvanceToEOL()
		return parser.Close
	}
	return parser.Continue | parser.HasChildren
}

// innerCloses reports whether so many colons close a container within this one.
func (n *Container) innerCloses(colons int) bool {
	for c := n.LastChild(); c != nil; c = c.LastChild() {
		if inner, ok := c.(*Container); ok && inner.open && inner.fence > 0 && inner.fence <= colons {
			return true
		}
	}
	return false
}

func (containerParser) Close(node ast.Node, _ text.Reader, _ parser.Context) {
	node.(*Container).open = false
}
