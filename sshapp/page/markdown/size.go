package markdown

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// The sizes of pictures, which mean nothing in a terminal: ![text|400x300](x.png) and ![[x.png|400]], as in Obsidian, and
// ![text](x.png =400x300), as in markdown-it-imsize and on Zenn.

var (
	sizeBehindText   = regexp.MustCompile(`(?:^|\\?\|) *\d{1,5}(?: *x *\d{1,5})? *$`)
	sizeBehindTarget = regexp.MustCompile(`\]\([^()\s]+( +=(?:\d{1,5}%?x(?:\d{1,5}%?)?|x\d{1,5}%?))[ )]`)
)

// lenWithoutSize returns how many bytes of the text of a picture that is written as a link between notes are no size.
func lenWithoutSize(label []byte) int {
	if at := sizeBehindText.FindIndex(label); at != nil {
		return at[0]
	}
	return len(label)
}

// blankSizes replaces the sizes behind the targets of pictures on a line by blanks.
func blankSizes(line []byte) {
	if !bytes.Contains(line, []byte(" =")) {
		return
	}
	for _, m := range sizeBehindTarget.FindAllSubmatchIndex(line, -1) {
		if bytes.Count(line[:m[0]], []byte("`"))%2 == 0 {
			copy(line[m[2]:m[3]], bytes.Repeat([]byte(" "), m[3]-m[2]))
		}
	}
}

// A pictureParser takes the size off the text of a picture that another parser has read.
type pictureParser struct{ parser.InlineParser }

func (p pictureParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	n := p.InlineParser.Parse(parent, block, pc)
	picture, ok := n.(*ast.Image)
	if !ok {
		return n
	}
	last, ok := picture.LastChild().(*ast.Text)
	if !ok {
		return n
	}
	label := last.Segment.Value(block.Source())
	at := sizeBehindText.FindIndex(label)
	switch {
	case at == nil || at[0] == 0 && label[0] != '|' && label[0] != '\\':
	case at[0] == 0:
		picture.RemoveChild(picture, last)
	default:
		last.Segment.Stop = last.Segment.Start + at[0]
	}
	return n
}
