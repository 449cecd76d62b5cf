package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// A linkifyParser reads addresses that stand in the text. goldmark asks its parser for each word of a post, of which few are
// addresses, so most are told apart here.
type linkifyParser struct{ parser.InlineParser }

func newLinkifyParser() linkifyParser { return linkifyParser{extension.NewLinkifyParser()} }

func (p linkifyParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, _ := block.PeekLine()
	word := line
	switch line[0] {
	case ' ', '*', '_', '~', '(':
		word = line[1:]
	}
	if !mayBeAddress(word) {
		return nil
	}
	return p.InlineParser.Parse(parent, block, pc)
}

// maxMailbox is how long a mailbox may be in front of its "@" (RFC 5321, section 4.5.3.1.1).
const maxMailbox = 64

// mayBeAddress reports whether the text that a line goes on with may begin with an address of the Web or of mail.
func mayBeAddress(text []byte) bool {
	if len(text) > 4 {
		switch string(text[:4]) {
		case "http", "ftp:", "www.":
			return true
		}
	}
	return bytes.IndexByte(text[:min(len(text), maxMailbox+1)], '@') > 0
}
