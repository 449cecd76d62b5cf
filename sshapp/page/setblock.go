package page

import (
	"strconv"
	"strings"

	"postern/sshapp/cell"
	"postern/sshapp/page/document"
	"postern/sshapp/page/theme"
)

// blocks sets blocks one below the other, as far apart as their kinds ask for. In a tight list text and lists follow
// each other without a blank line.
func (s *setter) blocks(blocks []*document.Block, tight bool) {
	for i, b := range blocks {
		if i > 0 {
			s.space(distance(blocks[i-1], b, tight))
		}
		s.layBlock(b)
	}
}

// distance is how many blank lines stand between two blocks.
func distance(above, below *document.Block, tight bool) int {
	switch {
	case below.Kind == document.Caption, above.Kind == document.Summary, above.Kind == document.Term && (below.Kind == document.Term || below.Kind == document.Description):
		return 0
	case below.Kind == document.Heading && below.Level <= 2 && above.Kind != document.Heading:
		return 2
	case above.Kind == document.Heading && above.Level > 3 && (below.Kind == document.Paragraph || below.Kind == document.List):
		return 0
	case above.Kind == document.Description && below.Kind == document.Description && above.Tight:
		return 0
	case tight && flows(above) && flows(below) && !endsInFormula(above):
		return 0
	}
	return 1
}

// endsInFormula reports whether the last thing in an entry of a list is a formula on lines of its own.
func endsInFormula(b *document.Block) bool {
	n := len(b.Children)
	return b.Kind == document.ListItem && n > 0 && b.Children[n-1].Kind == document.MathBlock
}

func flows(b *document.Block) bool {
	return b.Kind == document.Paragraph || b.Kind == document.List || b.Kind == document.ListItem
}

// layBlock sets a block of any kind.
func (s *setter) layBlock(b *document.Block) {
	switch b.Kind {
	case document.Paragraph, document.TableCell:
		s.block(ParagraphBlock, b, "", func() { s.flow(b, s.theme.Text) })
	case document.Heading:
		s.heading(b)
	case document.CodeBlock:
		if !s.diagram(b) {
			s.listing(b)
		}
	case document.MathBlock:
		s.formula(b)
	case document.Figure:
		s.figure(b)
	case document.Caption:
		s.block(CaptionBlock, b, "", func() {
			s.within(edge{first: "  ", rest: "  "}, func() { s.flow(b, s.caption(b)) })
		})
	case document.Summary, document.Term:
		s.block(ParagraphBlock, b, "", func() { s.flow(b, s.theme.Term.Over(theme.Style{Attributes: theme.Bold}).Over(s.theme.Text)) })
	case document.ThematicBreak:
		s.rule(b)
	case document.BlockQuote:
		outer := s.rightToLeft
		s.rightToLeft = outer && (len(s.edges) > 0 || s.hasRightToLeft(b))
		s.within(s.bar(s.theme.QuoteToken, s.theme.QuoteBar), func() { s.quote(b) })
		s.rightToLeft = outer
	case document.Alert:
		s.alert(b)
	case document.Speech:
		s.speech(b)
	case document.List:
		s.list(b)
	case document.ListItem:
		s.entry(b, s.bullet(0), s.theme.Item, 0, false)
	case document.Details:
		s.details(b)
	case document.Description:
		s.within(edge{first: "    ", rest: "    "}, func() { s.blocks(b.Children, b.Tight) })
	case document.Table:
		s.table(b)
	case document.Footnotes:
		s.notes(b)
	default:
		s.blocks(b.Children, false)
	}
}

// isLong reports whether a text is longer than two lines: none that is stands back, for that is hard to read.
func (s *setter) isLong(text string) bool { return cell.Width(text) > 2*s.room() }

// caption is the style of a caption.
func (s *setter) caption(b *document.Block) theme.Style {
	if s.isLong(string(b.Text)) {
		return s.theme.Text
	}
	return s.theme.Quiet.Over(s.theme.Text)
}

// bar is the edge of what is set apart.
func (s *setter) bar(token string, st theme.Style) edge {
	return edge{first: token + " ", rest: token + " ", style: st}
}

// quote sets what a quote holds in the style of quotes.
func (s *setter) quote(b *document.Block) {
	outer := s.theme
	if outer.Quote != (theme.Style{}) {
		inner := *outer
		inner.Text = outer.Quote.Over(outer.Text)
		s.theme = &inner
	}
	s.blocks(b.Children, false)
	s.theme = outer
}

// hasRightToLeft reports whether right-to-left text is in a block. Where none is, as in a quote of English, its bar stands beside the text.
func (s *setter) hasRightToLeft(b *document.Block) bool {
	found := false
	b.EachLeaf(func(leaf *document.Block) { found = found || s.isRightToLeft(string(leaf.Text)) })
	return found
}

// heading sets a heading: its level shows in its style, and the two highest have a line below.
func (s *setter) heading(b *document.Block) {
	st := s.theme.Headings[b.Level].Over(s.theme.Text)
	for i := range b.Runs { // a heading is one color, whatever stands in it
		b.Runs[i].Roles &^= document.Code | document.Keyboard | document.Math
	}
	atRight := s.rightToLeft || s.isRightToLeft(string(b.Text))
	s.block(HeadingBlock, b, "", func() {
		s.flowTo(b, st, atRight)
		if under := map[int]string{1: "━", 2: "─"}[b.Level]; under != "" && st.Background == 0 && len(b.Text) > 0 {
			widest := 0
			for _, c := range s.flowing(b, string(b.Text)) {
				widest = max(widest, c.Width)
			}
			line := s.theme.Rule
			if b.Level == 1 {
				line = theme.Style{Foreground: st.Foreground}
			}
			widest = min(widest, s.room())
			s.lineTo(atRight, widest, generated(strings.Repeat(under, widest), line))
		}
	})
	s.addHeading(b)
}

// addHeading adds a heading that has been set to those of the page.
func (s *setter) addHeading(b *document.Block) {
	if n := len(s.page.Blocks); n > 0 && len(b.Text) > 0 {
		text := document.OneLine(b.Plain())
		h := Heading{text, b.Level, b.Anchor, s.page.Blocks[n-1].First}
		s.page.Headings = append(s.page.Headings, h)
	}
}

// rule sets a thematic break: a short line in the middle.
func (s *setter) rule(b *document.Block) {
	s.block(RuleBlock, b, "", func() {
		n := s.room() / 3
		s.line(generated(strings.Repeat(" ", (s.room()-n)/2), theme.Style{}), generated(strings.Repeat("─", n), s.theme.Rule))
	})
}

// maxSpeaker is the longest name of a speaker that stands beside what they say, in cells.
const maxSpeaker = 16

// speech sets what somebody says behind their name, or below a long one.
func (s *setter) speech(b *document.Block) {
	e := s.bar(s.theme.QuoteToken, s.theme.Term.Over(s.theme.QuoteBar))
	name := cell.Shorten(b.Label, s.room())
	if n := cell.Width(name); n > maxSpeaker {
		s.label(name, e.style)
	} else {
		e.first, e.rest = name+" "+e.first, strings.Repeat(" ", n+1)+e.rest
	}
	s.within(e, func() { s.blocks(b.Children, false) })
}

// alert sets a note, a warning and their like: behind a bar in the color of its kind, below a title.
func (s *setter) alert(b *document.Block) {
	st, known := s.theme.Alerts[b.Alert]
	if !known {
		st = s.theme.Quiet
	}
	inner := b.Children
	s.within(s.bar("┃", theme.Style{Foreground: st.Foreground, Attributes: st.Attributes &^ theme.Bold}), func() {
		title := st.Over(s.theme.Text)
		switch {
		case len(inner) > 0 && inner[0].Kind == document.Summary:
			s.block(ParagraphBlock, inner[0], "", func() { s.flow(inner[0], title) })
			inner = inner[1:]
		case known:
			s.label(s.words.Say(b.Label), title)
		}
		s.blocks(inner, false)
	})
}

// label sets a line that the page adds.
func (s *setter) label(text string, st theme.Style) {
	s.lineTo(s.rightToLeft || s.isRightToLeft(text), cell.Width(text), generated(text, st))
}

// details sets what a page in a browser folds: unfolded.
func (s *setter) details(b *document.Block) {
	inner := b.Children
	st := theme.Style{Attributes: theme.Bold}
	if len(inner) > 0 && inner[0].Kind == document.Summary {
		s.within(edge{first: "▾ ", rest: "  ", style: s.theme.Quiet}, func() { s.layBlock(inner[0]) })
		inner = inner[1:]
	} else {
		s.line(generated("▾ "+s.words.Say("Details"), st.Over(s.theme.Text)))
	}
	s.within(edge{first: "  ", rest: "  "}, func() { s.blocks(inner, false) })
}

// list sets a list: its numbers stand flush right, and all text behind the widest of them.
func (s *setter) list(b *document.Block) {
	depth := 0
	for _, e := range s.edges {
		if strings.ContainsAny(e.first, "•◦▪.☐☑") {
			depth++
		}
	}
	outer := s.listAtRight
	defer func() { s.listAtRight = outer }()
	if len(s.edges) == 0 {
		s.listAtRight = s.rightToLeft && s.hasRightToLeft(b)
	}
	widest := len(strconv.Itoa(b.Start + entries(b) - 1))
	n := b.Start
	for i, c := range b.Children {
		if i > 0 {
			s.space(distance(b.Children[i-1], c, b.Tight))
		}
		if c.Kind != document.ListItem {
			s.layBlock(c)
			continue
		}
		marker, st := s.bullet(depth), s.theme.Item
		if b.Ordered {
			number := strconv.Itoa(n)
			marker, st = strings.Repeat(" ", max(widest-len(number), 0))+number+".", s.theme.Number
			n++
		}
		s.entry(c, marker, st, depth, b.Tight)
	}
}

func entries(b *document.Block) int {
	n := 0
	for _, c := range b.Children {
		if c.Kind == document.ListItem {
			n++
		}
	}
	return max(n, 1)
}

// bullet returns the sign of a list that is nested so deep.
func (s *setter) bullet(depth int) string {
	if s.theme.Bullet != "" && s.theme.Bullet != "•" {
		return s.theme.Bullet
	}
	return [...]string{"•", "◦", "▪"}[min(depth, 2)]
}

func (s *setter) entry(b *document.Block, marker string, st theme.Style, depth int, tight bool) {
	switch b.Task {
	case document.DoneTask:
		marker = s.theme.Ticked
	case document.OpenTask:
		marker = s.theme.Unticked
	}
	indent := ""
	if depth == 0 && s.width >= 40 {
		indent = "  "
	}
	first := indent + marker + " "
	s.within(edge{first: first, rest: strings.Repeat(" ", cell.Width(first)), style: st}, func() {
		s.blocks(b.Children, tight)
		if e := &s.edges[len(s.edges)-1]; !e.used {
			s.line()
		}
	})
}

// notes sets the footnotes: each behind its number, which leads back to its place in the text.
func (s *setter) notes(b *document.Block) {
	s.label(strings.Repeat("─", min(s.room(), 12)), s.theme.Rule)
	s.space(1)
	widest := 0
	for _, n := range b.Children {
		widest = max(widest, cell.Width(document.RaisedNumber(n.Number)))
	}
	for _, n := range b.Children {
		number := document.RaisedNumber(n.Number)
		pad := strings.Repeat(" ", max(0, widest-cell.Width(number)))
		s.within(edge{first: pad + number + " ", rest: strings.Repeat(" ", widest+1), style: s.theme.Quiet, link: n.Link}, func() {
			s.blocks(n.Children, false)
			if e := &s.edges[len(s.edges)-1]; !e.used {
				s.line()
			}
		})
	}
}
