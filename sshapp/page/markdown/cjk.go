package markdown

import (
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"postern/content/outline"
)

// Chinese, Japanese and Korean have no blanks between words or between a word and its particle. CommonMark's rules for
// emphasis expect them there, and leave "**重要。**これは" as it is written. What follows are the CJK-friendly amendments to
// CommonMark (https://github.com/tats-u/markdown-cjk-friendly/blob/main/specification.md).

// A cjkFriendly parser finds out anew whether the delimiters that another one reads can open and close, if CJK text is beside
// them.
type cjkFriendly struct{ parser.InlineParser }

func (p cjkFriendly) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	n := p.InlineParser.Parse(parent, block, pc)
	d, ok := n.(*parser.Delimiter)
	if !ok {
		return n
	}
	after := runeAfter(line[d.OriginalLength:])
	if isVariationSelector(before) {
		before = baseOf(block.Source()[:segment.Start])
	}
	if outline.IsCJK(before) || outline.IsCJK(after) {
		d.CanOpen, d.CanClose = flanks(d.Char, before, after)
	}
	return n
}

// runeAfter returns the character that the rest of a line begins with, a line end at the end of a file.
func runeAfter(rest []byte) rune {
	if len(rest) == 0 {
		return '\n'
	}
	r, _ := utf8.DecodeRune(rest)
	return r
}

// flanks reports whether a delimiter run between two characters can open and close emphasis.
func flanks(delimiter byte, before, after rune) (open, close bool) {
	punctuation := func(r rune) bool { return util.IsPunctRune(r) && !outline.IsCJK(r) }
	apart := func(r rune) bool { return util.IsSpaceRune(r) || util.IsPunctRune(r) || outline.IsCJK(r) }
	left := !util.IsSpaceRune(after) && (!punctuation(after) || apart(before))
	right := !util.IsSpaceRune(before) && (!punctuation(before) || apart(after))
	if delimiter == '_' {
		return left && (!right || util.IsPunctRune(before)), right && (!left || util.IsPunctRune(after))
	}
	return left, right
}

// isVariationSelector reports whether a character chooses the shape of the one before it (Unicode, section 23.4). One that makes an
// emoji is not meant.
func isVariationSelector(r rune) bool {
	return r != 0xfe0f && unicode.Is(unicode.Variation_Selector, r)
}

// baseOf returns the character before the last one of a text, which chooses its shape.
func baseOf(b []byte) rune {
	_, n := utf8.DecodeLastRune(b)
	r, _ := utf8.DecodeLastRune(b[:len(b)-n])
	return r
}
