package markdown

import (
	"bytes"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Parts of a source that are HTML to Markdown hold text, which generators read as Markdown too.

// newLineParser makes a parser that reads everything as one paragraph.
var newLineParser = sync.OnceValue(func() parser.Parser {
	return parser.NewParser(
		parser.WithBlockParsers(util.Prioritized(paragraphParser{parser.NewParagraphParser()}, 1000)),
		parser.WithInlineParsers(inlineParsers()...),
	)
})

// ParsePart parses what lies between two offsets of the source: as blocks, or else as a line of text. The places in it are those
// of the source. It returns nil if there is no work left for that.
func (t Tree) ParsePart(from, to int, blocks bool) ast.Node {
	firstLine := max(bytes.IndexByte(t.Source[:to], '\n'), 0) // that a new reader looks for
	if !spend(t.context, firstLine+to-from+to>>6) {           // some of the rest is looked through for attributes
		return nil
	}
	reader := text.NewReader(t.Source[:to])
	reader.SetPosition(0, text.NewSegment(from, from))
	reader.AdvanceLine()
	if blocks {
		return newParser().Parse(reader, parser.WithContext(t.context))
	}
	return newLineParser().Parse(reader, parser.WithContext(t.context))
}

// EachTag calls f for each tag of a generator's or a template's in a text, and with where it begins and ends.
func EachTag(source []byte, f func(t *Tag, begin, end int)) {
	for at := 0; ; {
		i := bytes.IndexByte(source[at:], '{')
		if i < 0 {
			return
		}
		at += i
		t, n := readTag(source[at:min(len(source), at+maxTag)])
		if t != nil && t.Name != "" {
			f(t, at, at+n)
		}
		at += max(n, 1)
	}
}
