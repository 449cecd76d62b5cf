package markdown

import (
	"strings"
	"testing"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// TestLinkify holds the parser to find the addresses that goldmark's own finds.
func TestLinkify(t *testing.T) {
	pieces := []string{"http://a.example", "https://b.example/x_y", "ftp://c.example", "www.d.example", "me@e.example", "a-rather-long-mailbox-of-sixty-four-characters-or-so-it-is@f.example",
		"@g.example", "http:", "www.", "word", "*", "_", "~", "(", ")", " ", "  ", "\t", "\n", ".", "é"}
	own := parser.NewParser(parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 1)), parser.WithInlineParsers(util.Prioritized(newLinkifyParser(), 999)))
	goldmark := parser.NewParser(parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 1)), parser.WithInlineParsers(util.Prioritized(extension.NewLinkifyParser(), 999)))
	found := 0
	for _, a := range pieces {
		for _, b := range pieces {
			for _, c := range pieces {
				source := a + b + c
				got, want := links(own, source), links(goldmark, source)
				if got != want {
					t.Errorf("%q has the addresses %q, want %q", source, got, want)
				}
				found += len(want)
			}
		}
	}
	if found == 0 {
		t.Error("no address was found at all")
	}
}

func links(p parser.Parser, source string) string {
	var all []string
	ast.Walk(p.Parse(text.NewReader([]byte(source))), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n, ok := n.(*ast.AutoLink); ok && entering {
			all = append(all, string(n.Label([]byte(source))))
		}
		return ast.WalkContinue, nil
	})
	return strings.Join(all, " ")
}
