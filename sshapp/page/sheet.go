package page

import (
	"cmp"
	"strings"

	"charm.land/glamour/v2/ansi"

	"postern/content/sanitize"
	"postern/sshapp/cell"
)

// newTheme resolves a style sheet whose colors may still be wrong: they count as none.
func newTheme(name string, s sheet) *Theme {
	body := newStyle(s.Document.StylePrimitive)
	t := &Theme{
		Name:       name,
		Foreground: styleValue(s.Document.Color),
		Background: styleValue(s.Document.BackgroundColor),

		text:      style{fg: body.fg},
		quote:     newStyle(s.BlockQuote.StylePrimitive),
		emphasis:  newStyle(s.Emph),
		strong:    newStyle(s.Strong),
		deleted:   newStyle(s.Strikethrough),
		link:      newStyle(s.LinkText).over(style{attrs: newStyle(s.Link).attrs}),
		picture:   newStyle(s.ImageText),
		code:      newStyle(s.Code.StylePrimitive),
		codeBlock: newStyle(s.CodeBlock.StylePrimitive),
		rule:      newStyle(s.HorizontalRule),
		tableRule: newStyle(s.Table.StylePrimitive),
		item:      newStyle(s.Item),
		number:    newStyle(s.Enumeration),
		term:      newStyle(s.DefinitionTerm),
		quiet:     newStyle(s.Quiet),
		marked:    newStyle(s.Marked),
		alerts:    map[string]style{},
		syntax:    newSyntax(s.CodeBlock),

		bullet:      styleToken(s.Item.BlockPrefix, ""),
		ticked:      styleToken(s.Task.Ticked, "☑"),
		unticked:    styleToken(s.Task.Unticked, "☐"),
		quoteToken:  styleToken(styleValue(s.BlockQuote.IndentToken), "│"),
		columnToken: styleToken(styleValue(s.Table.ColumnSeparator), "│"),
		rowToken:    styleToken(styleValue(s.Table.RowSeparator), "─"),
		crossToken:  styleToken(styleValue(s.Table.CenterSeparator), "┼"),
	}
	if t.quiet == (style{}) {
		t.quiet = style{attrs: faint}
	}
	if t.marked == (style{}) {
		t.marked = style{attrs: inverse}
	}
	if t.tableRule == (style{}) {
		t.tableRule = t.rule
	}
	t.quoteBar = style{fg: t.rule.fg, attrs: t.rule.attrs}
	t.link.attrs |= underline
	all := newStyle(s.Heading.StylePrimitive)
	for i, h := range []ansi.StyleBlock{s.H1, s.H2, s.H3, s.H4, s.H5, s.H6} {
		t.headings[i+1] = newStyle(h.StylePrimitive).over(all)
	}
	for kind, c := range alertColors {
		t.alerts[kind] = style{fg: c, attrs: bold}
		if p, ok := s.Alerts[kind]; ok {
			t.alerts[kind] = newStyle(p)
		}
	}
	return t
}

// alertColors are those of GitHub's alerts, out of the terminal's 16, for a sheet that has none. A theme without
// colors gives its own.
var alertColors = map[string]color{
	"note": indexed | 4, "tip": indexed | 2, "important": indexed | 5, "warning": indexed | 3, "caution": indexed | 1,
}

func styleValue(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// styleToken returns the sign that a sheet gives, without its blanks and clean: a sheet is a file like any other. One that is
// empty or wider than maxToken is replaced.
func styleToken(s, instead string) string {
	const maxToken = 3
	s = strings.TrimSpace(strings.ReplaceAll(sanitize.Text(s), "\n", " "))
	if cell.Width(s) > maxToken {
		return instead
	}
	return cmp.Or(s, instead)
}
