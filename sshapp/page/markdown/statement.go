package markdown

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// A Statement is what a tag of Liquid, or of a language like it, does: {% name … %}.
type Statement int

const (
	NoStatement      Statement = iota
	RawStatement               // up to its end, nothing is a tag
	AssignStatement            // gives a variable its value, and shows nothing
	ControlStatement           // decides what is shown
	CallStatement              // shows what isn't in the post
)

var statements = map[string]Statement{
	"raw":    RawStatement,
	"assign": AssignStatement, "set": AssignStatement, "capture": AssignStatement, "increment": AssignStatement,
	"decrement": AssignStatement, "cycle": AssignStatement,
	"if": ControlStatement, "elsif": ControlStatement, "elseif": ControlStatement, "elif": ControlStatement, "else": ControlStatement,
	"unless": ControlStatement, "case": ControlStatement, "when": ControlStatement, "for": ControlStatement, "tablerow": ControlStatement,
	"break": ControlStatement, "continue": ControlStatement,
	"include": CallStatement, "include_relative": CallStatement, "include_cached": CallStatement, "render": CallStatement,
}

// Statement returns what the tag does, or its end belongs to.
func (n *Tag) Statement() Statement {
	if !strings.HasPrefix(n.Raw, "{%") {
		return NoStatement
	}
	return statements[n.Name]
}

// Output returns the expression of a tag that writes one: {{ expression }}. It reports false for others, and for a shortcode.
func (n *Tag) Output() (expression string, ok bool) {
	inside, ok := strings.CutPrefix(strings.Trim(n.Raw, "<>"), "{{")
	if !ok || strings.HasPrefix(inside, "<") || strings.HasPrefix(inside, "%") {
		return "", false
	}
	return strings.Trim(strings.TrimSuffix(inside, "}}"), "- \t\n"), true
}

var (
	// RawTag is the beginning of what is not a template, or its end.
	RawTag    = regexp.MustCompile(`\{%-?\s*(?:end)?raw\s*-?%\}`)
	outputTag = regexp.MustCompile(`\{\{[^{}]*\}\}|` + RawTag.String())
)

// WithoutOutputs returns code without the tags in it that a template may have replaced by what they write.
func WithoutOutputs(code string) string {
	if !strings.Contains(code, "{{") && !strings.Contains(code, "{%") {
		return code
	}
	return outputTag.ReplaceAllString(code, "")
}

// NamesFile reports whether the tag shows lines of a file that it names: what else it says finds them.
func (n *Tag) NamesFile() bool {
	return n.Name == "code" || n.Name == "play" || n.Name == "include_code"
}

// IsQuoted reports whether the tag writes a text: {{ "text" | filter }}.
func (n *Tag) IsQuoted() bool {
	return strings.HasPrefix(n.Name, `"`) || strings.HasPrefix(n.Name, "'")
}

var endCapture = regexp.MustCompile(`\{%-?\s*endcapture\s*-?%\}`)

// takeCapture adds to a tag the text on its line that it captures, and returns the length of both.
func (n *Tag) takeCapture(b []byte, length int) int {
	end := endCapture.FindIndex(b[length:])
	if n.Name != "capture" || n.Closes || end == nil {
		return length
	}
	n.Captured = string(b[length : length+end[0]])
	length += end[1]
	n.Raw = string(b[:length])
	return length
}

// An addressTagParser reads tags in the brackets of an address: <{{ page.link }}>.
type addressTagParser struct{}

func (addressTagParser) Trigger() []byte { return []byte{'<'} }

var addressTag = regexp.MustCompile(`^<(\{\{-?\s*[\w.-]+\s*-?\}\})>`)

func (addressTagParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, _ := block.PeekLine()
	m := addressTag.FindSubmatch(line)
	if m == nil {
		return nil
	}
	n, _ := readTag(m[1])
	n.Raw = string(m[0])
	block.Advance(len(m[0]))
	return n
}
