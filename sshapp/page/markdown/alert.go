package markdown

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark/ast"
)

var alertMarker = regexp.MustCompile(`^\[!([A-Za-z]+)\][+-]?[ \t]*`)

// AlertMarker returns what the marker of an alert says, as GitHub and Obsidian write it ("> [!NOTE]"), in lower case, and the
// offset in the source behind it. It reports false for a quote that is not an alert.
func AlertMarker(n *ast.Blockquote, source []byte) (name string, end int, ok bool) {
	first, ok := n.FirstChild().(*ast.Paragraph)
	if !ok || first.Lines().Len() == 0 {
		return "", 0, false
	}
	line := first.Lines().At(0)
	m := alertMarker.FindSubmatch(line.Value(source))
	if m == nil {
		return "", 0, false
	}
	return strings.ToLower(string(m[1])), line.Start + len(m[0]), true
}
