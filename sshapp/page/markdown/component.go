package markdown

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"postern/content/outline"
)

var kindComponentBlock = ast.NewNodeKind("ComponentBlock")

// A ComponentBlock is a component that stands on lines of its own, such as <Note>, and what it holds, which is Markdown. In MDX the
// elements of HTML are read likewise.
type ComponentBlock struct {
	ast.BaseBlock
	Name   string
	Raw    string // the start tag, as written
	left   int    // lines of the start tag
	inner  bool   // it stands in a quote or a list
	alone  bool   // it closes itself
	indent int    // of what it holds; -1 until that is known
	open   bool
}

func (n *ComponentBlock) Kind() ast.NodeKind       { return kindComponentBlock }
func (n *ComponentBlock) Dump(src []byte, lvl int) { ast.DumpHelper(n, src, lvl, nil, nil) }

// Arguments returns the attributes that are texts, as HTML and JSX write them: name="x", name={"x"}.
func (n *ComponentBlock) Arguments() Arguments {
	const most = 40
	args := Arguments{}
	for _, m := range jsxAttribute.FindAllStringSubmatch(n.Raw[1+len(n.Name):], most) {
		args[m[1]] = Unescape(strings.Join(m[2:], ""))
	}
	return args
}

var (
	componentName = regexp.MustCompile(`^<([A-Za-z][\w.-]*(?::[\w.-]+)?)(?:[\s/>]|$)`)
	blankJSX      = regexp.MustCompile(`^\s*(?:\{\s*["'] *["']\s*\}\s*)*$`)
	jsxAttribute  = regexp.MustCompile(`([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|\{\s*"([^"]*)"\s*\}|\{\s*'([^']*)'\s*\}|\{\s*` + "`([^`$]*)`" + `\s*\})`)
)

// notMarkdown are the elements that hold no Markdown in MDX either.
var notMarkdown = map[string]bool{"pre": true, "script": true, "style": true, "textarea": true, "svg": true, "math": true}

type componentBlockParser struct{}

func (componentBlockParser) Trigger() []byte             { return []byte{'<'} }
func (componentBlockParser) CanInterruptParagraph() bool { return true }
func (componentBlockParser) CanAcceptIndentedLine() bool { return true }

func (componentBlockParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	offset := pc.BlockOffset()
	m := componentName.FindSubmatch(line[offset:])
	isMDX, _ := pc.Get(isMDXKey).(bool)
	if m == nil || !isMDX && isElement(string(m[1])) || notMarkdown[string(m[1])] {
		return nil, parser.NoChildren
	}
	_, within := parent.(*ComponentBlock)
	if last := pc.LastOpenedBlock().Node; !isMDX && !within && (pc.BlockIndent() > 3 || last != nil && ast.IsParagraph(last)) {
		return nil, parser.NoChildren
	}
	at := segment.Start - segment.Padding + offset
	rest := reader.Source()[at:]
	length := tagLength(rest[:min(len(rest), maxJSXTag)])
	if length < 0 {
		return nil, parser.NoChildren
	}
	n := &ComponentBlock{Name: string(m[1]), Raw: string(rest[:length]), indent: -1, open: true}
	n.left = strings.Count(n.Raw, "\n")
	for in := parent; in != nil && !n.inner; in = in.Parent() {
		_, isComponent := in.(*ComponentBlock)
		n.inner = !isComponent && in.Kind() != ast.KindDocument
	}
	n.alone = strings.HasSuffix(n.Raw, "/>")
	behind, _, _ := bytes.Cut(rest[length:], []byte("\n"))
	blank := util.IsBlank(behind)
	if !blank && (n.alone || n.left > 0 || n.inner) || !n.alone && !n.endsBelow(rest[length:], blank, pc) {
		return nil, parser.NoChildren
	}
	if blank {
		reader.AdvanceToEOL()
		return n, parser.HasChildren
	}
	if bytes.HasPrefix(behind, n.endTag()) {
		n.alone = true
		reader.AdvanceToEOL()
		return n, parser.HasChildren
	}
	reader.Advance(offset + length)
	n.cutLine(reader)
	return n, parser.HasChildren
}

func (n *ComponentBlock) endTag() []byte { return []byte("</" + n.Name + ">") }

// isElement reports whether a tag is one of HTML's, written as people write those.
func isElement(name string) bool {
	lower := strings.ToLower(name)
	return outline.IsElement(lower) && (name == lower || name == strings.ToUpper(name))
}

// endsBelow reports whether a line ends in the end tag: that of the first line, if the text begins on it, or else any.
func (n *ComponentBlock) endsBelow(source []byte, blank bool, pc parser.Context) bool {
	end := n.endTag()
	for at := 0; ; {
		i := bytes.Index(source[at:], end)
		if i < 0 {
			spend(pc, len(source))
			return false
		}
		if !spend(pc, i) {
			return false
		}
		before := source[:at+i]
		at += i + len(end)
		behind, _, _ := bytes.Cut(source[at:], []byte("\n"))
		if blankJSX.Match(behind) {
			return !n.inner || len(bytes.Trim(before[bytes.LastIndexByte(before, '\n')+1:], "> \t")) == 0
		}
		if !blank {
			return false
		}
	}
}

// cutLine lets the line end in front of the end tag: that is then a line of its own.
func (n *ComponentBlock) cutLine(reader text.Reader) {
	if n.inner { // the next line would have to begin as those of the quote or the list do
		return
	}
	line, segment := reader.PeekLine()
	end := bytes.Index(line, n.endTag())
	if end <= segment.Padding || line[end-1] == '`' || bytes.Contains(line[:end], []byte("<"+n.Name)) {
		return
	}
	cut(reader, end-segment.Padding)
}

// cut ends the line that a reader is at after n bytes. What is behind them is the next line.
func cut(reader text.Reader, n int) {
	number, position := reader.Position()
	position.Stop = position.Start + n
	reader.SetPosition(number, position)
	reader.Advance(0) // looks the line up again
}

func (componentBlockParser) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	n := node.(*ComponentBlock)
	if n.left > 0 {
		n.left--
		reader.AdvanceToEOL()
		return parser.Continue | parser.NoChildren
	}
	if n.alone {
		return parser.Close
	}
	line, segment := reader.PeekLine()
	_, inCode := pc.LastOpenedBlock().Node.(*ast.FencedCodeBlock)
	trimmed := bytes.TrimLeft(line, " \t")
	if behind, ok := bytes.CutPrefix(trimmed, n.endTag()); ok && !inCode && !n.innerCloses() {
		reader.Advance(len(line) - len(behind))
		if blankJSX.Match(behind) {
			reader.AdvanceToEOL()
		} else if util.IsSpace(behind[0]) {
			cut(reader, 1) // or the text would go on with the paragraph within
		}
		return parser.Close
	}
	if util.IsBlank(line) {
		return parser.Continue | parser.HasChildren
	}
	width, _ := util.IndentWidth(line, reader.LineOffset())
	if n.indent < 0 {
		n.indent = width
	}
	if at, padding := util.IndentPosition(line, reader.LineOffset(), min(n.indent, width)); at > 0 || padding > 0 && segment.Padding == 0 {
		reader.AdvanceAndSetPadding(at, padding)
	}
	if !inCode {
		n.cutLine(reader)
	}
	return parser.Continue | parser.HasChildren
}

// innerCloses reports whether an end tag closes a component within this one.
func (n *ComponentBlock) innerCloses() bool {
	for c := n.LastChild(); c != nil; c = c.LastChild() {
		if inner, ok := c.(*ComponentBlock); ok && inner.open && !inner.alone && inner.Name == n.Name {
			return true
		}
	}
	return false
}

func (componentBlockParser) Close(node ast.Node, _ text.Reader, _ parser.Context) {
	node.(*ComponentBlock).open = false
}

// tagLength returns the length of the tag that b begins with; -1 if it has no end, or a blank line in it. Its attributes may hold
// JavaScript.
func tagLength(b []byte) int {
	var s tagScanner
	for i, c := range b {
		if c == '\n' && i > 0 && b[i-1] == '\n' {
			return -1
		}
		switch s.next(c) {
		case tagBroken:
			return -1
		case tagEnded:
			return i + 1
		}
	}
	return -1
}

// A tagScanner looks for the end of a tag, from its < on. The tag's attributes may hold JavaScript.
type tagScanner struct {
	begun  bool
	depth  int  // of the braces that are open
	braced bool // there was a brace
	quote  byte // the quote that is open; 0 for none
}

type tagState int

const (
	tagOpen   tagState = iota
	tagEnded           // by its >
	tagBroken          // another tag begins in it
)

// next takes the next byte of the tag.
func (s *tagScanner) next(c byte) tagState {
	begun := s.begun
	s.begun = true
	switch {
	case s.quote != 0:
		if c == s.quote {
			s.quote = 0
		}
	case c == '"' || c == '\'' || c == '`':
		s.quote = c
	case c == '{':
		s.depth++
		s.braced = true
	case c == '}':
		s.depth--
	case c == '<' && begun && s.depth == 0:
		return tagBroken
	case c == '>' && s.depth == 0:
		return tagEnded
	}
	return tagOpen
}

// An indentedCodeParser reads code that is indented, which MDX hasn't.
type indentedCodeParser struct{ parser.BlockParser }

func (p indentedCodeParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	if isMDX, _ := pc.Get(isMDXKey).(bool); isMDX {
		return nil, parser.NoChildren
	}
	return p.BlockParser.Open(parent, reader, pc)
}

// A paragraphParser takes any line that nothing else does.
type paragraphParser struct{ parser.BlockParser }

func (paragraphParser) CanAcceptIndentedLine() bool { return true }
