package lint

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"

	"postern/sshapp/cell"
	"postern/sshapp/page/markdown"

	"github.com/yuin/goldmark/ast"
)

// What was begun in Markdown and not finished is text to Markdown, so nothing but a look at the text finds it: a reference
// that nothing defines, a footnote that nobody wrote, a block of code without an end. Brackets mean other things too, so only
// what can hardly be anything else is named.

// unfinished looks for all that.
func (i *inspector) unfinished() {
	ast.Walk(i.markdown.Root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		switch n := n.(type) {
		case *ast.FencedCodeBlock:
			if entering {
				i.unclosedFence(n)
			}
			return ast.WalkSkipChildren, nil
		case *ast.CodeSpan, *markdown.Math, *ast.Image:
			return ast.WalkSkipChildren, nil
		case *ast.Link:
			if entering && len(n.Destination) == 0 {
				i.warn(n.Pos(), noTarget, writeTarget)
			}
			return ast.WalkSkipChildren, nil
		case *ast.AutoLink:
			if label := string(n.Label(i.markdown.Source)); entering && bareScheme.MatchString(label) {
				i.warn(n.Pos(), noTarget, writeTarget)
			}
		case *ast.Text:
			if previous, ok := n.PreviousSibling().(*ast.Text); entering && !(ok && previous.Segment.Stop == n.Segment.Start) {
				i.undefinedReferences(n)
			}
		}
		return ast.WalkContinue, nil
	})
}

// What is wrong with a link such as [text]().
const noTarget, writeTarget = "the link leads nowhere: it has no target", "write one, or take the link out"

var (
	bareScheme = regexp.MustCompile(`^[a-z]+:/*$`)
	openNote   = regexp.MustCompile(`\[\^[0-9]+\]`)
	openRef    = regexp.MustCompile(`(?:^|[\s("'])(!?\[[^\[\]\\{}$]*\pL{3}[^\[\]\\{}$]*\]\[[^\[\]\\{}$^]+\])`)
)

// undefinedReferences warns of the references in a run of text that nothing defines. n is the first piece of the run.
func (i *inspector) undefinedReferences(n *ast.Text) {
	at, end := n.Segment.Start, n.Segment.Stop
	for next, ok := n.NextSibling().(*ast.Text); ok && next.Segment.Start == end; next, ok = next.NextSibling().(*ast.Text) {
		end = next.Segment.Stop
	}
	text := string(i.markdown.Source[at:end])
	if !strings.Contains(text, "][") && !strings.Contains(text, "[^") {
		return
	}
	for _, m := range openNote.FindAllStringIndex(text, maxGuesses) {
		if m[0] == 0 || text[m[0]-1] != '\\' {
			note := text[m[0]:m[1]]
			i.warn(at+m[0], "there is no footnote "+note, "write it on a line of its own, as "+note+": text")
		}
	}
	for _, m := range openRef.FindAllStringSubmatchIndex(text, maxGuesses) {
		_, name, _ := strings.Cut(strings.TrimSuffix(text[m[2]:m[3]], "]"), "][")
		name = cell.Shorten(name, 40)
		hint := "write [" + name + "]: address on a line of its own"
		if len(i.problems) < maxGuesses && bytes.Contains(i.markdown.Source, []byte("\n["+name+"]:")) {
			hint = "put an empty line above [" + name + "]: it is part of a paragraph"
		}
		i.warn(at+m[2], "nothing says where "+strconv.Quote(name)+" leads", hint)
	}
}

// unclosedFence warns of a block of code that goes on to the end of the post, since its fence is not closed.
func (i *inspector) unclosedFence(n *ast.FencedCodeBlock) {
	source := i.markdown.Source
	if n.Lines().Len() == 0 {
		return
	}
	end := n.Lines().At(n.Lines().Len() - 1).Stop
	if strings.TrimSpace(string(source[end:])) == "" {
		first := n.Lines().At(0).Start
		above := strings.TrimRight(string(source[:first]), " \t>\n")
		i.warn(strings.LastIndexByte(above, '\n')+1, "the block of code that begins here has no end", "close it with the fence that opens it")
	}
}
