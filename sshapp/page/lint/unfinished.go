package lint

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"postern/content/problem"
	"postern/sshapp/cell"
	"postern/sshapp/page/markdown"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
)

// What was begun in Markdown and not finished, or misspelled, is text to Markdown, so nothing but a look at the text finds it: a
// reference that nothing defines, a footnote that nobody wrote, a block of code without an end. Brackets and asterisks mean
// other things too, so only what can hardly be anything else is named.

// unfinished looks for all that.
func (i *inspector) unfinished() {
	ast.Walk(i.markdown.Root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.FencedCodeBlock:
			i.unclosedFence(n)
			return ast.WalkSkipChildren, nil
		case *ast.CodeSpan, *markdown.Math, *ast.Image:
			return ast.WalkSkipChildren, nil
		case *ast.Link:
			if len(n.Destination) == 0 {
				i.warn(n.Pos(), noTarget, writeTarget)
			}
			return ast.WalkSkipChildren, nil
		case *ast.AutoLink:
			if label := string(n.Label(i.markdown.Source)); bareScheme.MatchString(label) {
				i.warn(n.Pos(), noTarget, writeTarget)
			}
		default:
			if hasLiteral(n, i.markdown.Source) {
				i.literal(n)
			}
		}
		return ast.WalkContinue, nil
	})
	i.conflict()
}

// What is wrong with a link such as [text]().
const noTarget, writeTarget = "the link leads nowhere: it has no target", "write one, or take the link out"

var bareScheme = regexp.MustCompile(`^[a-z]+:/*$`)

// hasLiteral reports whether a block of text has marks of Markdown that are text.
func hasLiteral(block ast.Node, source []byte) bool {
	if block.Type() != ast.TypeBlock || block.IsRaw() {
		return false
	}
	var within func(n ast.Node) bool
	within = func(n ast.Node) bool {
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			switch c := c.(type) {
			case *ast.Text:
				if text := c.Segment.Value(source); bytes.IndexByte(text, '[') >= 0 || bytes.IndexByte(text, '#') == 0 || bytes.IndexByte(text, '*') >= 0 {
					return true
				}
			case *ast.Emphasis, *ast.Link, *extast.Strikethrough:
				if within(c) {
					return true
				}
			}
		}
		return false
	}
	first := block.FirstChild()
	return first != nil && first.Type() == ast.TypeInline && within(block)
}

// hidden stands in the text of a block for each byte of what is no text, such as code and links.
const hidden = '\x7f'

var (
	openNote     = regexp.MustCompile(`\[\^[0-9]+\]`)
	openRef      = regexp.MustCompile(`(?:^|[^\w\]\\$!])(!?\[[^\[\]\\{}$]*(?:\pL{3}|\x7f)[^\[\]\\{}$]*\]\[[^\[\]\\{}$^]*\])`)
	spacedLink   = regexp.MustCompile(`(?:^|[^\w\]\\])(\[[^\[\]\\]*(?:\pL|\x7f)[^\[\]\\]*\][ \t]+\((?:https?://|mailto:|\.{0,2}/|#)[^\s()]*\))`)
	swappedLink  = regexp.MustCompile(`(?:^|[^\w\\])(\([^()\\]*(?:\pL|\x7f)[^()\\]*\)\[(?:https?://|mailto:|\.{0,2}/)[^\s\[\]]*\])`)
	openStrong   = regexp.MustCompile(`(?:^|[^\w*\\/])(\*\*)[^\s*/]`)
	starNote     = regexp.MustCompile(`[\pL\d)]\*\*(?:[^\w*]|$)`)
	gluedHeading = regexp.MustCompile(`(?m)^(##+)\pL[^#{};\n]*$`)
	gluedTitle   = regexp.MustCompile(`^(#)[\p{Lu}\p{Lo}][^#{};\n]* [^#{};\n]*[^#{}\n.:;,!?。！？：、，]\n?$`)
)

// literal warns of the marks of Markdown in the text of a block.
func (i *inspector) literal(block ast.Node) {
	text, at := i.literalText(block)
	for _, m := range openNote.FindAllStringIndex(text, maxGuesses) {
		if m[0] == 0 || text[m[0]-1] != '\\' {
			note := text[m[0]:m[1]]
			i.warn(at+m[0], "there is no footnote "+note, "write it on a line of its own, as "+note+": text")
		}
	}
	for _, m := range openRef.FindAllStringSubmatchIndex(text, maxGuesses) {
		i.undefinedReference(at+m[2], string(i.markdown.Source[at+m[2]:at+m[3]]))
	}
	for _, m := range spacedLink.FindAllStringSubmatchIndex(text, maxGuesses) {
		i.warn(at+m[2], "this is not a link: there is a space between ] and (", "remove the space")
	}
	for _, m := range swappedLink.FindAllStringSubmatchIndex(text, maxGuesses) {
		i.warn(at+m[2], "this is not a link: the brackets are the wrong way round", "write [text](address)")
	}
	i.openStrong(text, at)
	if block.Kind() != ast.KindParagraph {
		return
	}
	for _, m := range append(gluedHeading.FindAllStringSubmatchIndex(text, maxGuesses), gluedTitle.FindAllStringSubmatchIndex(text, 1)...) {
		i.warn(at+m[2], "this is not a heading: there is no space after "+text[m[2]:m[3]], "add one, or write \\# if it is not meant to be a heading")
	}
}

// openStrong warns of the first ** of a block that should begin strong text, and does not. One at the beginning may also be a note
// to a word that ends in the same.
func (i *inspector) openStrong(text string, at int) {
	m := openStrong.FindStringSubmatchIndex(text)
	if m == nil {
		i.starNote = i.starNote || starNote.MatchString(text)
		return
	}
	switch closes := strings.Contains(text[m[3]:], "**"); {
	case closes:
		i.warnGroup(at+m[2], "** that are text", "the text between these ** is not strong, and they are shown as they are written",
			"write no blank between ** and the text, and one between ** and a word outside")
	case m[2] == 0 && i.starNote:
	default:
		i.warnGroup(at+m[2], "** that are text", "these ** are shown as they are written, for nothing closes them", "write ** at the end too, or \\*\\* here")
	}
}

// literalText returns the text of a block, and where in the source it begins. Each byte is at its place.
func (i *inspector) literalText(block ast.Node) (text string, at int) {
	lines := block.Lines()
	if lines.Len() == 0 {
		return "", 0
	}
	source := i.markdown.Source
	at = lines.At(0).Start
	masked := bytes.Repeat([]byte{' '}, lines.At(lines.Len()-1).Stop-at)
	for n := range lines.Len() {
		line := lines.At(n)
		for b := line.Start; b < line.Stop; b++ {
			masked[b-at] = hidden
			if source[b] == '\n' {
				masked[b-at] = '\n'
			}
		}
	}
	show := func(from, to int) { copy(masked[from-at:], source[from:to]) }
	var within func(n ast.Node)
	within = func(n ast.Node) {
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			switch c := c.(type) {
			case *ast.Text:
				show(c.Segment.Start, c.Segment.Stop)
			case *ast.AutoLink:
				label := c.Label(source)
				if from := bytes.Index(source[c.Pos():], label); from >= 0 {
					show(c.Pos()+from, c.Pos()+from+len(label))
				}
			case *ast.Emphasis, *ast.Link, *extast.Strikethrough:
				within(c)
			}
		}
	}
	within(block)
	return string(masked), at
}

// undefinedReference warns of a reference that nothing defines.
func (i *inspector) undefinedReference(at int, label string) {
	text, name, _ := strings.Cut(strings.TrimSuffix(label, "]"), "][")
	if name == "" {
		name = strings.TrimLeft(text, "![")
	}
	name = cell.Shorten(name, 40)
	hint := "write [" + name + "]: address on a line of its own"
	if len(i.problems) < maxGuesses && bytes.Contains(i.markdown.Source, []byte("\n["+name+"]:")) {
		hint = "put an empty line above [" + name + "]: it is part of a paragraph"
	}
	i.warnGroup(at, "references that nothing defines", "nothing says where "+strconv.Quote(name)+" leads", hint)
}

// unclosedFence warns of a block of code that goes on to the end of the post, since its fence is not closed.
func (i *inspector) unclosedFence(n *ast.FencedCodeBlock) {
	source := i.markdown.Source
	if n.Lines().Len() == 0 {
		return
	}
	end := n.Lines().At(n.Lines().Len() - 1).Stop
	if len(bytes.TrimSpace(source[end:])) == 0 {
		first := n.Lines().At(0).Start
		above := bytes.TrimRight(source[:first], " \t>\n")
		i.warn(bytes.LastIndexByte(above, '\n')+1, "the block of code that begins here has no end", "close it with the fence that opens it")
	}
}

// conflictLine matches the lines that git writes around and between two versions.
var conflictLine = regexp.MustCompile(`(?m)^(?:<{7} .*|={7}|>{7} .*)$`)

// conflict finds what git left where it could not merge. A block of code may show how that looks.
func (i *inspector) conflict() {
	source := i.markdown.Source
	if !bytes.Contains(source, []byte("<<<<<<< ")) {
		return
	}
	var code [][2]int
	begin, middle := -1, false
	for _, m := range conflictLine.FindAllIndex(source, -1) {
		switch source[m[0]] {
		case '<':
			begin, middle = m[0], false
		case '=':
			middle = begin >= 0
		case '>':
			if code == nil {
				code = i.rawBlocks()
			}
			if middle && !isWithin(code, begin) {
				i.problems = append(i.problems, finding{at: begin, severity: problem.Error,
					message: "a merge was not finished here: both versions of the text are shown", hint: "keep one version, and take out the lines that begin with <<<<<<<, ======= and >>>>>>>"})
			}
			begin, middle = -1, false
		}
	}
}

// rawBlocks returns where the blocks are whose text is no Markdown, in order.
func (i *inspector) rawBlocks() [][2]int {
	blocks := [][2]int{}
	ast.Walk(i.markdown.Root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Type() == ast.TypeInline {
			return ast.WalkSkipChildren, nil
		}
		if lines := n.Lines(); entering && n.IsRaw() && lines.Len() > 0 {
			blocks = append(blocks, [2]int{lines.At(0).Start, lines.At(lines.Len() - 1).Stop})
		}
		return ast.WalkContinue, nil
	})
	slices.SortFunc(blocks, func(a, b [2]int) int { return a[0] - b[0] })
	return blocks
}

// isWithin reports whether a place is in one of some blocks, which are in order and don't overlap.
func isWithin(blocks [][2]int, at int) bool {
	n, _ := slices.BinarySearchFunc(blocks, at, func(b [2]int, at int) int { return cmp.Compare(b[1], at+1) })
	return n < len(blocks) && blocks[n][0] <= at
}
