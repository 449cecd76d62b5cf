package markdown

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

var (
	kindTag     = ast.NewNodeKind("Tag")
	kindTagCode = ast.NewNodeKind("TagCode")
)

// A Tag is an instruction to a site's generator: a shortcode of Hugo's or Zola's ({{< name args >}}, {{% name %}},
// {{ name(args) }}), or a tag of Liquid's, Nunjucks' or Hexo's ({% name args %}). A kramdown attribute list ({: .class})
// counts as one without a name.
type Tag struct {
	ast.BaseInline
	Raw      string // as written
	Name     string
	Args     string
	Captured string // by {% capture %}: up to its end
	Closes   bool   // {{< /name >}}, {% endname %}
}

func (n *Tag) Kind() ast.NodeKind       { return kindTag }
func (n *Tag) Dump(src []byte, lvl int) { ast.DumpHelper(n, src, lvl, nil, nil) }

var tagPattern = regexp.MustCompile(`^(?s:\{\{[<%]\s*(/?)\s*([\w./-]+)(.*?)[%>]\}\}|\{\{-?\s*()([\w./-]+|"[^"\n]*"|'[^'\n]*')((?:"[^"\n]*"|` + "`[^`]*`" + `|.)*?)\}\}|\{%-?\s*()([\w./-]+)(.*?)%\})`)

// readTag returns the tag that b begins with, or nil, and its length.
func readTag(b []byte) (*Tag, int) {
	if m := attributePattern.Find(b); m != nil {
		return &Tag{Raw: string(m)}, len(m)
	}
	m := tagPattern.FindSubmatchIndex(b)
	if m == nil {
		return nil, 0
	}
	n := &Tag{Raw: string(b[:m[1]])}
	for i := 2; i < len(m); i += 6 {
		if m[i+2] >= 0 {
			n.Closes = m[i+1] > m[i]
			n.Name, n.Args = string(b[m[i+2]:m[i+3]]), string(b[m[i+4]:m[i+5]])
		}
	}
	n.Args = strings.TrimRight(strings.TrimSpace(n.Args), "-/ ")
	if liquid := strings.HasPrefix(n.Raw, "{%"); liquid && strings.HasPrefix(n.Name, "end") && n.Name != "end" {
		n.Closes, n.Name = true, n.Name[3:]
	}
	return n, n.takeCapture(b, m[1])
}

// A tagParser reads tags within a line.
type tagParser struct{}

func (tagParser) Trigger() []byte { return []byte{'{'} }

func (tagParser) Parse(parent ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	n, length := readTag(line[:min(len(line), maxTag)])
	if n == nil {
		return nil
	}
	if n.Name == "" && !n.belongs(parent, block.PrecendingCharacter(), line[length:]) {
		return nil
	}
	block.Advance(length)
	return n
}

// A tagBlockParser reads what begins and ends on lines of its own: blocks of code, comments, and tags over several lines.
type tagBlockParser struct{}

func (tagBlockParser) Trigger() []byte             { return []byte{'{'} }
func (tagBlockParser) CanInterruptParagraph() bool { return true }
func (tagBlockParser) CanAcceptIndentedLine() bool { return false }

func (tagBlockParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	at := segment.Start - segment.Padding + pc.BlockOffset()
	if n := openTextBlock(reader.Source()[at:], at, pc); n != nil {
		reader.AdvanceToEOL()
		return n, parser.NoChildren
	}
	n, length := readTag(line[pc.BlockOffset():])
	if n == nil {
		return openLongTag(reader, at)
	}
	if !n.opensRawBlock(reader.Source(), at, pc) || len(bytes.TrimSpace(line[pc.BlockOffset()+length:])) > 0 {
		return nil, parser.NoChildren
	}
	language, _, _ := strings.Cut(n.Args, " ")
	reader.AdvanceToEOL()
	return &RawBlock{Name: n.Name, Language: strings.TrimPrefix(language, "lang:"), end: rawBlockEnds[n.Name]}, parser.NoChildren
}

// maxTag is how long a tag may be, in bytes.
const maxTag = 4 << 10

// openLongTag opens a tag that begins here and ends at the end of one of the lines below.
func openLongTag(reader text.Reader, at int) (ast.Node, parser.State) {
	source := reader.Source()[at:]
	source = source[:min(len(source), maxTag)]
	end := -1
	for _, fence := range [][2]string{{"{{<", ">}}"}, {"{{%", "%}}"}, {"{%", "%}"}, {"{{", "}}"}} {
		if i := bytes.Index(source, []byte(fence[1])); i >= 0 && bytes.HasPrefix(source, []byte(fence[0])) {
			end = i + len(fence[1])
			break
		}
	}
	if end < 0 {
		return nil, parser.NoChildren
	}
	rest, _, _ := bytes.Cut(source[end:], []byte("\n"))
	n, length := readTag(source[:end])
	if n == nil || length != end || len(bytes.TrimSpace(rest)) > 0 || bytes.Contains(source[:end], []byte("\n\n")) {
		return nil, parser.NoChildren
	}
	reader.AdvanceToEOL()
	return &MultilineTag{Tag: n, left: bytes.Count(source[:end], []byte("\n"))}, parser.NoChildren
}

func (tagBlockParser) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	line, segment := reader.PeekLine()
	switch n := node.(type) {
	case *MultilineTag:
		if n.left == 0 {
			return parser.Close
		}
		n.left--
	case *RawBlock:
		if n.closed {
			return parser.Close
		}
		n.add(line, segment)
	}
	reader.AdvanceToEOL()
	return parser.Continue | parser.NoChildren
}

func (tagBlockParser) Close(ast.Node, text.Reader, parser.Context) {}

var kindLongTag = ast.NewNodeKind("LongTag")

// A MultilineTag is a tag over several lines, of which so many are left.
type MultilineTag struct {
	ast.BaseBlock
	Tag  *Tag
	left int
}

func (n *MultilineTag) Kind() ast.NodeKind       { return kindLongTag }
func (n *MultilineTag) IsRaw() bool              { return true }
func (n *MultilineTag) Dump(src []byte, lvl int) { ast.DumpHelper(n, src, lvl, nil, nil) }
