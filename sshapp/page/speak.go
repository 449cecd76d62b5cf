package page

import (
	"fmt"
	"strconv"
	"strings"
	"sync"

	"postern/content"
	"postern/content/problem"
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
func Spoken() *Theme { return spoken() }

var spoken = sync.OnceValue(func() *Theme { return &Theme{Name: "spoken"} })

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
func speak(t *blockTree, post *content.Post, width int) *Page {
	s := &speaker{setter: newSetter(t, width, Spoken()), numbers: make([]int, len(t.links))}
	s.blocks(t.root.inner, false)
	p := s.finish(t, post)
	lines := newLineCounter(post)
	p.Links = make([]Link, len(s.order))
	for i, l := range s.order {
		p.Links[i] = s.pageLink(l, lines)
	}
	return p
}

// blocks sets blocks one below the other. A blank line parts paragraphs, for there is nothing else to tell them apart;
// what is announced follows its announcement at once.
func (s *speaker) blocks(blocks []*block, tight bool) {
	for i, b := range blocks {
		if i > 0 {
			above := blocks[i-1]
			switch {
			case tight && flows(above) && flows(b), b.kind == captionBlock, b.kind == description,
				above.kind == summary, above.kind == heading && b.kind != heading:
			default:
				s.space(1)
			}
		}
		s.one(b)
	}
}

func (s *speaker) one(b *block) {
	switch b.kind {
	case paragraph, tableCell, summary:
		s.block(ParagraphBlock, b, "", func() { s.flow(b) })
	case heading:
		s.heading(b)
	case listing:
		s.listing(b, "Code", b.language)
	case formula:
		s.listing(b, "Formula", "")
	case figure:
		s.figure(b)
	case captionBlock:
		s.lead += "Caption: "
		s.block(CaptionBlock, b, "", func() { s.flow(b) })
	case term:
		s.lead += "Term: "
		s.block(ParagraphBlock, b, "", func() { s.flow(b) })
	case description:
		s.lead += "Definition: "
		s.blocks(b.inner, b.tight)
	case rule:
		s.block(RuleBlock, b, "", func() { s.announce("Separator.") })
	case quote:
		s.aside("Quote", b.inner)
	case alertBlock:
		s.alert(b)
	case details:
		s.aside("Details", b.inner)
	case items:
		s.list(b)
	case item:
		s.entry(b, "- ", false)
	case tableBlock:
		s.table(b)
	case noteList:
		s.notes(b)
	default:
		s.blocks(b.inner, false)
	}
}

// announce sets a line of our own words.
func (s *speaker) announce(text string) {
	b := &block{}
	b.add(text, ours, 0)
	s.flow(b)
}

func (s *speaker) heading(b *block) {
	if len(b.text) == 0 {
		return
	}
	s.lead += fmt.Sprintf("Heading %d: ", b.level)
	s.block(HeadingBlock, b, "", func() { s.flow(b) })
	s.headed(b)
}

// aside sets what is set apart. Its end is said even of one paragraph: a listener can't know that there is no second one.
func (s *speaker) aside(name string, inner []*block) {
	if len(inner) == 1 && inner[0].kind == paragraph || len(inner) > 0 && inner[0].kind == summary {
		s.lead += name + ": "
	} else {
		s.announce(name + ":")
	}
	s.blocks(inner, false)
	s.announce("End of " + strings.ToLower(name) + ".")
}

func (s *speaker) alert(b *block) {
	titled := len(b.inner) > 0 && b.inner[0].kind == summary
	if b.alert == "" && !titled {
		s.blocks(b.inner, false)
		return
	}
	s.aside(b.label, b.inner)
}

// list sets a list. Its end is said where the number of its items doesn't tell it: around what has parts itself.
func (s *speaker) list(b *block) {
	name := "List"
	if s.lists > 0 {
		name = "Inner list"
	}
	simple := true
	for _, c := range b.inner {
		simple = simple && c.kind == item && len(c.inner) <= 1
	}
	s.announce(fmt.Sprintf("%s, %s:", name, problem.Count(entries(b), "item")))
	s.lists++
	n := b.start
	for i, c := range b.inner {
		if i > 0 && !simple && !b.tight {
			s.space(1)
		}
		if c.kind != item {
			s.one(c)
			continue
		}
		marker := "- "
		if b.ordered {
			marker = strconv.Itoa(n) + ". "
			n++
		}
		s.entry(c, marker, b.tight)
	}
	s.lists--
	if !simple || s.lists > 0 {
		s.announce("End of " + strings.ToLower(name) + ".")
	}
}

func (s *speaker) entry(b *block, marker string, tight bool) {
	s.lead += marker
	switch b.task {
	case doneTask:
		s.lead += "Done: "
	case openTask:
		s.lead += "To do: "
	}
	s.blocks(b.inner, tight)
	if s.lead != "" {
		s.announce("")
	}
}

func (s *speaker) notes(b *block) {
	for i, n := range b.inner {
		if i > 0 {
			s.space(1)
		}
		s.lead += fmt.Sprintf("Note %d: ", n.number)
		s.leadLink = n.link
		s.blocks(n.inner, false)
		if s.lead != "" {
			s.announce("")
		}
	}
}
