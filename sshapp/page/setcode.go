package page

import (
	"strings"

	"postern/sshapp/cell"
	"postern/sshapp/page/document"
	"postern/sshapp/page/theme"
)

const (
	// codeMargin stands to the left of code. Where a line of code is longer than the page it goes on below, and the
	// margin says so: code is never cut, for a page has no lines that can be moved sideways, and never re-wrapped at
	// words. What copies code takes it from its Block, without any of this.
	codeMargin   = "  "
	codeContinue = "↳ "

	// CodeRoom is how many cells a line of code has on a page of [MaxMeasure], if it stands in nothing else.
	CodeRoom = MaxMeasure - len(codeMargin)
)

// listing sets code, and what else is shown as it is written.
func (s *setter) listing(b *document.Block) {
	source := strings.TrimRight(string(b.Text), "\n") + "\n"
	spans := s.theme.Syntax.Highlight(b.Language, source, &s.highlighted)
	base := s.theme.CodeBlock.Over(s.theme.Text)
	if b.Kind == document.MathBlock {
		spans, base = nil, s.theme.Code.Over(s.theme.Text)
	}
	if spans == nil {
		spans = []theme.Span{{End: len(source)}}
	}
	s.block(CodeBlock, b, source, func() {
		at := 0
		for line := range strings.Lines(source) {
			end := at + len(line)
			s.codeLine(source, at, end-1, spans, base)
			for len(spans) > 1 && spans[0].End <= end {
				spans = spans[1:]
			}
			at = end
		}
	})
}

// codeLine sets one line of code: the part of source from begin to end.
func (s *setter) codeLine(source string, begin, end int, spans []theme.Span, base theme.Style) {
	room := max(s.room()-len(codeMargin), 1)
	line := []fragment{generated(codeMargin, s.margin(base))}
	column, tabs := 0, 0
	flush := func() {
		if base.Background != 0 { // a background is a box: all its lines reach the page's edge
			line = append(line, generated(strings.Repeat(" ", max(room-column, 0)), base))
		}
		s.line(line...)
		line = []fragment{generated(codeContinue, s.margin(base).Over(s.theme.Quiet))}
		column = 0
	}
	for _, sp := range spans {
		if sp.End <= begin {
			continue
		}
		st := sp.Style.Over(base)
		text := source[begin:min(sp.End, end)]
		begin += len(text)
		for text != "" {
			if text[0] == '\t' {
				n := cell.TabStop - (column+tabs)%cell.TabStop
				if column+n > room {
					n = max(room-column, 0)
				}
				line = append(line, generated(strings.Repeat(" ", n), st))
				column += n
				text = text[1:]
				continue
			}
			stretch := text
			if i := strings.IndexByte(text, '\t'); i >= 0 {
				stretch = text[:i]
			}
			if column >= room {
				flush()
			}
			n, width := cell.Fit(stretch, room-column)
			if column+width > room && column > 0 { // not even one character fits
				flush()
				continue
			}
			line = append(line, fragment{text: stretch[:n], style: st})
			column += width
			text = text[n:]
		}
		if begin >= end {
			break
		}
	}
	flush()
}

// margin is how the blanks to the left of code are painted: as a part of its box, if it has one.
func (s *setter) margin(base theme.Style) theme.Style {
	return theme.Style{Background: base.Background}
}

// figure sets a picture: a frame with what it shows and the name of its file.
func (s *setter) figure(b *document.Block) {
	text := string(b.Text)
	if b.Captioned {
		text = ""
	}
	inner := max(s.room()-4, 1)
	var lines []cut
	widest := min(24, inner)
	if text != "" {
		lines = wrap(b, text, inner)
	}
	for _, c := range lines {
		widest = max(widest, c.width)
	}
	name := b.File
	caption := &document.Block{Kind: document.Figure}
	caption.Add(name, document.Quiet|document.Generated, b.Link)
	below := wrap(caption, name, inner)
	for _, c := range below {
		widest = max(widest, c.width)
	}
	frame := s.theme.Rule
	row := func(of *document.Block, text string, c cut, base theme.Style) {
		line, _ := s.fragments(of, text, c, base, 0)
		line = append([]fragment{generated("│ ", frame)}, line...)
		s.line(append(line, generated(strings.Repeat(" ", max(widest-c.width, 0))+" │", frame))...)
	}
	s.block(FigureBlock, b, "", func() {
		if s.room() < 5 {
			s.flow(caption, s.theme.Text)
			return
		}
		s.line(generated("╭"+strings.Repeat("─", widest+2)+"╮", frame))
		for _, c := range lines {
			row(b, text, c, s.theme.Text)
		}
		for _, c := range below {
			row(caption, name, c, s.theme.Text)
		}
		s.line(generated("╰"+strings.Repeat("─", widest+2)+"╯", frame))
	})
}
