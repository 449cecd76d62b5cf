package page

import (
	"bytes"
	"iter"
	"maps"
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

// A tag is an instruction to a site's generator: a shortcode of Hugo's or Zola's ({{< name args >}}, {{% name %}},
// {{ name(args) }}), or a tag of Liquid's, Nunjucks' or Hexo's ({% name args %}). A kramdown attribute list ({: .class})
// counts as one without a name.
type tag struct {
	ast.BaseInline
	raw    string // as written
	name   string
	args   string
	closes bool // {{< /name >}}, {% endname %}
}

func (n *tag) Kind() ast.NodeKind       { return kindTag }
func (n *tag) Dump(src []byte, lvl int) { ast.DumpHelper(n, src, lvl, nil, nil) }

var (
	tagPattern       = regexp.MustCompile(`^(?s:\{\{[<%]\s*(/?)\s*([\w./-]+)(.*?)[%>]\}\}|\{\{-?\s*()([\w./-]+)(.*?)\}\}|\{%-?\s*()([\w./-]+)(.*?)%\})`)
	attributePattern = regexp.MustCompile(`^\{:[^{}\n]*\}|^\{[#.][\w-]+(?:\s[^{}\n]*)?\}|^\{/\*.*?\*/\}`)
)

// readTag returns the tag that b begins with, or nil, and its length.
func readTag(b []byte) (*tag, int) {
	if m := attributePattern.Find(b); m != nil {
		return &tag{raw: string(m)}, len(m)
	}
	m := tagPattern.FindSubmatchIndex(b)
	if m == nil {
		return nil, 0
	}
	n := &tag{raw: string(b[:m[1]])}
	for i := 2; i < len(m); i += 6 {
		if m[i+2] >= 0 {
			n.closes = m[i+1] > m[i]
			n.name, n.args = string(b[m[i+2]:m[i+3]]), string(b[m[i+4]:m[i+5]])
		}
	}
	n.args = strings.TrimRight(strings.TrimSpace(n.args), "-/ ")
	if liquid := strings.HasPrefix(n.raw, "{%"); liquid && strings.HasPrefix(n.name, "end") && n.name != "end" {
		n.closes, n.name = true, n.name[3:]
	}
	return n, m[1]
}

// A tagParser reads tags within a line.
type tagParser struct{}

func (tagParser) Trigger() []byte { return []byte{'{'} }

func (tagParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	n, length := readTag(line[:min(len(line), maxTag)])
	if n == nil {
		return nil
	}
	if n.name == "" && (n.raw[1] == '#' || n.raw[1] == '.') && !strings.ContainsRune(")]`\n*_", block.PrecendingCharacter()) {
		return nil // {#id} belongs to a link, a picture or a block: elsewhere it is text
	}
	block.Advance(length)
	return n
}

// A tagCode is a block between two tags that is no Markdown: code to be highlighted, or a comment.
type tagCode struct {
	ast.BaseBlock
	name, language string
	end            *regexp.Regexp
	closed         bool
}

func (n *tagCode) Kind() ast.NodeKind       { return kindTagCode }
func (n *tagCode) IsRaw() bool              { return true }
func (n *tagCode) Dump(src []byte, lvl int) { ast.DumpHelper(n, src, lvl, nil, nil) }

// A tagBlockParser reads what begins and ends on lines of its own: blocks of code, comments, and tags over several lines.
type tagBlockParser struct{}

func (tagBlockParser) Trigger() []byte             { return []byte{'{'} }
func (tagBlockParser) CanInterruptParagraph() bool { return true }
func (tagBlockParser) CanAcceptIndentedLine() bool { return false }

var tagCodeEnds = map[string]*regexp.Regexp{
	"highlight": regexp.MustCompile(`\{%-?\s*endhighlight\s*-?%\}|\{\{[<%]\s*/\s*highlight\s*[%>]\}\}`),
	"codeblock": regexp.MustCompile(`\{%-?\s*endcodeblock\s*-?%\}`),
	"code":      regexp.MustCompile(`\{%-?\s*endcode\s*-?%\}`),
	"comment":   regexp.MustCompile(`\{%-?\s*endcomment\s*-?%\}|\{\{[<%]\s*/\s*comment\s*[%>]\}\}`),
}

// rawTags are the names of the tags whose blocks hold no Markdown.
func rawTags() iter.Seq[string] { return maps.Keys(tagCodeEnds) }

// isRawTag reports whether a tag's block holds no Markdown.
func isRawTag(name string) bool { return tagCodeEnds[name] != nil }

func (tagBlockParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	at := segment.Start - segment.Padding + pc.BlockOffset()
	n, length := readTag(line[pc.BlockOffset():])
	if n == nil {
		return openLongTag(reader, at)
	}
	end := tagCodeEnds[n.name]
	if end == nil || n.closes || len(bytes.TrimSpace(line[pc.BlockOffset()+length:])) > 0 {
		return nil, parser.NoChildren
	}
	language, _, _ := strings.Cut(n.args, " ")
	reader.AdvanceToEOL()
	return &tagCode{name: n.name, language: strings.TrimPrefix(language, "lang:"), end: end}, parser.NoChildren
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
	return &longTag{tag: n, left: bytes.Count(source[:end], []byte("\n"))}, parser.NoChildren
}

func (tagBlockParser) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	line, segment := reader.PeekLine()
	switch n := node.(type) {
	case *longTag:
		if n.left == 0 {
			return parser.Close
		}
		n.left--
	case *tagCode:
		if n.closed {
			return parser.Close
		}
		if at := n.end.FindIndex(line); at != nil {
			n.closed = true
		} else {
			n.Lines().Append(segment)
		}
	}
	reader.AdvanceToEOL()
	return parser.Continue | parser.NoChildren
}

func (tagBlockParser) Close(ast.Node, text.Reader, parser.Context) {}

var kindLongTag = ast.NewNodeKind("LongTag")

// A longTag is a tag over several lines, of which so many are left.
type longTag struct {
	ast.BaseBlock
	tag  *tag
	left int
}

func (n *longTag) Kind() ast.NodeKind       { return kindLongTag }
func (n *longTag) IsRaw() bool              { return true }
func (n *longTag) Dump(src []byte, lvl int) { ast.DumpHelper(n, src, lvl, nil, nil) }
