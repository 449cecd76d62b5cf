package page

import (
	"bytes"
	"strings"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Markdown is parsed by goldmark, with GitHub's extensions, footnotes, definition lists, attributes, and what the
// generators of blogs add. Parts of goldmark take time that grows with the square of what they read: 100 KB of ">" in a
// row take 7.6 s, of "[a](" 6.4 s, of "a_ *" 3 s, and a table of 2,000 columns with empty rows 4.4 s. So its parsers are
// wrapped in bounds, beyond which a character is only a character.
const (
	// maxDepth is how deep blocks nest, a list counting twice: itself and its item. Real posts nest lists 7 deep.
	maxDepth = 40

	// maxNotes bounds the footnotes of a post: each reference is held against each of them.
	maxNotes = 1000

	// The work of inline parsing is counted in bytes: each character that may open something costs the length of its
	// block. A post may take so much, 0.25 s at worst, and so much more for each byte it has.
	inlineWork, inlineWorkPerByte = 100e6, 100

	// freeCells is how many cells a table may have beyond those that its text can fill: goldmark fills up short rows.
	freeCells = 10_000
)

var (
	workLeft = parser.NewContextKey() // *int
	notes    = parser.NewContextKey() // *int: footnotes so far
	mdx      = parser.NewContextKey() // bool: whether the file is MDX
	unread   = parser.NewContextKey() // []int: offsets of footnotes that nothing refers to
)

var markdown = sync.OnceValue(func() parser.Parser {
	blocks := []util.PrioritizedValue{
		util.Prioritized(parser.NewSetextHeadingParser(parser.WithHeadingAttribute()), 100),
		util.Prioritized(extension.NewDefinitionListParser(), 101),
		util.Prioritized(extension.NewDefinitionDescriptionParser(), 102),
		util.Prioritized(mathBlockParser{}, 150),
		util.Prioritized(containerParser{}, 160),
		util.Prioritized(tagBlockParser{}, 170),
		util.Prioritized(scriptParser{}, 180),
		util.Prioritized(parser.NewThematicBreakParser(), 200),
		util.Prioritized(parser.NewListParser(), 300),
		util.Prioritized(parser.NewListItemParser(), 400),
		util.Prioritized(parser.NewCodeBlockParser(), 500),
		util.Prioritized(parser.NewATXHeadingParser(parser.WithHeadingAttribute()), 600),
		util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
		util.Prioritized(parser.NewBlockquoteParser(), 800),
		util.Prioritized(parser.NewHTMLBlockParser(), 900),
		util.Prioritized(noteParser{extension.NewFootnoteBlockParser()}, 999),
		util.Prioritized(parser.NewParagraphParser(), 1000),
	}
	for i := range blocks {
		blocks[i].Value = shallow{blocks[i].Value.(parser.BlockParser)}
	}
	inlines := []util.PrioritizedValue{
		util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
		util.Prioritized(rationed{tagParser{}}, 50),
		util.Prioritized(rationed{mathParser{}}, 60),
		util.Prioritized(parser.NewCodeSpanParser(), 100),
		util.Prioritized(rationed{extension.NewFootnoteParser()}, 101),
		util.Prioritized(rationed{wikilinkParser{}}, 150),
		util.Prioritized(rationedLink{rationed{parser.NewLinkParser()}}, 200),
		util.Prioritized(parser.NewAutoLinkParser(), 300),
		util.Prioritized(rationed{jsxParser{}}, 350),
		util.Prioritized(rationed{parser.NewRawHTMLParser()}, 400),
		util.Prioritized(emojiParser{}, 450),
		util.Prioritized(rationed{parser.NewEmphasisParser()}, 500),
		util.Prioritized(rationed{extension.NewStrikethroughParser()}, 500),
		util.Prioritized(extension.NewLinkifyParser(), 999),
	}
	return parser.NewParser(
		parser.WithBlockParsers(blocks...),
		parser.WithInlineParsers(inlines...),
		parser.WithParagraphTransformers(
			util.Prioritized(parser.LinkReferenceParagraphTransformer, 100),
			util.Prioritized(boundedTable{extension.NewTableParagraphTransformer()}, 200),
		),
		parser.WithASTTransformers(
			util.Prioritized(extension.NewTableASTTransformer(), 0), // takes the escape off a bar in a cell's code
			util.Prioritized(unreadNotes{}, 998),                    // the next one drops them
			util.Prioritized(extension.NewFootnoteASTTransformer(), 999),
		),
	)
})

// A parsed is the tree of a source.
type parsed struct {
	root   ast.Node
	source []byte
	unread []int // where in the source footnotes are that nothing refers to, and that the tree hasn't
}

func parse(path, body string) parsed {
	source := untemplate([]byte(body))
	pc := parser.NewContext()
	pc.Set(mdx, strings.HasSuffix(path, ".mdx"))
	work := int(inlineWork) + inlineWorkPerByte*len(source)
	pc.Set(workLeft, &work)
	pc.Set(notes, new(int))
	p := parsed{root: markdown().Parse(text.NewReader(source), parser.WithContext(pc)), source: source}
	p.unread, _ = pc.Get(unread).([]int)
	return p
}

// unreadNotes takes down the footnotes that nothing refers to.
type unreadNotes struct{}

func (unreadNotes) Transform(root *ast.Document, _ text.Reader, pc parser.Context) {
	if *pc.Get(notes).(*int) == 0 {
		return
	}
	var at []int
	ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n, ok := n.(*extast.Footnote); ok && entering && n.Index < 0 {
			at = append(at, n.Pos())
		}
		return ast.WalkContinue, nil
	})
	pc.Set(unread, at)
}

// shallow keeps a block from being opened too deep.
type shallow struct{ parser.BlockParser }

func (p shallow) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	depth := 0
	for n := parent; n != nil; n = n.Parent() {
		depth++
	}
	if depth <= maxDepth {
		return p.BlockParser.Open(parent, reader, pc)
	}
	if p.Trigger() != nil { // a paragraph can be opened anywhere: nothing is lost
		return nil, parser.NoChildren
	}
	return p.BlockParser.Open(parent, reader, pc)
}

// noteParser bounds the number of footnotes.
type noteParser struct{ parser.BlockParser }

func (p noteParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	n := pc.Get(notes).(*int)
	if *n >= maxNotes {
		return nil, parser.NoChildren
	}
	node, state := p.BlockParser.Open(parent, reader, pc)
	if node != nil {
		*n++
	}
	return node, state
}

// rationed takes the length of the block from the work that is left, each time its parser is asked.
type rationed struct{ parser.InlineParser }

func (p rationed) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	left := pc.Get(workLeft).(*int)
	length := 0
	for n := parent; n != nil; n = n.Parent() {
		if n.Type() == ast.TypeBlock {
			if lines := n.Lines(); lines.Len() > 0 {
				length = lines.At(lines.Len()-1).Stop - lines.At(0).Start
			}
			break
		}
	}
	if *left < length {
		return nil
	}
	*left -= length
	return p.InlineParser.Parse(parent, block, pc)
}

// rationedLink passes on that a block ends, without which the link parser would keep the brackets it has seen.
type rationedLink struct{ rationed }

func (p rationedLink) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	p.InlineParser.(parser.CloseBlocker).CloseBlock(parent, block, pc)
}

// boundedTable leaves a table whose rows are mostly missing to be a paragraph.
type boundedTable struct{ parser.ParagraphTransformer }

func (t boundedTable) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines := node.Lines()
	size, columns := 0, 0
	for i := range lines.Len() {
		at := lines.At(i)
		size += at.Len()
		if line := at.Value(reader.Source()); len(bytes.Trim(line, "|:- \t\r\n")) == 0 {
			columns = max(columns, 1+bytes.Count(line, []byte("|")))
		}
	}
	if columns*lines.Len() <= size+freeCells {
		t.ParagraphTransformer.Transform(node, reader, pc)
	}
}
