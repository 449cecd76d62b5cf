package page

import (
	"slices"
	"strings"

	"postern/sshapp/bidi"
	"postern/sshapp/page/document"
	"postern/sshapp/page/linebreak"
	"postern/sshapp/page/theme"
)

// figure sets a picture: the room for it, or else a frame with what it shows and the name of its file. Of a picture without words there is
// the name, on a line.
func (s *setter) figure(b *document.Block) {
	if b.Media == "image" {
		s.page.figures++
	}
	if found, ok := s.album.find(b); ok {
		s.picture(b, found)
		return
	}
	text, name := string(b.Text), b.File
	caption := &document.Block{Kind: document.Figure}
	isName := b.IsNamed(text)
	if isName {
		caption.Add(text, document.Quiet, b.Link)
	} else {
		caption.Add(name, document.Quiet|document.Generated, b.Link)
	}
	if text == "" || b.Captioned || isName {
		s.block(FigureBlock, b, "", func() {
			s.within(edge{first: "▣ ", rest: "  ", style: s.theme.Quiet}, func() { s.flowTo(caption, s.theme.Text, s.rightToLeft) })
		})
		return
	}
	inner := max(s.room()-4, 1)
	widest := min(24, inner)
	lines, below := s.wrap(b, text, inner), s.wrap(caption, name, inner)
	for _, c := range slices.Concat(lines, below) {
		widest = max(widest, c.Width)
	}
	frame := s.theme.Rule
	rows := func(of *document.Block, text string, lines []linebreak.Line) {
		kind := textKind{isRightToLeft: s.isRightToLeft(text)}
		for _, c := range lines {
			line, _ := s.fragments(of, text, c, s.theme.Text, 0, kind)
			if kind.isRightToLeft {
				line = append(directed(line, text[c.Begin:c.End], true), generated(bidi.End, theme.Style{}))
			}
			free := blanks(max(widest-c.Width, 0))
			if kind.isRightToLeft || s.rightToLeft {
				line = slices.Insert(line, 0, free)
			} else {
				line = append(line, free)
			}
			s.lineTo(s.rightToLeft, widest+4, slices.Concat([]fragment{generated("│ ", frame)}, line, []fragment{generated(" │", frame)})...)
		}
	}
	s.block(FigureBlock, b, "", func() {
		if s.room() < 5 {
			s.flow(caption, s.theme.Text)
			return
		}
		s.lineTo(s.rightToLeft, widest+4, generated("╭"+strings.Repeat("─", widest+2)+"╮", frame))
		rows(b, text, lines)
		rows(caption, name, below)
		s.lineTo(s.rightToLeft, widest+4, generated("╰"+strings.Repeat("─", widest+2)+"╯", frame))
	})
}

// picture sets the room for a picture, and below it what it shows or, where its caption says that, the name of its file.
func (s *setter) picture(b *document.Block, of location) {
	box := s.album.box
	box.Columns = s.wideRoom()
	columns, rows := box.Fit(of.info)
	left, indent := s.width-s.room(), 0
	if s.barsAtRight() {
		left = 0
	}
	if s.rightToLeft && left == 0 { // what stands beside it in a list would be to its right
		indent = max(0, s.room()-columns)
	}
	s.block(FigureBlock, b, "", func() {
		for row := range rows {
			s.line(blanks(indent), generated(outline(row, rows, columns), s.theme.Rule))
		}
		s.page.Pictures = append(s.page.Pictures, Picture{
			First: len(s.ends) - rows, Rows: rows, Left: left + indent, Columns: columns, File: of.file, sum: of.sum(), info: of.info, stamp: of.stamp,
		})
		below := &document.Block{Kind: document.Figure}
		if len(b.Text) > 0 && !b.Captioned {
			below.Add(string(b.Text), document.AltText|document.Small, b.Link)
		} else {
			below.Add(b.File, document.Generated|document.Quiet, b.Link)
		}
		s.flowTo(below, s.theme.Text, indent > 0 || s.isRightToLeft(string(below.Text)))
	})
}

// outline returns a row of an empty frame: what stands in the room for a picture until it is drawn.
func outline(row, rows, columns int) string {
	switch {
	case rows == 1:
		return strings.Repeat("─", columns)
	case columns == 1:
		return "│"
	case row == 0:
		return "╭" + strings.Repeat("─", columns-2) + "╮"
	case row == rows-1:
		return "╰" + strings.Repeat("─", columns-2) + "╯"
	}
	return "│" + strings.Repeat(" ", columns-2) + "│"
}
