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
