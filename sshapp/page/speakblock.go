package page

import (
	"strings"

	"postern/sshapp/cell"
	"postern/sshapp/page/document"
	"postern/sshapp/page/formula"
	"postern/sshapp/page/theme"
)

// Code, formulas, pictures and tables, as they are listened to.

// code sets a block of code.
func (s *speaker) code(b *document.Block) {
	lines := s.words.Count(strings.Count(sourceOf(b), "\n"), "%d line", "%d lines")
	beginning := s.words.Say("Code, %s:", lines)
	if about := strings.Trim(b.Language+", "+b.Label, ", "); about != "" {
		beginning = s.words.Say("Code, %s, %s:", about, lines)
	}
	s.listing(b, beginning, s.words.Say("End of code."))
}

// listing sets a source as it is written. A line that is too long goes on below, at a blank if it has one: half a word can't be
// understood.
func (s *speaker) listing(b *document.Block, beginning, end string) {
	source := sourceOf(b)
	s.block(CodeBlock, b, source, func() {
		s.announce(beginning)
		for line := range strings.Lines(source) {
			s.written(cell.ExpandTabs(strings.TrimSuffix(line, "\n"), 0))
		}
		s.announce(end)
	})
}

// sourceOf returns the text of a block as it is written, with one line end at its end.
func sourceOf(b *document.Block) string { return strings.TrimRight(string(b.Text), "\n") + "\n" }

func (s *speaker) written(text string) {
	for {
		n, _ := cell.Fit(text, s.width)
		if blank := strings.LastIndexByte(text[:n], ' ') + 1; n < len(text) && strings.TrimSpace(text[:blank]) != "" {
			n = blank
		}
		s.line(fragment{text: text[:n]})
		if text = text[n:]; text == "" {
			return
		}
	}
}

// formula says a formula that stands by itself.
func (s *speaker) formula(b *document.Block) {
	text, ok := formula.Speak(s.macros.Expand(string(b.Text)), s.words)
	if !ok {
		lines := s.words.Count(strings.Count(sourceOf(b), "\n"), "%d line", "%d lines")
		s.listing(b, s.words.Say("Formula, %s:", lines), s.words.Say("End of formula."))
		return
	}
	said := &document.Block{Kind: document.MathBlock}
	said.Add(s.words.Say("Formula:")+" ", document.Generated, 0)
	said.AddRun(text+".", document.Run{Roles: document.Math, Stands: document.CountVisible(string(b.Text))})
	s.block(FormulaBlock, b, sourceOf(b), func() { s.flow(said) })
}

// figure says what a picture shows, or where it is if nobody has said that.
func (s *speaker) figure(b *document.Block) {
	name, isPicture := s.mediaName(b.Media)
	said := &document.Block{Kind: document.Figure}
	switch {
	case b.Captioned: // by its caption, which is next
		said.Add(name, document.Generated, b.Link)
	case len(b.Text) > 0:
		said.Add(name+" ", document.Generated, b.Link)
		said.Add(string(b.Text), 0, b.Link)
	case isPicture:
		said.Add(s.words.Say("Picture without a description: %s", b.File), document.Generated, b.Link)
	default:
		_, place, _ := strings.Cut(b.File, " · ")
		said.Add(name+" "+place, document.Generated, b.Link)
	}
	s.block(FigureBlock, b, "", func() { s.flow(said) })
}

// mediaName returns what introduces what is shown and is no text, and whether that is a picture.
func (s *speaker) mediaName(media string) (name string, isPicture bool) {
	switch media {
	case "video":
		return s.words.Say("Video:"), false
	case "audio":
		return s.words.Say("Sound:"), false
	case "iframe", "embed", "object":
		return s.words.Say("Embedded page:"), false
	}
	return s.words.Say("Picture:"), true
}

// table sets a table row by row, each cell behind its column's name. Of two columns the first is as good a name.
func (s *speaker) table(b *document.Block) {
	var rows []*document.Block
	for _, c := range b.Children {
		if c.Kind != document.TableRow {
			s.layBlock(c)
			continue
		}
		if len(c.Children) > 0 {
			rows = append(rows, c)
		}
	}
	if len(rows) == 0 {
		return
	}
	s.block(TableBlock, b, "", func() {
		var labels []string
		head := rows[0]
		headed := head.Header && len(rows) > 1
		if headed {
			rows = rows[1:]
		}
		columns := s.words.Count(b.Columns, "%d column", "%d columns")
		s.announce(s.words.Say("Table, %s, %s:", columns, s.words.Count(len(rows), "%d row", "%d rows")))
		if headed {
			s.introduce(s.words.Say("Columns:"))
			s.row(head, nil, "; ")
			for _, name := range columnNames(head) {
				labels = append(labels, labelOf(name))
			}
		}
		for i, r := range rows {
			s.introduce(s.words.Say("Row %d.", i+1))
			if b.Columns == 2 && len(r.Children) == 2 && len(r.Children[0].Text) > 0 { // what it is about, and what that is
				s.row(r, nil, ": ")
				continue
			}
			s.row(r, labels, "; ")
		}
		s.announce(s.words.Say("End of table."))
	})
}

// maxSpokenLabel bounds what is said again in each row of a column's name, in cells: a name is understood whole, and only
// one that is a sentence is cut.
const maxSpokenLabel = 40

// labelOf returns a column's name, or the first words of a long one, enough to know it by.
func labelOf(name string) string {
	if len(name) <= maxSpokenLabel {
		return name
	}
	short := cell.Shorten(name, maxSpokenLabel)
	if i := strings.LastIndexByte(short, ' '); i > 0 {
		return short[:i]
	}
	return short
}

// row sets the cells of a row that hold something, one behind the other.
func (s *speaker) row(r *document.Block, labels []string, between string) {
	line := &document.Block{Kind: document.TableCell}
	for _, c := range r.Children {
		if len(c.Text) == 0 {
			continue
		}
		if len(line.Text) > 0 {
			line.Add(between, document.Generated, 0)
		}
		if c.Column < len(labels) && labels[c.Column] != "" {
			line.Add(labels[c.Column]+": ", document.Generated, 0)
		}
		text := string(c.Text)
		c.EachRun(text, 0, len(text), func(text string, r document.Run) { line.AddRun(text, r) })
	}
	s.flow(line)
}

// flow sets a leaf's text, with what its look would show said in words, behind what is to lead it.
func (s *speaker) flow(b *document.Block) {
	said := &document.Block{Kind: b.Kind}
	said.Add(s.lead, document.Generated, s.leadLink)
	s.lead, s.leadLink = "", 0
	text := string(b.Text)
	begin := 0
	for i, r := range b.Runs {
		before, after := document.Run{}, document.Run{}
		if i > 0 {
			before = b.Runs[i-1]
		}
		if i+1 < len(b.Runs) {
			after = b.Runs[i+1]
		}
		s.run(said, text[begin:r.End], before, r, after)
		begin = r.End
	}
	all := string(said.Text)
	last := 0
	for _, c := range s.wrap(said, all, s.width) {
		var line []fragment
		line, last = s.fragments(said, all, c, theme.Style{}, last, textKind{})
		for i := range line {
			line[i].style = theme.Style{} // what some roles have in any theme
			if line[i].generated {
				line[i].text = strings.ReplaceAll(line[i].text, noBreakSpace, " ")
			}
		}
		s.line(line...)
	}
}

// noBreakSpace is a blank at which no line ends.
const noBreakSpace = "\u00a0"

// run says a run of text that stands between two others.
func (s *speaker) run(said *document.Block, text string, before, r, after document.Run) {
	if r.Roles&document.Deleted != 0 && before.Roles&document.Deleted == 0 {
		said.Add("("+s.words.Say("deleted:")+" ", document.Generated, 0)
	}
	begins := r.Roles&document.AltText != 0 && (before.Roles&document.AltText == 0 || before.Link != r.Link)
	ends := r.Roles&document.AltText != 0 && (after.Roles&document.AltText == 0 || after.Link != r.Link)
	switch {
	case r.Roles&document.Generated != 0 && r.Link > 0 && s.links[r.Link-1].Kind == document.LinkFootnote:
		said.Add(s.reference(s.words.Say("note %d", s.links[r.Link-1].Footnote)), document.Generated, r.Link)
	case begins && r.Roles&document.Generated != 0: // the name of its file, in brackets
		name := strings.Trim(text, "[]")
		media, place, _ := strings.Cut(name, " · ")
		if document.IsMediaName(media, s.words) {
			name = media + ": " + place
		} else {
			name = s.words.Say("picture without a description: %s", name)
		}
		said.Add("("+name, document.Generated, r.Link)
	case begins:
		said.Add("("+s.words.Say("picture:")+" ", document.Generated, r.Link)
		said.Add(text, r.Roles, r.Link)
	case r.Roles&document.Generated != 0:
		said.Add(s.spokenBoxes(text), r.Roles, r.Link)
	default:
		said.AddRun(text, r)
	}
	if ends {
		said.Add(")", document.Generated, r.Link)
	}
	if r.Roles&document.Deleted != 0 && after.Roles&document.Deleted == 0 {
		said.Add(")", document.Generated, 0)
	}
	if n := s.linkNumber(r.Link); n > 0 && after.Link != r.Link {
		said.Add(s.reference(s.words.Say("link %d", n)), document.Generated, r.Link)
	}
}

// reference returns what is said behind the words of a link. No line ends in it.
func (s *speaker) reference(name string) string {
	return " (" + strings.ReplaceAll(name, " ", noBreakSpace) + ")"
}

// spokenBoxes returns a text with what is said for the boxes of tasks.
func (s *speaker) spokenBoxes(text string) string {
	text = strings.ReplaceAll(text, "☑", s.words.Say("done:"))
	return strings.ReplaceAll(text, "☐", s.words.Say("to do:"))
}

// linkNumber returns the number that a link is called by, or 0 for one that leads nowhere from here.
func (s *speaker) linkNumber(link int) int {
	if link == 0 {
		return 0
	}
	if l := s.links[link-1]; l.Kind == document.LinkFootnote || l.Kind == document.LinkImage && l.URL == "" {
		return 0
	}
	if s.numbers[link-1] == 0 {
		s.order = append(s.order, link-1)
		s.numbers[link-1] = len(s.order)
	}
	return s.numbers[link-1]
}

// columnNames returns what the first row of a table says of each of its columns.
func columnNames(head *document.Block) []string {
	var names []string
	for _, c := range head.Children {
		name := document.OneLine(c.Plain())
		for len(names) < c.Column {
			names = append(names, "")
		}
		for range c.Columns {
			names = append(names, name)
		}
	}
	return names
}
