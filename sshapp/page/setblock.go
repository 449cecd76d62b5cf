package page

import (
	"postern/sshapp/cell"
	"strconv"
	"strings"
)

// blocks sets blocks one below the other, as far apart as their kinds ask for. In a tight list text and lists follow
// each other without a blank line.
func (s *setter) blocks(blocks []*block, tight bool) {
	for i, b := range blocks {
		if i > 0 {
			s.space(distance(blocks[i-1], b, tight))
		}
		s.one(b)
	}
}

// distance is how many blank lines stand between two blocks.
func distance(above, below *block, tight bool) int {
	switch {
	case below.kind == captionBlock, above.kind == summary, above.kind == term && (below.kind == term || below.kind == description):
		return 0
	case below.kind == heading && below.level <= 2 && above.kind != heading:
		return 2
	case above.kind == heading && above.level > 3 && (below.kind == paragraph || below.kind == items):
		return 0
	case above.kind == description && below.kind == description && above.tight:
		return 0
	case tight && flows(above) && flows(below):
		return 0
	}
	return 1
}

func flows(b *block) bool { return b.kind == paragraph || b.kind == items || b.kind == item }

func (s *setter) one(b *block) {
	switch b.kind {
	case paragraph, tableCell:
		s.block(ParagraphBlock, b, "", func() { s.flow(b, s.theme.text) })
	case heading:
		s.heading(b)
	case listing, formula:
		s.listing(b)
	case figure:
		s.figure(b)
	case captionBlock:
		s.block(CaptionBlock, b, "", func() {
			s.within(edge{first: "  ", rest: "  "}, func() { s.flow(b, s.theme.quiet.over(s.theme.text)) })
		})
	case summary, term:
		s.block(ParagraphBlock, b, "", func() { s.flow(b, s.theme.term.over(style{attrs: bold}).over(s.theme.text)) })
	case rule:
		s.rule(b)
	case quote:
		s.within(s.bar(s.theme.quoteToken, s.theme.quoteBar), func() { s.quoted(b) })
	case alertBlock:
		s.alert(b)
	case items:
		s.list(b)
	case item:
		s.entry(b, s.bullet(0), s.theme.item, 0, false)
	case details:
		s.details(b)
	case description:
		s.within(edge{first: "    ", rest: "    "}, func() { s.blocks(b.inner, b.tight) })
	case tableBlock:
		s.table(b)
	case noteList:
		s.notes(b)
	default:
		s.blocks(b.inner, false)
	}
}

// bar is the edge of what is set apart.
func (s *setter) bar(token string, st style) edge {
	return edge{first: token + " ", rest: token + " ", style: st}
}

// quoted sets the inside of a quote in its style.
func (s *setter) quoted(b *block) {
	outer := s.theme
	if outer.quote != (style{}) {
		inner := *outer
		inner.text = outer.quote.over(outer.text)
		s.theme = &inner
	}
	s.blocks(b.inner, false)
	s.theme = outer
}

// heading sets a heading: its level shows in its style, and the two highest have a line below.
func (s *setter) heading(b *block) {
	st := s.theme.headings[b.level].over(s.theme.text)
	for i := range b.runs { // a heading is one color, whatever stands in it
		b.runs[i].roles &^= code | keyboard | formulas
	}
	s.block(HeadingBlock, b, "", func() {
		s.flow(b, st)
		if under := map[int]string{1: "━", 2: "─"}[b.level]; under != "" && st.bg == 0 && len(b.text) > 0 {
			widest := 0
			for _, c := range wrap(b, string(b.text), s.room()) {
				widest = max(widest, c.width)
			}
			line := s.theme.rule
			if b.level == 1 {
				line = style{fg: st.fg}
			}
			s.line(signOf(strings.Repeat(under, min(widest, s.room())), line))
		}
	})
	s.headed(b)
}

// headed notes that a heading has been set.
func (s *setter) headed(b *block) {
	if n := len(s.page.Blocks); n > 0 && len(b.text) > 0 {
		text := oneLine(b.plain())
		h := Heading{text, b.level, b.anchor, s.page.Blocks[n-1].First}
		s.page.Headings = append(s.page.Headings, h)
	}
}

// rule sets a thematic break: a short line in the middle.
func (s *setter) rule(b *block) {
	s.block(RuleBlock, b, "", func() {
		n := s.room() / 3
		s.line(signOf(strings.Repeat(" ", (s.room()-n)/2), style{}), signOf(strings.Repeat("─", n), s.theme.rule))
	})
}

// alert sets a note, a warning and their like: behind a bar in the color of its kind, below a title.
func (s *setter) alert(b *block) {
	st, known := s.theme.alerts[b.alert]
	if !known {
		st = s.theme.quiet
	}
	inner := b.inner
	s.within(s.bar("┃", style{fg: st.fg, attrs: st.attrs &^ bold}), func() {
		title := st.over(s.theme.text)
		switch {
		case len(inner) > 0 && inner[0].kind == summary:
			s.block(ParagraphBlock, inner[0], "", func() { s.flow(inner[0], title) })
			inner = inner[1:]
		case known:
			s.line(signOf(b.label, title))
		}
		s.blocks(inner, false)
	})
}

// details sets what a page in a browser folds: unfolded.
func (s *setter) details(b *block) {
	inner := b.inner
	st := style{attrs: bold}
	if len(inner) > 0 && inner[0].kind == summary {
		s.within(edge{first: "▾ ", rest: "  ", style: s.theme.quiet}, func() { s.one(inner[0]) })
		inner = inner[1:]
	} else {
		s.line(signOf("▾ Details", st.over(s.theme.text)))
	}
	s.within(edge{first: "  ", rest: "  "}, func() { s.blocks(inner, false) })
}

// list sets a list: its numbers stand flush right, and all text behind the widest of them.
func (s *setter) list(b *block) {
	depth := 0
	for _, e := range s.edges {
		if strings.ContainsAny(e.first, "•◦▪.☐☑") {
			depth++
		}
	}
	widest := len(strconv.Itoa(b.start + entries(b) - 1))
	n := b.start
	for i, c := range b.inner {
		if i > 0 {
			s.space(distance(b.inner[i-1], c, b.tight))
		}
		if c.kind != item {
			s.one(c)
			continue
		}
		marker, st := s.bullet(depth), s.theme.item
		if b.ordered {
			number := strconv.Itoa(n)
			marker, st = strings.Repeat(" ", max(widest-len(number), 0))+number+".", s.theme.number
			n++
		}
		s.entry(c, marker, st, depth, b.tight)
	}
}

func entries(b *block) int {
	n := 0
	for _, c := range b.inner {
		if c.kind == item {
			n++
		}
	}
	return max(n, 1)
}

// bullet returns the sign of a list that is nested so deep.
func (s *setter) bullet(depth int) string {
	if s.theme.bullet != "" && s.theme.bullet != "•" {
		return s.theme.bullet
	}
	return [...]string{"•", "◦", "▪"}[min(depth, 2)]
}

func (s *setter) entry(b *block, marker string, st style, depth int, tight bool) {
	switch b.task {
	case doneTask:
		marker = s.theme.ticked
	case openTask:
		marker = s.theme.unticked
	}
	indent := ""
	if depth == 0 && s.width >= 40 {
		indent = "  "
	}
	first := indent + marker + " "
	s.within(edge{first: first, rest: strings.Repeat(" ", cell.Width(first)), style: st}, func() {
		s.blocks(b.inner, tight)
		if e := &s.edges[len(s.edges)-1]; !e.used {
			s.line()
		}
	})
}

// notes sets the footnotes: each behind its number, which leads back to its place in the text.
func (s *setter) notes(b *block) {
	s.line(signOf(strings.Repeat("─", min(s.room(), 12)), s.theme.rule))
	s.space(1)
	widest := 0
	for _, n := range b.inner {
		widest = max(widest, cell.Width(raisedNumber(n.number)))
	}
	for _, n := range b.inner {
		number := raisedNumber(n.number)
		pad := strings.Repeat(" ", max(0, widest-cell.Width(number)))
		s.within(edge{first: pad + number + " ", rest: strings.Repeat(" ", widest+1), style: s.theme.quiet, link: n.link}, func() {
			s.blocks(n.inner, false)
			if e := &s.edges[len(s.edges)-1]; !e.used {
				s.line()
			}
		})
	}
}
