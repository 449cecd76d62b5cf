package markdown

import (
	"strings"
	"testing"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// inline returns the text of a source with brackets around what stands in emphasis: [[strong]], [emphasis], (struck out).
func inline(source string) string {
	tree := Parse("post.md", source, nil)
	var b strings.Builder
	ast.Walk(tree.Root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		signs := ""
		switch n := n.(type) {
		case *ast.Text:
			if entering {
				b.Write(n.Segment.Value(tree.Source))
			}
		case *ast.Emphasis:
			signs = map[int]string{1: "[]", 2: "[[]]"}[n.Level]
		case *extast.Strikethrough:
			signs = "()"
		}
		if entering {
			b.WriteString(signs[:len(signs)/2])
		} else {
			b.WriteString(signs[len(signs)/2:])
		}
		return ast.WalkContinue, nil
	})
	return b.String()
}

func TestEmphasisBesideCJK(t *testing.T) {
	for _, tt := range []struct{ source, want string }{
		{"**重要。**これは", "[[重要。]]これは"},
		{"これは**「重要」**です", "これは[[「重要」]]です"},
		{"これは**(重要)**です", "これは[[(重要)]]です"},
		{"*強調、*と", "[強調、]と"},
		{"値は**`x`**です", "値は[[x]]です"},
		{"**[記事](a)**は", "[[記事]]は"},
		{"**안녕(hello)**하세요", "[[안녕(hello)]]하세요"},
		{"葛\U000e0100**(か)**城", "葛\U000e0100[[(か)]]城"},
		{"~~古い。~~新しい", "(古い。)新しい"},
		{"__注意__：注意", "[[注意]]：注意"},
		{"：__注意。__", "：[[注意。]]"},
		{"日本__語__です", "日本__語__です"},
		{"** 重要 **です", "** 重要 **です"},
		{"a**b«**c", "a**b«**c"}, // beside other letters CommonMark's rules hold
		{"3**4**5 日", "3[[4]]5 日"},
	} {
		if got := inline(tt.source); got != tt.want {
			t.Errorf("%q is %q, want %q", tt.source, got, tt.want)
		}
	}
}
