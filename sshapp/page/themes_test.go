package page

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"charm.land/glamour/v2/styles"

	"postern/sshapp/page/theme"
)

func TestNoneHasNoColors(t *testing.T) {
	for i, l := range New(specimen(t), 76, theme.None()).Lines {
		for _, p := range strings.Split(l, "\x1b[")[1:] {
			p, _, _ = strings.Cut(p, "m")
			for n := range strings.SplitSeq(p, ";") {
				if len(n) > 1 && n[0] != '2' || strings.HasPrefix(p, "38") {
					t.Errorf("line %d sets a color: %q", i, l)
				}
			}
		}
	}
}

// TestGlamourThemes sets the specimen in every style sheet that glamour has: any of them is a th.
func TestGlamourThemes(t *testing.T) {
	p := specimen(t)
	for name, config := range styles.DefaultStyles {
		t.Run(name, func(t *testing.T) {
			data, err := json.Marshal(config)
			if err != nil {
				t.Fatal(err)
			}
			th, err := theme.Load(name, data)
			if err != nil {
				t.Fatal(err)
			}
			holdLaws(t, p, 60, th)
		})
	}
}

func TestHostileTheme(t *testing.T) {
	th, err := theme.Load("x", []byte(`{"item": {"block_prefix": "\u001b]0;x\u0007"}, "block_quote": {"indent_token": "\u001b[2J"},
		"task": {"ticked": "a very wide box"}, "table": {"row_separator": "═"}}`))
	if err != nil {
		t.Fatal(err)
	}
	holdLaws(t, specimen(t), 40, th)
}

// An accent is the colour of headings and links, where there are colours at all, and counts for what a terminal must show.
func TestAccented(t *testing.T) {
	text := post("# One\n\n[link](https://example.com) and `code`\n\n- item\n")
	for accent, c := range map[string]struct {
		sgr    string
		colors int
	}{"5": {"35", 16}, "12": {"94", 16}, "208": {"38;5;208", 256}, "#ff8700": {"38;2;255;135;0", 1 << 24}} {
		th, err := theme.Terminal().WithAccent(accent)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Join(New(text, 76, th).Lines, "\n")
		if n := strings.Count(lines, c.sgr); n < 3 {
			t.Errorf("%s is there %d times:\n%q", accent, n, lines)
		}
		if strings.Contains(lines, "\x1b[36") {
			t.Errorf("%s: there is cyan left:\n%q", accent, lines)
		}
		if th.Colors != c.colors || th.For(c.colors) != th || th.For(c.colors-1) == th {
			t.Errorf("%s wants %d colors", accent, th.Colors)
		}
	}
	if strings.Contains(strings.Join(New(text, 76, theme.Terminal()).Lines, "\n"), "\x1b[35") {
		t.Error("the theme itself has changed")
	}
	if th, err := theme.None().WithAccent("5"); err != nil || th != theme.None() {
		t.Errorf("without colors: %v, %v", th, err)
	}
	if _, err := theme.Terminal().WithAccent("mauve"); err == nil {
		t.Error("mauve is taken for a color")
	}
}

// TestFaint: what stands back is short. Text of more than two lines never does.
func TestFaint(t *testing.T) {
	long := strings.Repeat("so it is ", 20)
	for _, tt := range []struct {
		name, source string
		want         bool
	}{
		{"a caption", "![](b.png \"so\")", true},
		{"a long caption", "![](b.png \"" + long + "\")", false},
		{"small print", "a <small>so</small> c", true},
		{"long small print", "<small>" + long + "</small>", false},
		{"a quote", "> " + long, false},
		{"code", "```go\n// so\nvar a int\n```", false},
	} {
		text := strings.Join(New(post(tt.source), 60, theme.Terminal()).Lines, "\n")
		if got := faintWord.MatchString(text); got != tt.want {
			t.Errorf("%s: %q", tt.name, text)
		}
	}
}

var faintWord = regexp.MustCompile(`\x1b\[([0-9]+;)*2(;[0-9]+)*m(// )?so`)
