package page

import (
	"slices"
	"strings"

	"postern/sshapp/cell"
	"postern/sshapp/page/document"
	"postern/sshapp/page/theme"
)

const (
	// codeMargin stands to the left of code, and codeContinue of what goes on from the line above: code is never cut, for a
	// page has no lines that can be moved sideways. What copies code takes it from its Block, without any of this.
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
	room := max(s.stretch(s.codeWidth(source))-len(codeMargin), 1)
	s.block(CodeBlock, b, source, func() {
		s.codeTitle(b)
		at := 0
		for line := range strings.Lines(source) {
			end := at + len(line)
			s.codeLine(source, at, end-1, spans, base, room)
			for len(spans) > 1 && spans[0].End <= end {
				spans = spans[1:]
			}
			at = end
		}
	})
}

// codeTitle sets the title of code above it, if it has one.
func (s *setter) codeTitle(code *document.Block) {
	title := &document.Block{Kind: document.Caption}
	title.Add(code.Label, document.Generated, 0)
	if code.Label != "" {
		s.within(edge{first: codeMargin, rest: codeMargin}, func() { s.flow(title, s.caption(title)) })
	}
}

// codeWidth returns the width of the widest line of code, with its margin, if that is more than there is room for beside other text.
func (s *setter) codeWidth(source string) int {
	widest := s.room()
	for line := range strings.Lines(source) {
		const most = cell.TabStop - 1 // that a tab adds to its byte
		if len(codeMargin)+len(line)-1+most*strings.Count(line, "\t") > widest {
			widest = max(widest, len(codeMargin)+cell.Width(cell.ExpandTabs(strings.TrimRight(line, " \t\n"), 0)))
		}
	}
	return widest
}

// codeLine sets one line of code, the part of source from begin to end, in lines of so many cells. Where it is longer it goes on below,
// behind a sign, and by that further in than it began.
func (s *setter) codeLine(source string, begin, end int, spans []theme.Span, base theme.Style, room int) {
	code := codeFragments(source, begin, end, spans, base)
	margin, sign := generated(codeMargin, s.margin(base)), generated(codeContinue, s.margin(base).Over(s.theme.Quiet))
	indent := indentation(code)
	row, code := splitCode(code, room)
	s.codeRow([]fragment{margin}, row, room, base)
	below, free := []fragment{sign}, room
	if indent+len(codeMargin) <= room/2 {
		below, free = []fragment{margin, generated(strings.Repeat(" ", indent), base), sign}, room-indent-len(codeMargin)
	}
	for len(code) > 0 {
		row, code = splitCode(code, free)
		s.codeRow(slices.Clone(below), row, free, base)
	}
}

// codeRow sets what is one line of the page. A background is a box: all its lines reach the page's edge.
func (s *setter) codeRow(line, row []fragment, room int, base theme.Style) {
	line = append(line, row...)
	if base.Background != 0 {
		for _, f := range row {
			room -= cell.Width(f.text)
		}
		line = append(line, generated(strings.Repeat(" ", max(room, 0)), base))
	}
	s.line(line...)
}

// codeFragments returns a line of code in its styles, with blanks in the place of tabs.
func codeFragments(source string, begin, end int, spans []theme.Span, base theme.Style) []fragment {
	var code []fragment
	column := 0
	for _, sp := range spans {
		if sp.End <= begin {
			continue
		}
		st := sp.Style.Over(base)
		text := source[begin:min(sp.End, end)]
		begin += len(text)
		for text != "" {
			stretch, rest, tab := strings.Cut(text, "\t")
			if stretch != "" {
				code = append(code, fragment{text: stretch, style: st})
				column += cell.Width(stretch)
			}
			if tab {
				n := cell.TabStop - column%cell.TabStop
				code = append(code, generated(strings.Repeat(" ", n), st))
				column += n
			}
			text = rest
		}
		if begin >= end {
			break
		}
	}
	return code
}

// indentation is how many blanks code begins with.
func indentation(code []fragment) int {
	n := 0
	for _, f := range code {
		rest := strings.TrimLeft(f.text, " ")
		n += len(f.text) - len(rest)
		if rest != "" {
			break
		}
	}
	return n
}

// splitCode returns the beginning of a line of code that fits into so many cells, and the rest without the blanks that it begins with. The
// beginning ends behind a blank, a comma, a parenthesis or else a dot or a slash, if there is one in its second half.
func splitCode(code []fragment, room int) (row, rest []fragment) {
	type place struct{ fragment, at int }
	var behind, dot place
	column, least := 0, max(room/2, indentation(code))
	for i, f := range code {
		for at := 0; at < len(f.text); {
			c, w := cell.Cluster(f.text[at:])
			if column+w > room && column > 0 {
				end := place{i, at}
				switch {
				case c == " ":
				case behind != place{}:
					end = behind
				case dot != place{}:
					end = dot
				}
				return cutCode(code, end.fragment, end.at)
			}
			column += w
			at += len(c)
			if column <= least {
				continue
			}
			switch c {
			case " ", ",", "(":
				behind = place{i, at}
			case ".", "/":
				dot = place{i, at}
			}
		}
	}
	return code, nil
}

// cutCode cuts a line of code at a place: within a fragment, so many bytes behind its beginning. No blanks are left there.
func cutCode(code []fragment, i, at int) (row, rest []fragment) {
	row = slices.Clone(code[:i+1])
	row[i].text = row[i].text[:at]
	rest = code[i:]
	rest[0].text = rest[0].text[at:]
	for len(rest) > 0 {
		if rest[0].text = strings.TrimLeft(rest[0].text, " "); rest[0].text != "" {
			break
		}
		rest = rest[1:]
	}
	for i >= 0 {
		if row[i].text = strings.TrimRight(row[i].text, " "); row[i].text != "" {
			break
		}
		i--
	}
	return row[:i+1], rest
}

// margin is how the blanks to the left of code are painted: as a part of its box, if it has one.
func (s *setter) margin(base theme.Style) theme.Style {
	return theme.Style{Background: base.Background}
}
