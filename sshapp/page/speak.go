package page

import (
	"fmt"
	"strconv"
	"strings"
	"sync"

	"postern/content"
	"postern/content/problem"
	"postern/sshapp/page/document"
	"postern/sshapp/page/formula"
	"postern/sshapp/page/theme"
)

// Spoken returns the theme of pages that are listened to, line by line, through a screen reader or under the fingers on a
// braille display. It sets no escape, no frame and no indent: what a typeset page shows by its look is said in words, as
// browsers tell screen readers.
//
//	Heading 2: Flour                       Quote: one paragraph
//	Picture: a loaf on a board             End of quote.
//	List, 2 items:                         Code, go, 12 lines:
//	- one                                  …
//	- two                                  End of code.
//	words (link 4), words (note 1)         Table, 2 columns, 3 rows:
//	                                       Row 1. Flour: rye; Grams: 500
//
// What ends with its own line is not said to end; what may hold more is. Numbered links are the page's Links, in order:
// those that lead somewhere, so neither footnotes, which have numbers of their own, nor pictures that only the blog has.
func Spoken() *theme.Theme { return spoken() }

var spoken = sync.OnceValue(func() *theme.Theme { return &theme.Theme{Name: "spoken"} })

// A speaker sets a tree to be listened to. Of the setter it takes what breaks, writes and counts lines.
type speaker struct {
	*setter
	lead     string // what the next line begins with
	leadLink int    // as in run
	lists    int    // that are open
	numbers  []int  // by link: what it is called, from 1; 0 for not yet
	order    []int  // by number: the links
}

// speak sets a tree to be listened to.
func speak(t *document.Document, post *content.Post, width int) *Page {
	s := &speaker{setter: newSetter(t, width, Spoken()), numbers: make([]int, len(t.Links))}
	s.macros = replaceFormulas(t, formula.Speak)
	s.blocks(t.Root.Children, false)
	p := s.finish(t, post)
	lines := document.NewLineCounter(post)
	p.Links = make([]Link, len(s.order))
	for i, l := range s.order {
		p.Links[i] = s.pageLink(l, lines)
	}
	return p
}

// blocks sets blocks one below the other. A blank line parts paragraphs, for there is nothing else to tell them apart;
// what is announced follows its announcement at once.
func (s *speaker) blocks(blocks []*document.Block, tight bool) {
	for i, b := range blocks {
		if i > 0 {
			above := blocks[i-1]
			switch {
			case tight && flows(above) && flows(b), b.Kind == document.Caption, b.Kind == document.Description,
				above.Kind == document.Summary, above.Kind == document.Heading && b.Kind != document.Heading:
			default:
				s.space(1)
			}
		}
		s.layBlock(b)
	}
}

// layBlock sets a block of any kind.
func (s *speaker) layBlock(b *document.Block) {
	switch b.Kind {
	case document.Paragraph, document.TableCell, document.Summary:
		s.block(ParagraphBlock, b, "", func() { s.flow(b) })
	case document.Heading:
		s.heading(b)
	case document.CodeBlock:
		s.listing(b, "Code", b.Language)
	case document.MathBlock:
		s.formula(b)
	case document.Figure:
		s.figure(b)
	case document.Caption:
		s.lead += "Caption: "
		s.block(CaptionBlock, b, "", func() { s.flow(b) })
	case document.Term:
		s.lead += "Term: "
		s.block(ParagraphBlock, b, "", func() { s.flow(b) })
	case document.Description:
		s.lead += "Definition: "
		s.blocks(b.Children, b.Tight)
	case document.ThematicBreak:
		s.block(RuleBlock, b, "", func() { s.announce("Separator.") })
	case document.BlockQuote:
		s.aside("Quote", "quote", b.Children)
	case document.Alert:
		s.alert(b)
	case document.Speech:
		s.aside(b.Label, "what "+b.Label+" says", b.Children)
	case document.Details:
		s.aside("Details", "details", b.Children)
	case document.List:
		s.list(b)
	case document.ListItem:
		s.entry(b, "- ", false)
	case document.Table:
		s.table(b)
	case document.Footnotes:
		s.notes(b)
	default:
		s.blocks(b.Children, false)
	}
}

// announce sets a line of our own words.
func (s *speaker) announce(text string) {
	b := &document.Block{}
	b.Add(text, document.Generated, 0)
	s.flow(b)
}

func (s *speaker) heading(b *document.Block) {
	if len(b.Text) == 0 {
		return
	}
	s.lead += fmt.Sprintf("Heading %d: ", b.Level)
	s.block(HeadingBlock, b, "", func() { s.flow(b) })
	s.addHeading(b)
}

// aside sets what is set apart. Its end is said even of one paragraph: a listener can't know that there is no second one.
func (s *speaker) aside(name, end string, inner []*document.Block) {
	if len(inner) == 1 && inner[0].Kind == document.Paragraph || len(inner) > 0 && inner[0].Kind == document.Summary {
		s.lead += name + ": "
	} else {
		s.announce(name + ":")
	}
	s.blocks(inner, false)
	s.announce("End of " + end + ".")
}

func (s *speaker) alert(b *document.Block) {
	titled := len(b.Children) > 0 && b.Children[0].Kind == document.Summary
	if b.Alert == "" && !titled {
		s.blocks(b.Children, false)
		return
	}
	s.aside(b.Label, strings.ToLower(b.Label), b.Children)
}

// list sets a list. Its end is said where the number of its items doesn't tell it: around what has parts itself.
func (s *speaker) list(b *document.Block) {
	name := "List"
	if s.lists > 0 {
		name = "Inner list"
	}
	simple := true
	for _, c := range b.Children {
		simple = simple && c.Kind == document.ListItem && len(c.Children) <= 1
	}
	s.announce(fmt.Sprintf("%s, %s:", name, problem.Count(entries(b), "item")))
	s.lists++
	n := b.Start
	for i, c := range b.Children {
		if i > 0 && !simple && !b.Tight {
			s.space(1)
		}
		if c.Kind != document.ListItem {
			s.layBlock(c)
			continue
		}
		marker := "- "
		if b.Ordered {
			marker = strconv.Itoa(n) + ". "
			n++
		}
		s.entry(c, marker, b.Tight)
	}
	s.lists--
	if !simple || s.lists > 0 {
		s.announce("End of " + strings.ToLower(name) + ".")
	}
}

func (s *speaker) entry(b *document.Block, marker string, tight bool) {
	s.lead += marker
	switch b.Task {
	case document.DoneTask:
		s.lead += "Done: "
	case document.OpenTask:
		s.lead += "To do: "
	}
	s.blocks(b.Children, tight)
	if s.lead != "" {
		s.announce("")
	}
}

func (s *speaker) notes(b *document.Block) {
	for i, n := range b.Children {
		if i > 0 {
			s.space(1)
		}
		s.lead += fmt.Sprintf("Note %d: ", n.Number)
		s.leadLink = n.Link
		s.blocks(n.Children, false)
		if s.lead != "" {
			s.announce("")
		}
	}
}
