package document

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"

	"postern/content"
	"postern/content/variables"
	"postern/sshapp/page/markdown"
)

// A walker turns goldmark's tree into the stream that the builder reads.
type walker struct {
	b             *builder
	post          *content.Post
	tree          markdown.Tree
	source        []byte
	check         func()
	htmlTags      tagMatcher
	generatorTags tagMatcher
	targets       map[string]string           // by what the source has
	markerEnd     int                         // of an alert: text in front of it is not part of the quote
	inTitle       bool                        // of an alert
	lookup        variables.Lookup            // nil if there are no templates
	assigned      map[string]*variables.Value // to variables of templates; nil for what is not known
	literal       bool                        // tags are text
}

func (w *walker) children(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		w.node(c)
	}
}

// within walks the children of a node as the content of a tag.
func (w *walker) within(n ast.Node, tag string, a attrs) {
	if !w.b.begin(tag, a, true) {
		w.children(n)
		return
	}
	w.children(n)
	w.b.end(tag, true)
}

func (w *walker) node(n ast.Node) {
	w.check()
	if at := n.Pos(); at >= 0 {
		w.b.at = at
	}
	if n.Type() == ast.TypeInline {
		w.inline(n)
		return
	}
	switch n := n.(type) {
	case *ast.Paragraph, *ast.TextBlock:
		w.within(n, "p", attrs{})
	case *ast.Heading:
		w.heading(n)
	case *ast.Blockquote:
		w.quote(n)
	case *ast.List:
		w.within(n, "ul", attrs{tight: n.IsTight, ordered: n.IsOrdered(), start: n.Start})
	case *ast.ListItem:
		w.within(n, "li", attrs{})
	case *ast.CodeBlock:
		w.listing(n, attrs{})
	case *ast.FencedCodeBlock:
		w.listing(n, readFence(n, w.source))
	case *markdown.RawBlock:
		switch {
		case n.Name == "capture":
			w.capture(n.Language, string(n.Lines().Value(w.source)))
		case n.IsShown():
			w.listing(n, attrs{language: n.Language})
		}
	case *markdown.MathBlock:
		w.listing(n, attrs{})
	case *ast.HTMLBlock:
		w.htmlBlock(n)
	case *ast.ThematicBreak:
		w.b.rule()
	case *extast.Table:
		w.within(n, "table", attrs{})
	case *extast.TableHeader:
		w.within(n, "tr", attrs{header: true})
	case *extast.TableRow:
		w.within(n, "tr", attrs{})
	case *extast.TableCell:
		_, isHeader := n.Parent().(*extast.TableHeader)
		align := map[extast.Alignment]Alignment{extast.AlignRight: AlignRight, extast.AlignCenter: AlignCenter}[n.Alignment]
		w.within(n, "td", attrs{header: isHeader, align: align})
	case *extast.DefinitionList:
		w.within(n, "dl", attrs{})
	case *extast.DefinitionTerm:
		w.within(n, "dt", attrs{})
	case *extast.DefinitionDescription:
		w.within(n, "dd", attrs{tight: n.IsTight})
	case *extast.FootnoteList:
		w.within(n, "NOTES", attrs{})
	case *extast.Footnote:
		w.note(n)
	case *markdown.Container:
		w.container(n)
	case *markdown.MultilineTag:
		w.tag(n.Tag)
	case *markdown.ComponentBlock:
		w.componentBlock(n)
	case *markdown.Script:
	default: // a link reference definition holds no text; what a later goldmark adds may
		w.children(n)
	}
}

func (w *walker) heading(n *ast.Heading) {
	a := attrs{level: n.Level}
	if id, ok := n.AttributeString("id"); ok {
		if b, ok := id.([]byte); ok {
			a.anchor = string(b)
		}
	}
	for c := n.LastChild(); c != nil && a.anchor == ""; c = c.PreviousSibling() {
		t, ok := c.(*markdown.Tag)
		if !ok || t.Name != "" {
			break
		}
		if m := idAttribute.FindStringSubmatch(t.Raw); m != nil {
			a.anchor = m[1]
		}
	}
	w.within(n, "h1", a)
}

var idAttribute = regexp.MustCompile(`#([\w.:-]+)`)

// listing walks what is shown as it is written.
func (w *walker) listing(n ast.Node, a attrs) {
	if w.b.begin("pre", a, true) {
		defer w.b.end("pre", true)
	}
	lines := n.Lines()
	if lines.Len() == 0 {
		return
	}
	text := w.expanded(string(lines.Value(w.source)))
	if n, ok := n.(*markdown.RawBlock); ok && n.Indented {
		text = dedent(text)
	}
	shown := strings.TrimLeft(text, "\n")
	w.b.at = lines.At(0).Start + len(text) - len(shown) // below the fence
	w.b.text(strings.TrimRight(shown, "\n"))
	if _, isMath := n.(*markdown.MathBlock); isMath || a.language == "math" {
		w.b.isFormula()
	}
}

// dedent takes off a text's lines the blanks that all of them begin with.
func dedent(text string) string {
	lines := strings.SplitAfter(text, "\n")
	indent := -1
	for _, line := range lines {
		rest := strings.TrimLeft(line, " \t")
		if n := len(line) - len(rest); strings.TrimSpace(rest) != "" && (indent < 0 || n < indent) {
			indent = n
		}
	}
	for i, line := range lines {
		blanks := len(line) - len(strings.TrimLeft(line, " \t"))
		lines[i] = line[min(max(indent, 0), blanks):]
	}
	return strings.Join(lines, "")
}
