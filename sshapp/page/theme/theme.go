// Package theme says how pages look: colors and attributes, from the style sheets of glamour.
package theme

import (
	"embed"
	"image/color"
	"sync"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"postern/sshapp/page/document"
)

// A Theme says how a page looks. It is immutable, and made from a glamour style sheet, so that any of those is a theme.
// Postern lays blocks out itself: of a sheet it takes colors, attributes and the tokens of bullets, tasks, quotes and
// rules, and leaves margins, indents, templates ("format") and the "##" before headings.
type Theme struct {
	Name string

	// Foreground and Background are "#rrggbb" or a number from 0 to 255: the colors that the sheet wants for all of the
	// screen. Empty means the terminal's own. Lines of a page don't paint the background: see [Theme.Fill].
	Foreground, Background string

	// Colors is how many colors a terminal must have to show it: 0, 16, 256 or 1<<24.
	Colors int

	Text, CodeBlock, Quote, Term Style
	Headings                     [7]Style         // by level, from 1
	Alerts                       map[string]Style // by the kinds that [document.Block] has
	Item, Number                 Style            // of what marks the items of lists
	Quiet                        Style            // of what stands back
	Code                         Style            // within a line
	Rule, TableRule, QuoteBar    Style
	Syntax                       *Syntax // nil for code in one style

	emphasis, strong, deleted, link, picture, marked Style

	Bullet                            string // empty for a bullet that depends on how deep its list is
	Ticked, Unticked                  string // boxes of tasks
	QuoteToken                        string // stands to the left of a quote
	ColumnToken, RowToken, CrossToken string // make the rules of tables
	DeletedToken                      string // stands before and behind deleted text; empty if its style is enough
}

//go:embed sheets/*.json
var sheets embed.FS

var builtin = sync.OnceValue(func() map[string]*Theme {
	themes := map[string]*Theme{}
	for _, name := range Names() {
		data, err := sheets.ReadFile("sheets/" + name + ".json")
		if err == nil {
			themes[name], err = Load(name, data)
		}
		if err != nil {
			panic(err) // the sheets are part of the program, and a test loads them
		}
	}
	return themes
})

// Names returns the names of the themes that Postern brings, the default first.
func Names() []string { return []string{"terminal", "dark", "light", "none"} }

// Lookup returns the theme of that name, or nil.
func Lookup(name string) *Theme { return builtin()[name] }

// Terminal returns the default theme: the reader's own foreground, background and 16 colors, so that it is right on
// dark and on light without asking the terminal anything.
func Terminal() *Theme { return Lookup("terminal") }

// None returns the theme without colors: attributes only, for NO_COLOR and for terminals that have none.
func None() *Theme { return Lookup("none") }

// Plain returns the theme of pages whose escapes are taken off, for a pipe: signs say what no attribute can.
func Plain() *Theme { return plain() }

var plain = sync.OnceValue(func() *Theme {
	t := *None()
	t.Name, t.DeletedToken = "plain", "~~"
	return &t
})

// Colors returns how many colors a terminal shows, as a theme counts them. One of 256 is taken to show a theme of true color,
// in the nearest of them: over SSH no COLORTERM arrives as a rule, and many more can than say so.
func Colors(profile colorprofile.Profile) int {
	switch {
	case profile <= colorprofile.ASCII:
		return 0
	case profile < colorprofile.ANSI256:
		return 16
	}
	return 1 << 24
}

// BackgroundColor returns the colour of the theme's background, nil for the terminal's own.
func (t *Theme) BackgroundColor() color.Color {
	c, err := parseColor(t.Background)
	switch {
	case err != nil:
		return nil
	case c&direct != 0:
		return color.RGBA{uint8(c >> 16), uint8(c >> 8), uint8(c), 255}
	}
	return ansi.IndexedColor(uint8(c))
}

// For returns the theme that a terminal of so many colors shows a blog in: this one if it can, else the reader's own palette,
// else none.
func (t *Theme) For(colors int) *Theme {
	for _, t := range []*Theme{t, Terminal()} {
		if t.Colors <= colors {
			return t
		}
	}
	return None()
}

// WithAccent returns the theme with headings, links and the marks of lists in one color, which is "#rrggbb" or a number from
// 0 to 255. A theme without colors stays without.
func (t *Theme) WithAccent(accent string) (*Theme, error) {
	c, err := parseColor(accent)
	if err != nil {
		return nil, err
	}
	if t.Colors == 0 {
		return t, nil
	}
	a := *t
	for i := range a.Headings {
		a.Headings[i].Foreground = c
	}
	a.link.Foreground, a.Item.Foreground, a.Number.Foreground = c, c, c
	a.Colors = max(t.Colors, c.needed())
	return &a, nil
}

// Title returns a line of a post's title, painted as the highest heading is, at least bold and without a background.
func (t *Theme) Title(line string) string {
	st := t.Headings[1]
	st.Attributes |= Bold
	st.Background = 0
	out := AppendChange(nil, Style{}, st)
	out = append(out, line...)
	return string(AppendChange(out, st, Style{}))
}

// Style returns how text in these roles is painted within a block that is painted like under.
func (t *Theme) Style(r document.Roles, under Style) Style {
	s := under
	for _, p := range [...]struct {
		document.Roles
		Style
	}{
		{document.Quiet | document.Small, t.Quiet}, {document.LinkText, t.link}, {document.AltText, t.picture}, {document.Emphasis, t.emphasis}, {document.Strong, t.strong},
		{document.Deleted, t.deleted}, {document.Inserted, Style{Attributes: Underline}}, {document.Code | document.Keyboard, t.Code}, {document.Marked, t.marked},
	} {
		if r&p.Roles != 0 {
			s = p.Style.Over(s)
		}
	}
	return s
}
