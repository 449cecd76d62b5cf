package page

import (
	"strconv"
	"sync"

	"postern/content"
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
	s := &speaker{setter: newSetter(t, post, width, Spoken()), numbers: make([]int, len(t.Links))}
	s.macros = replaceFormulas(t, func(source string) (string, bool) { return formula.Speak(source, s.words) })
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
		s.code(b)
	case document.MathBlock:
		s.formula(b)
	case document.Figure:
		s.figure(b)
	case document.Caption:
		s.introduce(s.words.Say("Caption:"))
		s.block(CaptionBlock, b, "", func() { s.flow(b) })
	case document.Term:
		s.introduce(s.words.Say("Term:"))
		s.block(ParagraphBlock, b, "", func() { s.flow(b) })
	case document.Description:
		s.introduce(s.words.Say("Definition:"))
		s.blocks(b.Children, b.Tight)
	case document.ThematicBreak:
		s.block(RuleBlock, b, "", func() { s.announce(s.words.Say("Separator.")) })
	case document.BlockQuote:
		s.aside(s.words.Say("Quote:"), s.words.Say("End of quote."), b.Children)
	case document.Alert:
		s.alert(b)
	case document.Speech:
		s.aside(b.Label+":", s.words.Say("End of what %s says.", b.Label), b.Children)
	case document.Details:
		s.aside(s.words.Say("Details:"), s.words.Say("End of details."), b.Children)
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

// introduce has the next line begin with our own words.
func (s *speaker) introduce(words string) { s.lead += words + " " }

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
	s.introduce(s.words.Say("Heading %d:", b.Level))
	s.block(HeadingBlock, b, "", func() { s.flow(b) })
	s.addHeading(b)
}

// aside sets what is set apart. Its end is said even of one paragraph: a listener can't know that there is no second one.
func (s *speaker) aside(beginning, end string, inner []*document.Block) {
	if len(inner) == 1 && inner[0].Kind == document.Paragraph || len(inner) > 0 && inner[0].Kind == document.Summary {
		s.introduce(beginning)
	} else {
		s.announce(beginning)
	}
	s.blocks(inner, false)
	s.announce(end)
}

func (s *speaker) alert(b *document.Block) {
	titled := len(b.Children) > 0 && b.Children[0].Kind == document.Summary
	if b.Alert == "" && !titled {
		s.blocks(b.Children, false)
		return
	}
	label := s.words.Say(b.Label)
	s.aside(label+":", s.words.Say("End: %s.", label), b.Children)
}

// list sets a list. Its end is said where the number of its items doesn't tell it: around what has parts itself.
func (s *speaker) list(b *document.Block) {
	items := s.words.Count(entries(b), "%d item", "%d items")
	beginning, end := s.words.Say("List, %s:", items), s.words.Say("End of list.")
	if s.lists > 0 {
		beginning, end = s.words.Say("Inner list, %s:", items), s.words.Say("End of inner list.")
	}
	simple := true
	for _, c := range b.Children {
		simple = simple && c.Kind == document.ListItem && len(c.Children) <= 1
	}
	s.announce(beginning)
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
		s.announce(end)
	}
}

func (s *speaker) entry(b *document.Block, marker string, tight bool) {
	s.lead += marker
	switch b.Task {
	case document.DoneTask:
		s.introduce(s.words.Say("Done:"))
	case document.OpenTask:
		s.introduce(s.words.Say("To do:"))
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
		s.introduce(s.words.Say("Note %d:", n.Number))
		s.leadLink = n.Link
		s.blocks(n.Children, false)
		if s.lead != "" {
			s.announce("")
		}
	}
}
