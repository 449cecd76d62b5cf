package theme

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"charm.land/glamour/v2/ansi"

	"postern/content/sanitize"
	"postern/sshapp/cell"
)

// A sheet is a style sheet of glamour with Postern's own keys, which glamour ignores.
type sheet struct {
	ansi.StyleConfig
	Quiet  ansi.StylePrimitive            `json:"postern_quiet"`
	Marked ansi.StylePrimitive            `json:"postern_mark"`
	Alerts map[string]ansi.StylePrimitive `json:"postern_alerts"`
}

// maxSheet is the size of the largest style sheet that is taken, in bytes: ten times that of glamour's own.
const maxSheet = 64 << 10

// Load makes a theme of a glamour style sheet in JSON. Its error names what is wrong and where.
func Load(name string, data []byte) (*Theme, error) {
	if len(data) > maxSheet {
		return nil, fmt.Errorf("theme %s: %d bytes are more than a style sheet may have (%d)", name, len(data), maxSheet)
	}
	var object map[string]any
	var s sheet
	err := json.Unmarshal(data, &object)
	if err == nil {
		err = json.Unmarshal(data, &s)
	}
	if err != nil {
		return nil, fmt.Errorf("theme %s%s", name, place(data, err))
	}
	t := newTheme(name, s)
	if t.Colors, err = colorsNeeded(object, ""); err != nil {
		return nil, fmt.Errorf("theme %s: %w", name, err)
	}
	if syntax := s.CodeBlock.Theme; syntax != "" && s.CodeBlock.Chroma == nil && !hasSyntax(syntax) {
		return nil, fmt.Errorf("theme %s: code_block: there is no chroma style %q", name, syntax)
	}
	return t, nil
}

// newTheme makes a theme of a style sheet. A color that is not valid counts as none.
func newTheme(name string, s sheet) *Theme {
	body := newStyle(s.Document.StylePrimitive)
	t := &Theme{
		Name:       name,
		Foreground: styleValue(s.Document.Color),
		Background: styleValue(s.Document.BackgroundColor),

		Text:      Style{Foreground: body.Foreground},
		Quote:     newStyle(s.BlockQuote.StylePrimitive),
		emphasis:  newStyle(s.Emph),
		strong:    newStyle(s.Strong),
		deleted:   newStyle(s.Strikethrough),
		link:      newStyle(s.LinkText).Over(Style{Attributes: newStyle(s.Link).Attributes}),
		picture:   newStyle(s.ImageText),
		Code:      newStyle(s.Code.StylePrimitive),
		CodeBlock: newStyle(s.CodeBlock.StylePrimitive),
		Rule:      newStyle(s.HorizontalRule),
		TableRule: newStyle(s.Table.StylePrimitive),
		Item:      newStyle(s.Item),
		Number:    newStyle(s.Enumeration),
		Term:      newStyle(s.DefinitionTerm),
		Quiet:     newStyle(s.Quiet),
		marked:    newStyle(s.Marked),
		Alerts:    map[string]Style{},
		Syntax:    newSyntax(s.CodeBlock),

		Bullet:      styleToken(s.Item.BlockPrefix, ""),
		Ticked:      styleToken(s.Task.Ticked, "☑"),
		Unticked:    styleToken(s.Task.Unticked, "☐"),
		QuoteToken:  styleToken(styleValue(s.BlockQuote.IndentToken), "│"),
		ColumnToken: styleToken(styleValue(s.Table.ColumnSeparator), "│"),
		RowToken:    styleToken(styleValue(s.Table.RowSeparator), "─"),
		CrossToken:  styleToken(styleValue(s.Table.CenterSeparator), "┼"),
	}
	if t.Quiet == (Style{}) {
		t.Quiet = Style{Attributes: Faint}
	}
	if t.marked == (Style{}) {
		t.marked = Style{Attributes: Reverse}
	}
	if t.TableRule == (Style{}) {
		t.TableRule = t.Rule
	}
	t.QuoteBar = Style{Foreground: t.Rule.Foreground, Attributes: t.Rule.Attributes}
	t.link.Attributes |= Underline
	all := newStyle(s.Heading.StylePrimitive)
	for i, h := range []ansi.StyleBlock{s.H1, s.H2, s.H3, s.H4, s.H5, s.H6} {
		t.Headings[i+1] = newStyle(h.StylePrimitive).Over(all)
	}
	for kind, c := range alertColors {
		t.Alerts[kind] = Style{Foreground: c, Attributes: Bold}
		if p, ok := s.Alerts[kind]; ok {
			t.Alerts[kind] = newStyle(p)
		}
	}
	return t
}

// alertColors are the colors of GitHub's alerts, out of the terminal's 16, for a sheet that gives none. The sheet without
// colors gives its own.
var alertColors = map[string]Color{
	"note": indexed | 4, "tip": indexed | 2, "important": indexed | 5, "warning": indexed | 3, "caution": indexed | 1,
}

func styleValue(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// styleToken returns a token of a sheet without the blanks around it, made safe, for the sheet may be anybody's. It returns
// instead for a token that is empty or wider than maxToken cells.
func styleToken(s, instead string) string {
	const maxToken = 3
	s = strings.TrimSpace(strings.ReplaceAll(sanitize.Text(s), "\n", " "))
	if cell.Width(s) > maxToken {
		return instead
	}
	return cmp.Or(s, instead)
}

// place says where in a sheet an error of encoding/json lies, and what it is.
func place(data []byte, err error) string {
	var at int64
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		at = syntax.Offset
	case errors.As(err, &kind):
		at = kind.Offset
		err = fmt.Errorf("%s is a %s, and can't be one", strings.TrimPrefix(kind.Field, "StyleConfig."), kind.Value)
	}
	line := 1 + bytes.Count(data[:min(int(at), len(data))], []byte("\n"))
	return fmt.Sprintf(":%d: %s", line, strings.TrimPrefix(err.Error(), "json: "))
}

// colorsNeeded checks the colors of a sheet and returns how many a terminal must have to show them all.
func colorsNeeded(v any, path string) (int, error) {
	object, _ := v.(map[string]any)
	most := 0
	for k, v := range object {
		at := strings.TrimPrefix(path+"."+k, ".")
		n, err := colorsNeeded(v, at)
		if s, ok := v.(string); ok && (k == "color" || k == "background_color") {
			var c Color
			if c, err = parseColor(s); err == nil {
				n = c.needed()
			} else {
				err = fmt.Errorf("%s: %w", at, err)
			}
		}
		if err != nil {
			return 0, err
		}
		most = max(most, n)
	}
	return most, nil
}
