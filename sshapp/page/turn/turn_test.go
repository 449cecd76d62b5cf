package turn

import (
	"strings"
	"testing"

	"postern/content"
	"postern/sshapp/page"
	"postern/sshapp/page/theme"
)

// TestTurns: the next screen begins with the heading of a formula that this one would cut, and the one before ends with it.
func TestTurns(t *testing.T) {
	const formula = "$$\n\\frac{a}{\\frac{b}{c}}\n$$"
	p := page.New(&content.Post{Path: "a.md", Body: "## One\n\n" + strings.Repeat("Words.\n\n", 2) + "## Two\n\n" + formula + "\n\nThe end.\n"}, 40, theme.Terminal())
	const above = 3 // lines
	text := Text{Page: p, Above: above, Lines: above + len(p.Lines), Blank: func(line int) bool { return line != 1 }}
	two := above + p.Headings[1].Line
	formulaEnd := two + 7 // its rule, a blank line, five of the formula
	for _, height := range []int{9, 10, 11, 12} {
		if top := two - 3; top+height <= formulaEnd && text.Next(top, height) != two {
			t.Errorf("from line %d, %d lines go on at line %d, not at line %d", top, height, text.Next(top, height), two)
		}
		if begin, _ := text.Previous(formulaEnd-1, height); begin > two || begin+height <= formulaEnd {
			t.Errorf("%d lines before line %d begin at line %d, and the formula is in lines %d to %d", height, formulaEnd-1, begin, two, formulaEnd)
		}
	}
	if !text.IsBlank(0) || text.IsBlank(1) || text.IsBlank(two) {
		t.Error("lines are blank that aren't, or the other way round")
	}
}
