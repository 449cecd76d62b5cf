package markdown

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// Attribute lists say how what they stand behind is to look, or name it: {: .lead} in kramdown, {#id .class key=value} in pandoc,
// and in MDX a comment. They are read as tags without a name.

var attributePattern = regexp.MustCompile(`^\{:[^{}\n]*\}|^\{/\*.*?\*/\}|^\{-\}` +
	`|^\{ *(?:[#.][\w:.-]+|[\w-]+=(?:"[^"{}\n]*"|'[^'{}\n]*'|[^\s"'{}]+))(?:\s[^{}\n]*)?\}`)

// belongs reports whether an attribute list belongs to what it stands behind, between a character and the rest of the line.
// One of pandoc's belongs to a heading, a link, a picture, code, emphasis, or the block whose line it begins: elsewhere it is text.
func (n *Tag) belongs(parent ast.Node, before rune, rest []byte) bool {
	if strings.HasPrefix(n.Raw, "{:") || strings.HasPrefix(n.Raw, "{/") {
		return true
	}
	if _, isHeading := parent.(*ast.Heading); isHeading && len(bytes.TrimSpace(rest)) == 0 {
		return true
	}
	switch list := strings.TrimLeft(n.Raw[1:], " "); {
	case list[0] == '#' || list[0] == '.':
		return strings.ContainsRune(")]`\n*_", before)
	case list[0] == '-':
		return false
	}
	switch parent.LastChild().(type) { // {x=1} may be text
	case *ast.Link, *ast.Image, *ast.CodeSpan:
		return strings.ContainsRune(")]`", before)
	}
	return false
}

// attributeTransformer takes out of the tree what stands in it only for an attribute list.
type attributeTransformer struct{}

var (
	headingAnchor = regexp.MustCompile(`\s*\(#([\pL_][\w\pL-]*)\)$`)
	tableOfLists  = regexp.MustCompile(`^\{: *toc\b`)
)

func (attributeTransformer) Transform(root *ast.Document, reader text.Reader, _ parser.Context) {
	source := reader.Source()
	if !bytes.Contains(source, []byte("{:")) && !bytes.Contains(source, []byte("(#")) {
		return
	}
	var out []ast.Node
	ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Heading:
			takeAnchor(n, source)
		case *ast.List:
			if list := lastTag(n.LastChild()); n.ChildCount() == 1 && list != nil && tableOfLists.MatchString(list.Raw) {
				out = append(out, n)
			}
		case *extast.TableRow:
			if onlyAttributes(n) {
				out = append(out, n)
			}
		case *ast.Paragraph, *ast.TextBlock:
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
	for _, n := range out {
		n.Parent().RemoveChild(n.Parent(), n)
	}
}

// takeAnchor takes the anchor off a heading that some generators write behind it: "Title (#anchor)".
func takeAnchor(n *ast.Heading, source []byte) {
	last, ok := n.LastChild().(*ast.Text)
	if !ok {
		return
	}
	m := headingAnchor.FindSubmatchIndex(last.Segment.Value(source))
	if m == nil || m[0] == 0 && last == n.FirstChild() {
		return
	}
	if _, named := n.AttributeString("id"); !named {
		n.SetAttributeString("id", bytes.Clone(last.Segment.Value(source)[m[2]:m[3]]))
	}
	last.Segment.Stop = last.Segment.Start + m[0]
}

// lastTag returns the tag that the first block of an item of a list ends with, or nil. kramdown puts a table of contents in the
// place of a list that {:toc} stands behind.
func lastTag(item ast.Node) *Tag {
	if item == nil || item.FirstChild() == nil {
		return nil
	}
	tag, _ := item.FirstChild().LastChild().(*Tag)
	return tag
}

// onlyAttributes reports whether a row of a table is the line below it with the table's attribute list.
func onlyAttributes(row *extast.TableRow) bool {
	lists := 0
	for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
		for n := cell.FirstChild(); n != nil; n = n.NextSibling() {
			tag, ok := n.(*Tag)
			if !ok || !strings.HasPrefix(tag.Raw, "{:") {
				return false
			}
			lists++
		}
	}
	return lists > 0
}
