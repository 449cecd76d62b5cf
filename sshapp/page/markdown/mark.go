package markdown

import (
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"postern/content/outline"
)

var kindMark = ast.NewNodeKind("Mark")

// A Mark is text that is highlighted: ==text==.
type Mark struct{ ast.BaseInline }

func (n *Mark) Kind() ast.NodeKind       { return kindMark }
func (n *Mark) Dump(src []byte, lvl int) { ast.DumpHelper(n, src, lvl, nil, nil) }

// A markParser reads the delimiters of marks. One that could open as well as close does neither, for "a==b" and the sign itself in
// quotes are meant more often, unless CJK text is beside it, which has no blanks, or other syntax within it.
type markParser struct{}

func (markParser) Trigger() []byte { return []byte{'='} }

func (markParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	d := parser.ScanDelimiter(line, before, 2, markDelimiters{})
	if d == nil || d.OriginalLength != 2 || before == '=' {
		return nil
	}
	after := runeAfter(line[2:])
	open, close := flanks('=', before, after)
	d.CanOpen = open && (!close || outline.IsCJK(before) || strings.ContainsRune("*_~`[", after))
	d.CanClose = close && (!open || outline.IsCJK(after) || strings.ContainsRune("*_~`)", before))
	if !d.CanOpen && !d.CanClose {
		return nil
	}
	d.Segment = segment.WithStop(segment.Start + 2)
	block.Advance(2)
	pc.PushDelimiter(d)
	return d
}

type markDelimiters struct{}

func (markDelimiters) IsDelimiter(b byte) bool { return b == '=' }

func (markDelimiters) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}

func (markDelimiters) OnMatch(int) ast.Node { return &Mark{} }
