package page

import (
	"fmt"
	"strings"

	"postern/sshapp/cell"

	"postern/content/problem"
)

// Code, pictures and tables, as they are listened to.

// listing sets code as it is written. A line that is too long goes on below, at a blank if it has one: half a word can't be
// understood.
func (s *speaker) listing(b *block, name, language string) {
	source := strings.TrimRight(string(b.text), "\n") + "\n"
	n := strings.Count(source, "\n")
	if language != "" {
		language += ", "
	}
	s.block(CodeBlock, b, source, func() {
		s.announce(fmt.Sprintf("%s, %s%s:", name, language, problem.Count(n, "line")))
		for line := range strings.Lines(source) {
			s.written(untabbed(strings.TrimSuffix(line, "\n")))
		}
		s.announce("End of " + strings.ToLower(name) + ".")
	})
}

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

// untabbed returns a line with blanks up to each tab stop.
func untabbed(line string) string {
	var b strings.Builder
	for part := range strings.SplitAfterSeq(line, "\t") {
		text, found := strings.CutSuffix(part, "\t")
		b.WriteString(text)
		if found {
			b.WriteString(strings.Repeat(" ", tabStop-cell.Width(text)%tabStop))
		}
	}
	return b.String()
}

// figure says what a picture shows, or where it is if nobody has said that.
func (s *speaker) figure(b *block) {
	name := map[string]string{"video": "Video", "audio": "Sound", "iframe": "Embedded page", "embed": "Embedded page"}[b.media]
	_, place, _ := strings.Cut(b.file, " · ")
	if name == "" {
		name, place = "Picture", b.file
	}
	said := &block{kind: figure}
	switch {
	case b.captioned: // by its caption, which is next
		said.add(name+".", ours, b.link)
	case len(b.text) > 0:
		said.add(name+": ", ours, b.link)
		said.add(string(b.text), 0, b.link)
	case name == "Picture":
		said.add("Picture without a description: "+place, ours, b.link)
	default:
		said.add(name+": "+place, ours, b.link)
	}
	s.block(FigureBlock, b, "", func() { s.flow(said) })
}

// table sets a table row by row, each cell behind its column's name. Of two columns the first is as good a name.
func (s *speaker) table(b *block) {
	var rows []*block
	columns := 0
	for _, c := range b.inner {
		if c.kind != tableRow {
			s.one(c)
			continue
		}
		if len(c.inner) > 0 {
			rows = append(rows, c)
			columns = max(columns, len(c.inner))
		}
	}
	if len(rows) == 0 {
		return
	}
	s.block(TableBlock, b, "", func() {
		var labels []string
		head := rows[0]
		headed := head.header && len(rows) > 1
		if headed {
			rows = rows[1:]
		}
		s.announce(fmt.Sprintf("Table, %s, %s:", problem.Count(columns, "column"), problem.Count(len(rows), "row")))
		if headed {
			s.lead += "Columns: "
			s.row(head, nil, "; ")
			for _, c := range head.inner {
				labels = append(labels, labelOf(oneLine(c.plain())))
			}
		}
		for i, r := range rows {
			s.lead += fmt.Sprintf("Row %d. ", i+1)
			if columns == 2 && len(r.inner) == 2 && len(r.inner[0].text) > 0 { // what it is about, and what that is
				s.row(r, nil, ": ")
				continue
			}
			s.row(r, labels, "; ")
		}
		s.announce("End of table.")
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
func (s *speaker) row(r *block, labels []string, between string) {
	line := &block{kind: tableCell}
	for i, c := range r.inner {
		if len(c.text) == 0 {
			continue
		}
		if len(line.text) > 0 {
			line.add(between, ours, 0)
		}
		if i < len(labels) && labels[i] != "" {
			line.add(labels[i]+": ", ours, 0)
		}
		text := string(c.text)
		c.each(text, 0, len(text), func(text string, r textRun) { line.add(text, r.roles, r.link) })
	}
	s.flow(line)
}

// flow sets a leaf's text, with what its look would show said in words, behind what is to lead it.
func (s *speaker) flow(b *block) {
	said := &block{kind: b.kind}
	said.add(s.lead, ours, s.leadLink)
	s.lead, s.leadLink = "", 0
	text := string(b.text)
	begin := 0
	for i, r := range b.runs {
		before, after := textRun{}, textRun{}
		if i > 0 {
			before = b.runs[i-1]
		}
		if i+1 < len(b.runs) {
			after = b.runs[i+1]
		}
		s.run(said, text[begin:r.end], before, r, after)
		begin = r.end
	}
	all := string(said.text)
	last := 0
	for _, c := range wrap(said, all, s.width) {
		var line []fragment
		line, last = s.fragments(said, all, c, style{}, last)
		for i := range line {
			line[i].style = style{} // what some roles have in any theme
			if line[i].ours {
				line[i].text = strings.ReplaceAll(line[i].text, glue, " ")
			}
		}
		s.line(line...)
	}
}

// glue is a blank at which no line ends.
const glue = "\u00a0"

// run says a run of text that stands between two others.
func (s *speaker) run(said *block, text string, before, r, after textRun) {
	if r.roles&deleted != 0 && before.roles&deleted == 0 {
		said.add("(deleted: ", ours, 0)
	}
	begins := r.roles&picture != 0 && (before.roles&picture == 0 || before.link != r.link)
	ends := r.roles&picture != 0 && (after.roles&picture == 0 || after.link != r.link)
	switch {
	case r.roles&ours != 0 && r.link > 0 && s.links[r.link-1].kind == LinkNote:
		said.add(fmt.Sprintf(" (note"+glue+"%d)", s.links[r.link-1].to), ours, r.link)
	case begins && r.roles&ours != 0: // the name of its file, in brackets
		name := "picture without a description: "
		if strings.Contains(text, " · ") {
			name = ""
		}
		said.add("("+name+strings.Replace(strings.Trim(text, "[]"), " · ", ": ", 1), ours, r.link)
	case begins:
		said.add("(picture: ", ours, r.link)
		said.add(text, r.roles, r.link)
	case r.roles&ours != 0:
		said.add(signs.Replace(text), r.roles, r.link)
	default:
		said.add(text, r.roles, r.link)
	}
	if ends {
		said.add(")", ours, r.link)
	}
	if r.roles&deleted != 0 && after.roles&deleted == 0 {
		said.add(")", ours, 0)
	}
	if n := s.number(r.link); n > 0 && after.link != r.link {
		said.add(fmt.Sprintf(" (link"+glue+"%d)", n), ours, r.link)
	}
}

// signs are those of ours that say nothing aloud.
var signs = strings.NewReplacer("☑", "done:", "☐", "to do:")

// number returns what a link is called, or 0 for one that leads nowhere from here.
func (s *speaker) number(link int) int {
	if link == 0 {
		return 0
	}
	if l := s.links[link-1]; l.kind == LinkNote || l.kind == LinkImage && l.url == "" {
		return 0
	}
	if s.numbers[link-1] == 0 {
		s.order = append(s.order, link-1)
		s.numbers[link-1] = len(s.order)
	}
	return s.numbers[link-1]
}
