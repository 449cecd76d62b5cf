package document

import (
	"github.com/yuin/goldmark/ast"

	"postern/content"
	"postern/content/variables"
	"postern/sshapp/page/markdown"
	"postern/sshapp/phrase"
)

// Read parses a post and makes its tree. It calls check all along; see [markdown.Parse].
func Read(post *content.Post, check func()) *Document {
	return New(markdown.Parse(post.Path, post.Body, check), post)
}

// New makes the tree of a post that was parsed, without the first heading if it says what the title says.
func New(p markdown.Tree, post *content.Post) *Document {
	w := &walker{b: newBuilder(phrase.For(post.Language)), post: post, lookup: post.Variables(), assigned: map[string]*variables.Value{}, tree: p, source: p.Source, check: p.Check, htmlTags: newTagMatcher(), generatorTags: newTagMatcher(), targets: map[string]string{}}
	w.countEndTags(p.Root)
	w.children(p.Root)
	w.b.popTo(1)
	w.b.flush()
	t := &w.b.Document
	t.Check = p.Check
	if first := t.Root.Children; len(first) > 0 && first[0].Kind == Heading && first[0].Level == 1 && Letters(first[0].Plain()) == Letters(post.Title) {
		t.Root.Children = first[1:]
	}
	t.nameHeadings()
	return t
}

// countEndTags counts all end tags of a post.
func (w *walker) countEndTags(root ast.Node) {
	ast.Walk(root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.RawHTML:
			w.htmlTags.countEnds(n.Segments.Value(w.source))
		case *ast.HTMLBlock:
			source, _ := markdown.HTMLLines(n, w.source)
			w.htmlTags.countEnds(source)
			markdown.EachTag(source, func(t *markdown.Tag, _, _ int) {
				if t.Closes {
					w.generatorTags.ends[t.Name]++
				}
			})
		case *markdown.Tag:
			if n.Closes {
				w.generatorTags.ends[n.Name]++
			}
		}
		return ast.WalkContinue, nil
	})
}

// WorkBytes is about how much memory it takes to read or to typeset a post, in bytes: ten times its text is in use at the end,
// and as much again waits to be collected.
func WorkBytes(post *content.Post) int64 { return 20 * int64(len(post.Body)) }

// Targets returns where a post's links and pictures lead within the blog, and its pictures elsewhere, in order, as
// [Link.Target] has it. It calls check all along; see [markdown.Parse].
func Targets(post *content.Post, check func()) []string {
	var targets []string
	for _, l := range Read(post, check).Links {
		if l.Kind == LinkPost || l.Kind == LinkImage {
			targets = append(targets, l.Target)
		}
	}
	return targets
}
