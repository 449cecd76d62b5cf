package page_test

import (
	"fmt"
	"strings"
	"testing"

	"postern/content"
	"postern/sshapp/page"
	"postern/sshapp/page/theme"
)

// markedText has words of all kinds of blocks that tests look for.
var markedText = `The first paragraph, of some words.

## A heading

A long one. ` + strings.Repeat("It goes on and on with many words. ", 12) + `Here is *the place* in the middle. ` + strings.Repeat("And it goes on behind that. ", 12) + `

- an item
- the second item
  with a line more

> a quote

` + "```go\nfunc code() {\n\n\treturn\n}\n```" + `

| name | grams |
| ---- | ----- |
| rye  | 500   |

The last paragraph.
`

// lineOf returns the first line of a page that has a text, from an earlier one on.
func lineOf(t *testing.T, p *page.Page, text string) int {
	t.Helper()
	for i, line := range p.Plain() {
		if strings.Contains(line, text) {
			return i
		}
	}
	t.Fatalf("no line has %q:\n%s", text, strings.Join(p.Plain(), "\n"))
	return 0
}

func marked(body string, width int, th *theme.Theme) (*content.Post, *page.Page) {
	post := &content.Post{Title: "T", Body: body, BodyLine: 4}
	return post, page.New(post, width, th)
}

// TestMark: what was read on at one width, or listened to, is found at another, and after the post was edited.
func TestMark(t *testing.T) {
	edits := map[string]func(string) string{
		"unchanged":           func(s string) string { return s },
		"a paragraph above":   func(s string) string { return "New, and " + strings.Repeat("longer than it was. ", 40) + "\n\n" + s },
		"the first taken out": func(s string) string { return strings.TrimPrefix(s, "The first paragraph, of some words.\n\n") },
		"the first reworded":  func(s string) string { return strings.Replace(s, "of some words", "of other and of more words", 1) },
		"something below":     func(s string) string { return s + "\n\nAnd a new end.\n" },
	}
	for _, word := range []string{"place", "the second item", "a quote", "return", "rye", "The last"} {
		for name, edit := range edits {
			for _, from := range []int{30, 76} {
				for _, to := range []int{24, 76} {
					for _, themes := range [][2]*theme.Theme{{theme.None(), theme.None()}, {theme.None(), page.Spoken()}, {page.Spoken(), theme.None()}} {
						was, old := marked(markedText, from, themes[0])
						is, now := marked(edit(markedText), to, themes[1])
						m := old.Mark(was, old.At(lineOf(t, old, word)))
						got := now.Line(now.Locate(is, page.ParseMark(m.String())))
						if want := lineOf(t, now, word); got > want || got < want-76/24-1 {
							t.Errorf("%s, %s, from %d to %d columns, %s to %s: %s: line %d, not %d", word, name, from, to, themes[0].Name, themes[1].Name, m, got, want)
						}
					}
				}
			}
		}
	}
}

// TestMarkOfAChangedParagraph: where the paragraph itself was changed, it is the one below the same paragraph.
func TestMarkOfAChangedParagraph(t *testing.T) {
	was, old := marked("One.\n\nTwo, which was read.\n\nThree.\n", 40, theme.None())
	m := old.Mark(was, old.At(lineOf(t, old, "Two")))
	is, now := marked("Much that is new.\n\nAnd more.\n\nOne.\n\nTwo, reworded.\n\nThree.\n", 40, theme.None())
	if got := now.Line(now.Locate(is, m)); got != lineOf(t, now, "Two") {
		t.Errorf("line %d", got)
	}
}

// TestMarkAmongEquals: of equal paragraphs it is the same one if nothing has changed.
func TestMarkAmongEquals(t *testing.T) {
	post, p := marked(strings.Repeat("The same again.\n\n", 30), 40, theme.None())
	for line := range p.Lines {
		at := p.At(line)
		if got := p.Locate(post, p.Mark(post, at)); got != at {
			t.Errorf("line %d is at %v, and its mark leads to %v", line, at, got)
		}
	}
}

// TestParseMark: any text leads somewhere in the post.
func TestParseMark(t *testing.T) {
	post, p := marked(markedText, 40, theme.None())
	_, empty := marked("", 40, theme.None())
	for _, s := range []string{"", "x", "1.2.3", "00000001.00000002.99999999999.99999999999", "00000001.00000002.-5.-7", "0.0.5.3", "ffffffff.ffffffff.1.1\n\x1b[0m"} {
		m := page.ParseMark(s)
		for _, on := range []*page.Page{p, empty} {
			if line := on.Line(on.Locate(post, m)); line < 0 || line > len(on.Lines) {
				t.Errorf("%q leads to line %d of %d", s, line, len(on.Lines))
			}
		}
		if got := page.ParseMark(m.String()); got != m {
			t.Errorf("%q: %v, then %v", s, m, got)
		}
	}
	if s := fmt.Sprint(p.Mark(post, page.Position{})); s != "" {
		t.Errorf("the beginning is %q", s)
	}
}
