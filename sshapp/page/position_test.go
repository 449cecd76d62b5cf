package page_test

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"postern/content"
	"postern/sshapp/page"
	"postern/sshapp/page/theme"
)

// A line of a page leads to the line of the file that its words stand on.
func TestSource(t *testing.T) {
	body := `alpha words

## beta

- gamma
- delta
  > epsilon

` + "```go\nzeta()\neta()\n```" + `

` + strings.Repeat("many words in a line ", 8) + `
theta ` + strings.Repeat("many words in a line ", 8) + `
iota ` + strings.Repeat("many words in a line ", 8) + `

| kappa | b |
| ----- | - |
| 1     | 2 |

![lambda](x.png)

mu[^1]

[^1]: nu

end
`
	const first = 6 // the line that the body begins on
	p := page.New(&content.Post{Title: "T", Body: body, BodyLine: first}, 60, theme.None())
	for word, most := range map[string]int{
		"alpha": 0, "beta": 0, "gamma": 0, "delta": 0, "epsilon": 0, "zeta()": 0, "eta()": 0, "theta": 1, "iota": 1, "kappa": 0, "lambda": 0, "mu": 0, "nu": 0, "end": 0,
	} {
		at := 0
		for ; !strings.Contains(" "+ansi.Strip(p.Lines[at]), " "+word); at++ {
		}
		var want int
		for i, l := range strings.Split(body, "\n") {
			if i := first + i; strings.Contains(l, word) && (word != "eta()" || !strings.Contains(l, "z")) && (word != "mu" || l == "mu[^1]") && (word != "end" || l == "end") && (word != "nu" || strings.Contains(l, "nu")) {
				want = i
			}
		}
		if got := p.Source(at); got < want-most || got > want+most {
			t.Errorf("%s on line %d of the page leads to line %d, not %d", word, at, got, want)
		}
	}
	if empty := page.New(&content.Post{Title: "T", BodyLine: 4}, 60, theme.None()); empty.Source(0) != 4 {
		t.Error("an empty post's line is", empty.Source(0))
	}
}

// A place stays in its text, whatever changes around it.
func TestFollow(t *testing.T) {
	typeset := func(body string) *page.Page { return page.New(&content.Post{Title: "T", Body: body}, 40, theme.None()) }
	long := strings.Repeat("some words of the long one ", 10)
	old := typeset("one\n\ntwo\n\n" + long + "\n\nfour\n\nfive\n")
	middle := page.Position{Block: 2, Text: 70}
	for name, c := range map[string]struct {
		body string
		want int
	}{
		"nothing":         {"one\n\ntwo\n\n" + long + "\n\nfour\n\nfive\n", 2},
		"added above":     {"zero\n\none\n\nmore\n\ntwo\n\n" + long + "\n\nfour\n\nfive\n", 4},
		"added below":     {"one\n\ntwo\n\n" + long + "\n\nfour\n\nmore\n\nfive\n\nsix\n", 2},
		"both":            {"zero\n\none\n\ntwo\n\n" + long + "\n\nfour\n\nfive\n\nsix\n", 3},
		"taken out above": {"two\n\n" + long + "\n\nfour\n\nfive\n", 1},
		"itself changed":  {"one\n\ntwo\n\n" + long + "and more\n\nfour\n\nfive\n", 2},
		"itself gone":     {"one\n\ntwo\n\nfour\n\nfive\n", 2},
		"all gone":        {"", 0},
	} {
		if got := typeset(c.body).Follow(old, middle); got.Block != c.want {
			t.Errorf("%s: block %d, not %d", name, got.Block, c.want)
		}
	}
}
