// Package markdown parses Markdown, with what blogs and their generators add to it, into goldmark's tree.
package markdown

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
	// MaxDepth is how deep blocks nest, a list counting twice: itself and its item. Real posts nest lists 7 deep.
	MaxDepth = 40

	// maxFootnotes bounds the footnotes of a post: each reference is held against each of them.
	maxFootnotes = 1000

	// The work of inline parsing is counted in bytes: each character that may open something costs the length of its
	// block. A post may take so much, 0.25 s at worst, and so much more for each byte it has.
	inlineWork, inlineWorkPerByte = 100e6, 100

	// freeCells is how many cells a table may have beyond those that its text can fill: goldmark fills up short rows.
	freeCells = 10_000
)

var (
	workLeftKey      = parser.NewContextKey() // *int
	footnoteCountKey = parser.NewContextKey() // *int: footnotes so far
	isMDXKey         = parser.NewContextKey() // bool: whether the file is MDX
	unreferencedKey  = parser.NewContextKey() // []int: offsets of footnotes that nothing refers to
	lastEndsKey      = parser.NewContextKey() // map[string]int: where the last end of a raw block is, by its tag's name; -1 for none
	checkKey         = parser.NewContextKey() // func(): see Parse
)

var newParser = sync.OnceValue(func() parser.Parser {
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
		util.Prioritized(indentedCodeParser{parser.NewCodeBlockParser()}, 500),
		util.Prioritized(parser.NewATXHeadingParser(parser.WithHeadingAttribute()), 600),
		util.Prioritized(parser.NewFencedCodeBlockParser(), 700),
		util.Prioritized(parser.NewBlockquoteParser(), 800),
		util.Prioritized(componentBlockParser{}, 450),
		util.Prioritized(parser.NewHTMLBlockParser(), 900),
		util.Prioritized(footnoteLimit{extension.NewFootnoteBlockParser()}, 999),
		util.Prioritized(paragraphParser{parser.NewParagraphParser()}, 1000),
	}
	for i := range blocks {
		blocks[i].Value = depthLimit{blocks[i].Value.(parser.BlockParser)}
	}
	return parser.NewParser(
		parser.WithBlockParsers(blocks...),
		parser.WithInlineParsers(inlineParsers()...),
		parser.WithParagraphTransformers(
			util.Prioritized(definitionLimit{parser.LinkReferenceParagraphTransformer}, 100),
			util.Prioritized(tableLimit{extension.NewTableParagraphTransformer()}, 200),
		),
		parser.WithASTTransformers(
			util.Prioritized(extension.NewTableASTTransformer(), 0), // takes the escape off a bar in a cell's code
			util.Prioritized(attributeTransformer{}, 100),
			util.Prioritized(unreferencedFootnotes{}, 998), // the next one drops them
			util.Prioritized(extension.NewFootnoteASTTransformer(), 999),
		),
	)
})

func inlineParsers() []util.PrioritizedValue {
	return []util.PrioritizedValue{
		util.Prioritized(extension.NewTaskCheckBoxParser(), 0),
		util.Prioritized(workLimit{tagParser{}}, 50),
		util.Prioritized(workLimit{mathParser{}}, 60),
		util.Prioritized(workLimit{displayMathParser{}}, 61),
		util.Prioritized(texMathParser{}, 62),
		util.Prioritized(parser.NewCodeSpanParser(), 100),
		util.Prioritized(workLimit{extension.NewFootnoteParser()}, 101),
		util.Prioritized(workLimit{wikilinkParser{}}, 150),
		util.Prioritized(linkWorkLimit{workLimit{pictureParser{parser.NewLinkParser()}}}, 200),
		util.Prioritized(addressTagParser{}, 290),
		util.Prioritized(parser.NewAutoLinkParser(), 300),
		util.Prioritized(workLimit{componentParser{}}, 350),
		util.Prioritized(workLimit{parser.NewRawHTMLParser()}, 400),
		util.Prioritized(emojiParser{}, 450),
		util.Prioritized(workLimit{cjkFriendly{parser.NewEmphasisParser()}}, 500),
		util.Prioritized(workLimit{cjkFriendly{extension.NewStrikethroughParser()}}, 500),
		util.Prioritized(workLimit{markParser{}}, 500),
		util.Prioritized(newLinkifyParser(), 999),
	}
}

// A Tree is the tree of a source.
type Tree struct {
	Root         ast.Node
	Source       []byte
	Check        func() // is called all along the reading of the tree; see [Parse]
	Unreferenced []int  // where in the source footnotes are that nothing refers to, and that the tree hasn't
	context      parser.Context
}

// Parse parses a file. It calls check all along, as what reads the tree does, so that whoever waits may give up: check then
// panics. Nil is for those who don't.
func Parse(path, body string, check func()) Tree {
	if check == nil {
		check = func() {}
	}
	source := fillTemplates([]byte(body))
	pc := parser.NewContext()
	pc.Set(isMDXKey, strings.HasSuffix(path, ".mdx"))
	work := int(inlineWork) + inlineWorkPerByte*len(source)
	pc.Set(workLeftKey, &work)
	pc.Set(footnoteCountKey, new(int))
	pc.Set(checkKey, check)
	p := Tree{Root: newParser().Parse(text.NewReader(source), parser.WithContext(pc)), Source: source, Check: check, context: pc}
	p.Unreferenced, _ = pc.Get(unreferencedKey).([]int)
	return p
}

// unreferencedFootnotes takes down the footnotes that nothing refers to.
type unreferencedFootnotes struct{}

func (unreferencedFootnotes) Transform(root *ast.Document, _ text.Reader, pc parser.Context) {
	if *pc.Get(footnoteCountKey).(*int) == 0 {
		return
	}
	var at []int
	ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n, ok := n.(*extast.Footnote); ok && entering && n.Index < 0 {
			at = append(at, n.Pos())
		}
		return ast.WalkContinue, nil
	})
	pc.Set(unreferencedKey, at)
}

// depthLimit keeps a block from being opened too deep.
type depthLimit struct{ parser.BlockParser }

func (p depthLimit) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	pc.Get(checkKey).(func())()
	depth := 0
	for n := parent; n != nil; n = n.Parent() {
		depth++
	}
	if depth <= MaxDepth {
		return p.BlockParser.Open(parent, reader, pc)
	}
	if p.Trigger() != nil { // a paragraph can be opened anywhere: nothing is lost
		return nil, parser.NoChildren
	}
	return p.BlockParser.Open(parent, reader, pc)
}

// footnoteLimit bounds the number of footnotes.
type footnoteLimit struct{ parser.BlockParser }

func (p footnoteLimit) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	n := pc.Get(footnoteCountKey).(*int)
	if *n >= maxFootnotes {
		return nil, parser.NoChildren
	}
	node, state := p.BlockParser.Open(parent, reader, pc)
	if node != nil {
		*n++
	}
	return node, state
}

// workLimit takes the length of the block from the work that is left, each time its parser is asked.
type workLimit struct{ parser.InlineParser }

func (p workLimit) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	pc.Get(checkKey).(func())()
	length := 0
	for n := parent; n != nil; n = n.Parent() {
		if n.Type() == ast.TypeBlock {
			if lines := n.Lines(); lines.Len() > 0 {
				length = lines.At(lines.Len()-1).Stop - lines.At(0).Start
			}
			break
		}
	}
	if !spend(pc, length) {
		return nil
	}
	return p.InlineParser.Parse(parent, block, pc)
}

// spend takes n bytes from the work that is left. It reports false if that is not enough.
func spend(pc parser.Context, n int) bool {
	left := pc.Get(workLeftKey).(*int)
	if *left < n {
		return false
	}
	*left -= n
	return true
}

// linkWorkLimit passes on that a block ends, without which the link parser would keep the brackets it has seen.
type linkWorkLimit struct{ workLimit }

func (p linkWorkLimit) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	pc.Get(checkKey).(func())()
	p.InlineParser.(pictureParser).InlineParser.(parser.CloseBlocker).CloseBlock(parent, block, pc)
}

// tableLimit leaves a table whose rows are mostly missing to be a paragraph.
type tableLimit struct{ parser.ParagraphTransformer }

func (t tableLimit) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
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
