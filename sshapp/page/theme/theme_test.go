package theme

import (
	"math"
	"strings"
	"testing"
)

func TestThemes(t *testing.T) {
	for name, colors := range map[string]int{"terminal": 16, "dark": 1 << 24, "light": 1 << 24, "none": 0} {
		theme := Lookup(name)
		if theme == nil || theme.Name != name || theme.Colors != colors {
			t.Errorf("theme %s is %+v, want one of %d colors", name, theme, colors)
		}
	}
	if Lookup("nosuch") != nil {
		t.Error("there is a theme of no name")
	}
}

// TestContrast measures the full palettes: text has at least the contrast that WCAG 2.2 asks for (1.4.3).
func TestContrast(t *testing.T) {
	for _, name := range []string{"dark", "light"} {
		theme := Lookup(name)
		paper, _ := parseColor(theme.Background)
		check := func(what string, s Style) {
			ink, behind := s.Foreground, s.Background
			if ink == 0 {
				ink, _ = parseColor(theme.Foreground)
			}
			if behind == 0 {
				behind = paper
			}
			if c := contrast(ink, behind); c < 4.5 {
				t.Errorf("%s: %s has a contrast of %.2f, less than 4.5", name, what, c)
			}
		}
		for what, s := range map[string]Style{
			"text": theme.Text, "quote": theme.Quote, "link": theme.link, "code": theme.Code, "code block": theme.CodeBlock,
			"quiet": theme.Quiet, "mark": theme.marked, "strong": theme.strong, "bullet": theme.Item, "number": theme.Number,
			"picture": theme.picture, "term": theme.Term,
		} {
			check(what, s)
		}
		for _, s := range theme.Headings[1:] {
			check("heading", s)
		}
		for kind, s := range theme.Alerts {
			check(kind, s)
		}
		for kind, s := range theme.Syntax.of {
			check(kind.String(), s)
		}
	}
}

// contrast is the contrast ratio of WCAG 2.2.
func contrast(a, b Color) float64 {
	luminance := func(c Color) float64 {
		sum := 0.0
		for i, weight := range []float64{0.0722, 0.7152, 0.2126} {
			v := float64(c>>(8*i)&0xff) / 255
			if v <= 0.04045 {
				v /= 12.92
			} else {
				v = math.Pow((v+0.055)/1.055, 2.4)
			}
			sum += weight * v
		}
		return sum
	}
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestLoadThemeErrors(t *testing.T) {
	for _, tt := range []struct{ sheet, want string }{
		{`{"h1": {`, "theme x:1: unexpected end of JSON input"},
		{"{\n\"h1\": 3}", "theme x:2: h1 is a number, and can't be one"},
		{`{"h1": {"color": "#12"}}`, `theme x: h1.color: color "#12" is not of the form #rrggbb`},
		{`{"code_block": {"chroma": {"text": {"color": "red"}}}}`, `theme x: code_block.chroma.text.color: color "red" is neither #rrggbb nor a number from 0 to 255`},
		{`{"h1": {"color": "256"}}`, "neither #rrggbb nor a number"},
		{`{"code_block": {"theme": "nosuch"}}`, `theme x: code_block: there is no chroma style "nosuch"`},
		{strings.Repeat(" ", maxSheet+1), "more than a style sheet may have"},
	} {
		if _, err := Load("x", []byte(tt.sheet)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%.40s: got %v, want %s", tt.sheet, err, tt.want)
		}
	}
}

func TestChange(t *testing.T) {
	red, blue := indexed|1, indexed|12
	for _, tt := range []struct {
		from, to Style
		want     string
	}{
		{Style{}, Style{}, ""},
		{Style{}, Style{Attributes: Bold}, "\x1b[1m"},
		{Style{Attributes: Bold}, Style{}, "\x1b[m"},
		{Style{Attributes: Bold}, Style{Attributes: Bold | Italic}, "\x1b[3m"},
		{Style{Attributes: Bold | Italic}, Style{Attributes: Italic}, "\x1b[22m"},
		{Style{Attributes: Bold | Faint}, Style{Attributes: Faint}, "\x1b[0;2m"},
		{Style{Foreground: red}, Style{Foreground: blue}, "\x1b[94m"},
		{Style{Foreground: red, Attributes: Bold}, Style{Attributes: Bold}, "\x1b[39m"},
		{Style{}, Style{Foreground: direct | 0x010203, Background: indexed | 200}, "\x1b[38;2;1;2;3;48;5;200m"},
		{Style{Foreground: direct | 0x010203, Attributes: Bold | Underline}, Style{Foreground: red}, "\x1b[0;31m"},
	} {
		if got := string(AppendChange(nil, tt.from, tt.to)); got != tt.want {
			t.Errorf("from %v to %v takes %q, want %q", tt.from, tt.to, got, tt.want)
		}
	}
}

// TestFill: a line in a theme with a background never shows the terminal's own colours, and fills its width.
func TestFill(t *testing.T) {
	if got := Terminal().Fill("\x1b[1ma\x1b[m", 4); got != "\x1b[1ma\x1b[m" {
		t.Errorf("a theme without a background makes %q", got)
	}
	theme := &Theme{Foreground: "#010203", Background: "7"}
	const base = "\x1b[38;2;1;2;3;47m"
	for line, want := range map[string]string{
		"":                            base + "    \x1b[m",
		"ab":                          base + "ab  \x1b[m",
		"a\x1b[1mb\x1b[mc":            base + "a\x1b[1mb\x1b[m" + base + "c \x1b[m",
		"\x1b[0;1;39;49ma":            base + "\x1b[m" + base + "\x1b[1;38;2;1;2;3;47ma   \x1b[m",
		"\x1b[38;5;39;48;2;0;49;39ma": base + "\x1b[38;5;39;48;2;0;49;39ma   \x1b[m",
		"\x1b[38;5;1;58;5;39ma":       base + "\x1b[38;5;1;58;5;39ma   \x1b[m",
		"漢⚠️":                         base + "漢⚠️\x1b[m",
	} {
		if got := theme.Fill(line, 4); got != want {
			t.Errorf("%q becomes\n%q, want\n%q", line, got, want)
		}
	}
}
