package markdown

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// A countingTransformer counts how many lines a transformer is given, and how many at most at a time.
type countingTransformer struct {
	parser.ParagraphTransformer
	all, most *int
}

func (c countingTransformer) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	n := node.Lines().Len()
	*c.all += n
	*c.most = max(*c.most, n)
	c.ParagraphTransformer.Transform(node, reader, pc)
}

// TestDefinitionsInARow counts the work of long paragraphs: goldmark's grows with the square of the lines that it is given.
func TestDefinitionsInARow(t *testing.T) {
	const lines = 10_000
	for _, line := range []string{"[%d]: /x\n", "> [%d]: /x\n", "[%d]: /x\n\"title\"\n", "[%d]:\n/x\n'title'\n", "[%d]: /x \"\n", "[a]: /x\n\"\n", "[a]:\n", "text\n"} {
		var source strings.Builder
		for i := range lines {
			if strings.Contains(line, "%d") {
				fmt.Fprintf(&source, line, i)
			} else {
				source.WriteString(line)
			}
		}
		n := strings.Count(source.String(), "\n")
		all, most := 0, 0
		definitions(source.String(), definitionLimit{countingTransformer{parser.LinkReferenceParagraphTransformer, &all, &most}})
		if all > 2*n || most > maxDefinitionLines && line != "text\n" {
			t.Errorf("%d lines such as %q: goldmark is given %d lines, %d at most at a time", n, line, all, most)
		}
	}
}

// TestDefinitionsByParts holds paragraphs that are read in parts to what they are as a whole.
func TestDefinitionsByParts(t *testing.T) {
	pieces := []string{"[%d]: /x\n", "[%d]: /x\n", "[%d]: /x \"title\"\n", "[%d]: /x\n 'title'\n", "[%d]:\n/x\n(title)\n", "[%d]: /x (title\nof two lines)\n", "[%d\n%[1]d]: <x y>\n", "  [%d]: /x\n"}
	rng := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		var source strings.Builder
		for i := range rng.IntN(600) {
			fmt.Fprintf(&source, pieces[rng.IntN(len(pieces))], i)
		}
		for i := range rng.IntN(3) {
			fmt.Fprintf(&source, "some text %d\n[%[1]d]: text\n", i)
		}
		got, want := definitions(source.String(), definitionLimit{parser.LinkReferenceParagraphTransformer}), definitions(source.String(), parser.LinkReferenceParagraphTransformer)
		if !slices.Equal(got, want) {
			t.Fatalf("%q has other definitions, or other text, than goldmark finds", source.String())
		}
	}
}

// definitions returns the definitions of a source, and the text that is none.
func definitions(source string, transformer parser.ParagraphTransformer) []string {
	p := parser.NewParser(parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 1), util.Prioritized(parser.NewBlockquoteParser(), 1)),
		parser.WithParagraphTransformers(util.Prioritized(transformer, 1)))
	var all []string
	ast.Walk(p.Parse(text.NewReader([]byte(source))), func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.LinkReferenceDefinition:
			if entering {
				all = append(all, fmt.Sprintf("%q %q %q", n.Label, n.Destination, n.Title))
			}
		case *ast.Paragraph:
			if entering {
				all = append(all, string(n.Lines().Value([]byte(source))))
			}
		}
		return ast.WalkContinue, nil
	})
	return all
}
