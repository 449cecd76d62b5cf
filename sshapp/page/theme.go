package page

import (
	"charm.land/glamour/v2/ansi"
)

// A Theme says how a page looks: a glamour style sheet under a name. It is immutable.
type Theme struct {
	Name  string
	style ansi.StyleConfig
}

func ptr[T any](v T) *T { return &v }

// Terminal is the default theme: the reader's own foreground, background and 16 colours, so that it is right on dark
// and on light without asking the terminal anything.
func Terminal() *Theme {
	heading := func(p ansi.StylePrimitive) ansi.StyleBlock { return ansi.StyleBlock{StylePrimitive: p} }
	return &Theme{Name: "terminal", style: ansi.StyleConfig{
		Document: ansi.StyleBlock{Margin: ptr(uint(0))},
		BlockQuote: ansi.StyleBlock{
			StylePrimitive: ansi.StylePrimitive{Italic: ptr(true)},
			Indent:         ptr(uint(1)), IndentToken: ptr("│ "),
		},
		List:          ansi.StyleList{LevelIndent: 2},
		Heading:       ansi.StyleBlock{StylePrimitive: ansi.StylePrimitive{BlockSuffix: "\n", Bold: ptr(true)}},
		H1:            heading(ansi.StylePrimitive{Bold: ptr(true), Underline: ptr(true)}),
		H2:            heading(ansi.StylePrimitive{Bold: ptr(true), Color: ptr("4")}),
		H3:            heading(ansi.StylePrimitive{Bold: ptr(true)}),
		Strikethrough: ansi.StylePrimitive{CrossedOut: ptr(true)},
		Emph:          ansi.StylePrimitive{Italic: ptr(true)},
		Strong:        ansi.StylePrimitive{Bold: ptr(true)},
		HorizontalRule: ansi.StylePrimitive{
			Color: ptr("8"), Format: "\n────────\n",
		},
		Item:        ansi.StylePrimitive{BlockPrefix: "• "},
		Enumeration: ansi.StylePrimitive{BlockPrefix: ". "},
		Task:        ansi.StyleTask{Ticked: "☑ ", Unticked: "☐ "},
		Link:        ansi.StylePrimitive{Color: ptr("4"), Underline: ptr(true)},
		LinkText:    ansi.StylePrimitive{Color: ptr("4")},
		Image:       ansi.StylePrimitive{Color: ptr("4"), Underline: ptr(true)},
		ImageText:   ansi.StylePrimitive{Format: "[picture: {{.text}}]"},
		Code:        ansi.StyleBlock{StylePrimitive: ansi.StylePrimitive{Color: ptr("3")}},
		CodeBlock: ansi.StyleCodeBlock{
			StyleBlock: ansi.StyleBlock{Margin: ptr(uint(2))},
			Chroma: &ansi.Chroma{
				Keyword:       ansi.StylePrimitive{Bold: ptr(true)},
				Comment:       ansi.StylePrimitive{Italic: ptr(true)},
				LiteralString: ansi.StylePrimitive{Underline: ptr(false)},
			},
		},
		Table:                 ansi.StyleTable{CenterSeparator: ptr("┼"), ColumnSeparator: ptr("│"), RowSeparator: ptr("─")},
		DefinitionTerm:        ansi.StylePrimitive{Bold: ptr(true)},
		DefinitionDescription: ansi.StylePrimitive{BlockPrefix: "\n  "},
	}}
}
