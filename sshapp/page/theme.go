package page

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"

	"charm.land/glamour/v2/ansi"
	"github.com/charmbracelet/colorprofile"
)

// A Theme says how a page looks. It is immutable, and made from a glamour style sheet, so that any of those is a theme.
// Postern lays blocks out itself: of a sheet it takes colors, attributes and the tokens of bullets, tasks, quotes and
// rules, and leaves margins, indents, templates ("format") and the "##" before headings.
type Theme struct {
	Name string

	// Foreground and Background are "#rrggbb" or a number from 0 to 255: the colors that the sheet wants for all of the
	// screen. Empty means the terminal's own. Lines don't paint the background: who shows a page does.
	Foreground, Background string

	// Colors is how many colors a terminal must have to show it: 0, 16, 256 or 1<<24.
	Colors int

	text, quote, quoteBar                             style
	headings                                          [7]style // by level, from 1
	emphasis, strong, deleted, link, picture          style
	code, marked, quiet                               style
	codeBlock, tableRule, rule, item, number, term    style
	alerts                                            map[string]style
	syntax                                            *syntaxStyles
	bullet, ticked, unticked, quoteToken, columnToken string
	rowToken, crossToken                              string
}

// A sheet is a glamour style sheet, and what Postern sets beyond what glamour knows. glamour passes over our keys.
type sheet struct {
	ansi.StyleConfig
	Quiet  ansi.StylePrimitive            `json:"postern_quiet"`
	Marked ansi.StylePrimitive            `json:"postern_mark"`
	Alerts map[string]ansi.StylePrimitive `json:"postern_alerts"`
}

//go:embed themes/*.json
var sheets embed.FS

var builtin = sync.OnceValue(func() map[string]*Theme {
	themes := map[string]*Theme{}
	for _, name := range Names() {
		data, err := sheets.ReadFile("themes/" + name + ".json")
		if err == nil {
			themes[name], err = LoadTheme(name, data)
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

// MaxSheet is the size of the largest style sheet that is taken, in bytes: ten times that of glamour's own.
const MaxSheet = 64 << 10

// LoadTheme makes a theme of a glamour style sheet in JSON. Its error names what is wrong and where.
func LoadTheme(name string, data []byte) (*Theme, error) {
	if len(data) > MaxSheet {
		return nil, fmt.Errorf("theme %s: %d bytes are more than a style sheet may have (%d)", name, len(data), MaxSheet)
	}
	var any map[string]any
	var s sheet
	err := json.Unmarshal(data, &any)
	if err == nil {
		err = json.Unmarshal(data, &s)
	}
	if err != nil {
		return nil, fmt.Errorf("theme %s%s", name, position(data, err))
	}
	t := newTheme(name, s)
	if t.Colors, err = needs(any, ""); err != nil {
		return nil, fmt.Errorf("theme %s: %w", name, err)
	}
	if theme := s.CodeBlock.Theme; theme != "" && s.CodeBlock.Chroma == nil && !hasSyntax(theme) {
		return nil, fmt.Errorf("theme %s: code_block: there is no chroma style %q", name, theme)
	}
	return t, nil
}

// position says where in a sheet an error of encoding/json lies.
func position(data []byte, err error) string {
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

// needs checks the colors of a sheet and returns how many a terminal must have to show them all.
func needs(v any, path string) (int, error) {
	object, _ := v.(map[string]any)
	most := 0
	for k, v := range object {
		at := strings.TrimPrefix(path+"."+k, ".")
		n, err := needs(v, at)
		if s, ok := v.(string); ok && (k == "color" || k == "background_color") {
			var c color
			if c, err = parseColor(s); err == nil {
				n = c.needs()
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

func (c color) needs() int {
	switch {
	case c == 0:
		return 0
	case c&direct != 0:
		return 1 << 24
	case c&0xffffff < 16:
		return 16
	}
	return 256
}
