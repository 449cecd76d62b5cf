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

// A Container is a part of a post that is set apart: ":::note Title" up to ":::" (Docusaurus, Zenn, pandoc), or with its text
// indented `!!! note "Title"`, and `=== "Title"` for one of several tabs (Python-Markdown, MkDocs).
type Container struct {
	ast.BaseBlock
	Name  string   // "tab" for a tab
	Title ast.Node // its first child; nil for none
	fence int      // how many colons; 0 for the indented form
	open  bool
}

func (n *Container) Kind() ast.NodeKind       { return kindContainer }
func (n *Container) Dump(src []byte, lvl int) { ast.DumpHelper(n, src, lvl, nil, nil) }

type containerParser struct{}

func (containerParser) Trigger() []byte             { return []byte{':', '!', '?', '='} }
func (containerParser) CanInterruptParagraph() bool { return true }
func (containerParser) CanAcceptIndentedLine() bool { return false }

var (
	fencedContainer   = regexp.MustCompile(`^(:{3,}) ?\{?[.]?([A-Za-z][\w-]*)(?:\[([^\]\n]*)\])?[ \t]*([^\n]*)\n?$`)
	indentedContainer = regexp.MustCompile(`^(?:!!!|\?\?\?\+?)[ \t]+([A-Za-z][\w-]*)[ \t]*(?:[\w -]*"([^"\n]*)")?[ \t]*\n?$`)
	contentTab        = regexp.MustCompile(`^===[+!]?[ \t]+"([^"\n]+)"[ \t]*\n?$`)

	// attributesBehind are the attributes at the end of a title. A brace within a word is none of them, as in a formula.
	attributesBehind = regexp.MustCompile(`(?:^|[ \t])\{[^{}\n]*\}\s*$`)
)

func (containerParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	line = line[pc.BlockOffset():]
	n := &Container{open: true}
	at := segment.Start - segment.Padding + pc.BlockOffset()
	if m := contentTab.FindSubmatchIndex(line); m != nil {
		n.Name = "tab"
		n.addTitle(line[m[2]:m[3]], at+m[2])
		reader.AdvanceToEOL()
		return n, parser.HasChildren
	}
	m := fencedContainer.FindSubmatchIndex(line)
	if m != nil {
		n.fence = m[3] - m[2]
		m = m[2:]
	} else if m = indentedContainer.FindSubmatchIndex(line); m == nil {
		return nil, parser.NoChildren
	}
	n.Name = strings.ToLower(string(line[m[2]:m[3]]))
	if m[4] >= 0 {
		n.addTitle(line[m[4]:m[5]], at+m[4])
	}
	if len(m) > 6 && n.Title == nil {
		title := attributesBehind.ReplaceAll(line[m[6]:m[7]], nil)
		if bytes.Contains(line[m[1]:m[2]], []byte("{")) {
			title = bytes.TrimSuffix(title, []byte("}"))
		}
		n.addTitle(title, at+m[6])
	}
	reader.AdvanceToEOL()
	return n, parser.HasChildren
}

// addTitle adds a title, if there is something in it. It is told where that begins.
func (n *Container) addTitle(title []byte, at int) {
	at += len(title) - len(bytes.TrimLeft(title, " \t"))
	if title = bytes.TrimSpace(title); len(title) == 0 {
		return
	}
	n.Title = ast.NewTextBlock()
	n.Title.Lines().Append(text.NewSegment(at, at+len(title)))
	n.AppendChild(n, n.Title)
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
