package lint

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	extast "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"

	"postern/content"
	"postern/content/problem"
	"postern/sshapp/cell"
	"postern/sshapp/page"
	"postern/sshapp/page/document"
	"postern/sshapp/page/markdown"
)

// An inspection is what one post's text says of itself, whatever else the blog holds: parsed once, for the post's own sake
// and for that of all who link to it.
type inspection struct {
	problems []problem.Problem
	repeated []repeated
	links    []reference
	pictures []reference
	names    []string        // that a "#…" may lead to
	known    map[string]bool // these, and their letters and digits alone
}

// maxGuesses bounds how often it is asked what a post meant by something: a post of megabytes may have nothing but mistakes.
const maxGuesses = 200

// A reference is a link or a picture of a post, and where in the post's file it is.
type reference struct {
	target string
	kind   document.LinkKind
	what   string // of a picture: "image", "video"
	line   int
	column int
}

// An inspector makes an inspection, of a post's Markdown and of the tree that is made of it.
type inspector struct {
	markdown markdown.Tree
	doc      *document.Document
	problems []finding
	starNote bool // a word ends in **, as one with a note does
}

// A finding is a problem of a post, before it has a line.
type finding struct {
	at            int // where in the source, in bytes
	severity      problem.Severity
	message, hint string
	group         string // what the others of its kind are, if a post or a blog may have many; else empty
}

func inspect(post *content.Post) *inspection {
	tree := markdown.Parse(post.Path, post.Body, nil)
	i := inspector{markdown: tree, doc: document.New(tree, post)}
	for _, p := range i.doc.Problems {
		i.warn(p.At, p.Message, p.Hint)
	}
	i.source()
	i.undescribedPictures()
	i.undrawn()
	i.unfinished()
	i.unknownTags()
	i.unresolved()
	for _, at := range tree.Unreferenced {
		i.warn(at, "this footnote is not shown, because nothing in the text refers to it", "refer to it, or take it out")
	}
	i.lost(post)
	slices.SortStableFunc(i.problems, func(a, b finding) int { return a.at - b.at })

	found := &inspection{names: i.doc.AnchorNames(), known: map[string]bool{}}
	for _, n := range found.names {
		found.known[n] = true
		if l := document.Letters(n); l != "" {
			found.known[l] = true
		}
	}
	places := document.NewLineCounter(post)
	for _, p := range i.problems {
		line, column := places.Place(p.at)
		said := problem.Problem{File: post.Path, Line: line, Column: column, Severity: p.severity, Message: p.message, Hint: p.hint}
		if p.group != "" {
			most := maxRepeats
			if p.group == templateGroup {
				most = 1
			}
			found.repeated = append(found.repeated, repeated{p.group, most, said})
		} else {
			found.problems = append(found.problems, said)
		}
	}
	for _, l := range slices.Concat(i.doc.Links, i.doc.Refused) {
		if l.Kind != document.LinkExternal && l.Kind != document.LinkImage && l.Kind != document.LinkFootnote {
			line, column := places.Place(l.At)
			found.links = append(found.links, reference{target: l.Target, kind: l.Kind, line: line, column: column})
		}
	}
	for _, p := range i.doc.Pictures {
		if p.Kind == document.LinkPost {
			line, column := places.Place(p.At)
			found.pictures = append(found.pictures, reference{p.Source, document.LinkImage, p.Figure.Media, line, column})
		}
	}
	return found
}

// unknownTags names the tags that mean nothing here, with what was probably meant, or what is wrong with the use of one that
// is known.
func (i *inspector) unknownTags() {
	for n, t := range i.doc.UnknownTags {
		fault, hint := "is unknown", "write Markdown instead: readers see what it wraps, or else the tag as it is written"
		near, ok := "", false
		if n < maxGuesses {
			near, ok = problem.Nearest(t.Name, document.KnownTags())
		}
		switch {
		case !ok:
		case !strings.EqualFold(near, t.Name):
			hint = "did you mean " + near + "?"
		case markdown.IsRawBlockTag(near):
			fault, hint = "can't stand within a line", "put it and its end on lines of their own, or write `code` between backticks"
		default:
			fault = "can't be shown as it is used here"
		}
		i.warn(t.At, "the tag "+cell.Shorten(document.OneLine(t.Source), 60)+" "+fault, hint)
	}
}

// templateGroup is what the others are. One is enough: they have one reason.
const templateGroup = "posts with such tags"

// unresolved warns of the tags of templates that would write or decide something that isn't known here.
func (i *inspector) unresolved() {
	if all := i.doc.Unresolved; len(all) > 0 {
		i.warnGroup(all[0], templateGroup, problem.Count(len(all), "tag")+" of templates here can't be resolved: {…} stands where a text would, and all of what conditions choose from is shown",
			"write the text, or keep it in the front matter, _config.yml or _data")
	}
}

func (i *inspector) warn(at int, message, hint string) { i.warnGroup(at, "", message, hint) }

// warnGroup warns of what a blog may have many of. others says what the others of its kind are.
func (i *inspector) warnGroup(at int, others, message, hint string) {
	i.problems = append(i.problems, finding{at: at, severity: problem.Warning, message: message, hint: hint, group: others})
}

// source looks for what only goldmark's tree shows: code that is too wide, and cells beyond a table's header.
func (i *inspector) source() {
	ast.Walk(i.markdown.Root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.CodeBlock:
			i.wideCode(n.Lines())
		case *ast.FencedCodeBlock:
			if string(n.Language(i.markdown.Source)) != "mermaid" {
				i.wideCode(n.Lines())
			}
		case *markdown.RawBlock:
			if n.IsShown() {
				i.wideCode(n.Lines())
			}
		case *extast.TableRow:
			i.extraCells(n)
		case *ast.Paragraph, *ast.TextBlock, *ast.Heading, *extast.TableCell:
			return ast.WalkSkipChildren, nil
		}
		return ast.WalkContinue, nil
	})
}

// wideCodeGroup is what the others are.
const wideCodeGroup = "blocks of code that are too wide"

// wideCode warns of the first line of a code block that is wider than any page, and says how many more there are.
func (i *inspector) wideCode(lines *text.Segments) {
	const room = page.CodeRoom
	first, widest, more := -1, 0, 0
	for n := range lines.Len() {
		s := lines.At(n)
		if s.Len()+s.Padding <= room && strings.IndexByte(string(s.Value(i.markdown.Source)), '\t') < 0 {
			continue
		}
		at, width := codeWidth(string(s.Value(i.markdown.Source)), room)
		switch {
		case width <= room:
		case first < 0:
			first, widest = s.Start+at-s.Padding, width
		default:
			more++
			widest = max(widest, width)
		}
	}
	switch {
	case first < 0:
	case more == 0:
		i.warnGroup(first, wideCodeGroup, fmt.Sprintf("this line of code is %d columns wide, and a page has room for %d: it goes on below", widest, room), "break it here or before")
	default:
		i.warnGroup(first, wideCodeGroup, fmt.Sprintf("this line of code and %d more here are up to %d columns wide, and a page has room for %d: they go on below", more, widest, room),
			"break them")
	}
}

// codeWidth returns the width of a line of code, and which of its bytes is the first that a page has no room for.
func codeWidth(line string, room int) (at, width int) {
	at = -1
	for rest := strings.TrimRight(line, "\n"); rest != ""; {
		n, w := 1, 1
		if rest[0] == '\t' {
			w = cell.TabStop - width%cell.TabStop
		} else {
			var c string
			c, w = cell.Cluster(rest)
			n = len(c)
		}
		if width+w > room && at < 0 {
			at = len(strings.TrimRight(line, "\n")) - len(rest)
		}
		width, rest = width+w, rest[n:]
	}
	return at, width
}

// extraCells warns of a row that has more cells than the table's header, for they are not shown.
func (i *inspector) extraCells(row *extast.TableRow) {
	last := row.LastChild()
	if last == nil || last.Lines().Len() == 0 {
		return
	}
	at := last.Lines().At(0).Stop
	line, _, _ := bytes.Cut(i.markdown.Source[at:], []byte("\n"))
	rest := string(line)
	shown := strings.TrimLeft(rest, " \t|")
	if strings.Contains(rest, "|") && shown != "" {
		i.warn(at+len(rest)-len(shown), "this cell is not shown: the table's header has no more than "+strconv.Itoa(row.ChildCount()), "add a column to the header, or write \\| for a bar")
	}
}

// undescribedPictures warns of pictures that have neither an alternative text nor a caption.
func (i *inspector) undescribedPictures() {
	all := map[*document.Block]bool{}
	captioned(i.doc.Root, all)
	for _, p := range i.doc.Pictures {
		if p.Undescribed && p.Figure.Media == "image" && !all[p.Figure] {
			i.warnGroup(p.At, "pictures without one", "the picture "+p.Figure.File+" has no alternative text", "say in words what it shows: they are what a terminal shows in its place")
		}
	}
}

// captioned adds the figures that a caption belongs to: all that stand above it, or else, as some put it first, below.
func captioned(b *document.Block, all map[*document.Block]bool) {
	for n, in := range b.Children {
		captioned(in, all)
		if in.Kind != document.Caption {
			continue
		}
		above, below := n, n+1
		for above > 0 && b.Children[above-1].Kind == document.Figure {
			above--
		}
		for above == n && below < len(b.Children) && b.Children[below].Kind == document.Figure {
			below++
		}
		for _, f := range b.Children[above:below] {
			all[f] = true
		}
	}
}
