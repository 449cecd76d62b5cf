package markdown

import (
	"bytes"
	"regexp"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark-emoji/definition"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// What blogs write within a line beyond GitHub's Markdown: formulas, links between notes, names of emoji. Each of these
// ends on the line that it begins on.

var (
	kindMath      = ast.NewNodeKind("Math")
	kindMathBlock = ast.NewNodeKind("MathBlock")
)

// A Math is a formula: its source, which no rule of emphasis has touched.
type Math struct {
	ast.BaseInline
	Source  []byte
	Display bool // it stands between two $$
}

func (n *Math) Kind() ast.NodeKind       { return kindMath }
func (n *Math) Dump(src []byte, lvl int) { ast.DumpHelper(n, src, lvl, nil, nil) }

// A mathParser reads $…$ and $$…$$. As in pandoc, no blank stands inside of single dollars, and no Latin letter or digit beside
// any but for an ending, so that "$5 and $6" is not a formula. In scripts without blanks between words a formula touches the letters.
type mathParser struct{}

func (mathParser) Trigger() []byte { return []byte{'$'} }

func (mathParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	if before == '$' || before == '\\' || isWordLike(before) {
		return nil
	}
	line, _ := block.PeekLine()
	fence := line[:1]
	if bytes.HasPrefix(line, []byte("$$")) {
		fence = line[:2]
	}
	rest := line[len(fence):]
	for at := 0; ; at++ {
		i := bytes.Index(rest[at:], fence)
		if i < 0 {
			return nil
		}
		if at += i; at > 0 && rest[at-1] == '\\' {
			continue
		}
		behind := rest[at+len(fence):]
		after, _ := utf8.DecodeRune(behind)
		inside := rest[:at]
		if len(bytes.TrimSpace(inside)) == 0 || inside[0] == '$' || after == '$' || isWordLike(after) && !formulaEnding.Match(behind) {
			return nil
		}
		if len(fence) == 1 && (blankAt(inside, 0) || blankAt(inside, at-1)) {
			return nil
		}
		block.Advance(2*len(fence) + at)
		return &Math{Source: bytes.TrimSpace(inside), Display: len(fence) == 2}
	}
}

// formulaEnding is what writers put behind a formula to make it an ordinal or a plural: the $n$th, all $x$s.
var formulaEnding = regexp.MustCompile(`^(?:th|st|nd|rd|s)\b`)

func isWordLike(r rune) bool { return unicode.Is(unicode.Latin, r) || unicode.IsDigit(r) }

func blankAt(b []byte, i int) bool { return b[i] == ' ' || b[i] == '\t' }

// A wikilinkParser reads [[page]], [[page|text]] and ![[picture]].
type wikilinkParser struct{}

func (wikilinkParser) Trigger() []byte { return []byte{'[', '!'} }

var wikilink = regexp.MustCompile(`^!?\[\[([^\[\]|\s](?:[^\[\]|\n]*[^\[\]|\s])?)(?:\|([^\[\]\n]+))?\]\]`)

func (wikilinkParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	if !bytes.HasPrefix(bytes.TrimPrefix(line, []byte("!")), []byte("[[")) {
		return nil
	}
	m := wikilink.FindSubmatchIndex(line)
	if m == nil || m[1] < len(line) && line[m[1]] == '(' {
		return nil
	}
	block.Advance(m[1])
	link := ast.NewLink()
	link.Destination = bytes.TrimSuffix(line[m[2]:m[3]], []byte("\\")) // in a table the bar is escaped
	label := [2]int{m[2], m[2] + len(link.Destination)}
	if m[4] >= 0 {
		label = [2]int{m[4], m[5]}
	}
	if line[0] == '!' {
		label[0] = max(m[4], 0) // the name of a file says nothing of what it shows
		label[1] = label[0] + lenWithoutSize(line[label[0]:max(m[5], 0)])
	}
	if label[1] > label[0] {
		link.AppendChild(link, ast.NewRawTextSegment(text.NewSegment(segment.Start+label[0], segment.Start+label[1])))
	}
	if line[0] == '!' {
		return ast.NewImage(link)
	}
	return link
}

// An emojiParser reads :names: of emoji as GitHub knows them. The name of an icon that a text begins with is left out, for the text says
// the same. Within a word, and for any other name, a colon is a colon.
type emojiParser struct{}

func (emojiParser) Trigger() []byte { return []byte{':'} }

var (
	emojiName  = regexp.MustCompile(`^:([a-z0-9_+-]{1,40}):`)
	iconName   = regexp.MustCompile(`^(:(?:material|octicons|fontawesome|simple)-[a-z0-9-]{1,80}:(?:\{[^{}\n]*\})?[ \t]+)\S`) // of MkDocs Material
	emojiTable = sync.OnceValue(func() definition.Emojis { return definition.Github() })
)

func (emojiParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, _ := block.PeekLine()
	if icon := iconName.FindSubmatch(line); icon != nil && begins(block) {
		block.Advance(len(icon[1]))
		return ast.NewString(nil)
	}
	m := emojiName.FindSubmatch(line)
	if m == nil || unicode.IsLetter(before) || unicode.IsDigit(before) || before == ':' {
		return nil
	}
	after, _ := utf8.DecodeRune(line[len(m[0]):])
	emoji, ok := emojiTable().Get(string(m[1]))
	if !ok || !emoji.IsUnicode() || unicode.IsLetter(after) || unicode.IsDigit(after) {
		return nil
	}
	block.Advance(len(m[0]))
	return ast.NewString([]byte(string(emoji.Unicode)))
}

// begins reports whether nothing of a block has been read.
func begins(block text.Reader) bool {
	line, _ := block.Position()
	return line == 0 && block.PrecendingCharacter() == '\n'
}
