package page

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"postern/sshapp/cell"
	"postern/sshapp/page/document"
	"postern/sshapp/page/theme"
	"postern/sshapp/picture"
)

// wideLayout typesets a post with more room than its text takes.
func wideLayout(body string, width, wide int) *Page {
	p := post(body)
	return layout(document.Read(p, nil), p, width, theme.Terminal(), Room{Wide: wide}, nil, nil)
}

// TestWide: what doesn't fit beside text takes what room there is, and text keeps its measure.
func TestWide(t *testing.T) {
	words := strings.Repeat("word ", 30)
	code := "```\n" + strings.Repeat("0123456789 ", 7) + "\n```"
	for _, tt := range []struct {
		name, source string
		want         []WideBlock
	}{
		{"text", words, nil},
		{"short code", "```\nshort\n```", nil},
		{"long code", words + "\n\n" + code, []WideBlock{{5, 5, 78, 19, true}}},
		{"code that is too long for all", "```\n" + strings.Repeat("0123456789 ", 15) + "\n```", []WideBlock{{0, 1, 100, 30, true}}},
		{"code in a list", "- a\n\n  " + strings.ReplaceAll(code, "\n", "\n  "), []WideBlock{{2, 3, 60, 0, false}}},
		{"a table", "|a|b|\n|-|-|\n|" + strings.Repeat("x", 30) + " y|" + strings.Repeat("z", 20) + "|", []WideBlock{{0, 2, 55, 7, false}}},
		{"a table of prose", "|a|b|\n|-|-|\n|b|" + words + "|", []WideBlock{{0, 5, 44, 2, false}}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := wideLayout(tt.source, 40, 100)
			if !slices.Equal(p.Wide, tt.want) {
				t.Errorf("wide blocks are %v, want %v:\n%s", p.Wide, tt.want, strings.Join(p.Plain(), "\n"))
			}
		})
	}
}

// TestWideLaws: no line is wider than it says, none of the others is wider than text, and the text is the same as on a page without that room.
func TestWideLaws(t *testing.T) {
	body := specimen(t).Body
	for _, width := range []int{20, 40, 76, 100} {
		narrow := New(post(body), width, theme.Terminal())
		for _, wide := range []int{0, 60, 80, 116, 160} {
			p := wideLayout(body, width, wide)
			limits := make([]int, len(p.Lines))
			for i := range limits {
				limits[i] = width
			}
			for _, w := range p.Wide {
				if w.Width <= width || w.Width > max(wide, width) || w.Outdent > (wide-width)/2 {
					t.Errorf("a block of a page of %d, in %d, is %v", width, wide, w)
				}
				for i := w.First; i <= w.Last; i++ {
					limits[i] = w.Width
				}
			}
			for i, line := range p.Lines {
				if n := cell.Width(ansi.Strip(withoutHanging(line, limits[i]))); n > limits[i] {
					t.Errorf("line %d is %d cells wide, more than %d: %q", i, n, limits[i], line)
				}
			}
			holdPlaces(t, p)
			if p.Characters() != narrow.Characters() || len(p.Blocks) != len(narrow.Blocks) {
				t.Errorf("a page of %d in %d has %d characters in %d blocks, and without more room %d in %d", width, wide,
					p.Characters(), len(p.Blocks), narrow.Characters(), len(narrow.Blocks))
			}
		}
	}
}

// TestWideIsShared: terminals of all widths share the page of a post that uses none of what they have more.
func TestWideIsShared(t *testing.T) {
	c := NewCache(1 << 20)
	text, code := post("text\n\n```\ncode\n```\n"), post("```\n"+strings.Repeat("code ", 20)+"\n```\n")
	text.Path, code.Path = "text.md", "code.md"
	code.Sum[0] = 1
	pages := map[string]bool{}
	for columns := 80; columns <= 300; columns++ {
		if c.Illustrated(nil, nil, text, 76, theme.Terminal(), Room{Wide: Wide(columns)}) != c.Page(nil, text, 76, theme.Terminal()) {
			t.Errorf("a terminal of %d columns has a page of its own", columns)
		}
		pages[fmt.Sprintf("%p", c.Illustrated(nil, nil, code, 76, theme.Terminal(), Room{Wide: Wide(columns)}))] = true
	}
	if n := len(pages); n < 2 || n > 22 {
		t.Errorf("a post with wide code has %d pages", n)
	}
}

// TestWidePictures: a picture is as wide as the window, if its height leaves it so, and its lines say so.
func TestWidePictures(t *testing.T) {
	_, e, p := illustratedBlog(t)
	room := Room{Wide: 116, Box: picture.Box{Rows: 40, Cell: picture.DefaultCell}}
	got := NewCache(1<<20).Illustrated(nil, e, p, 76, theme.Terminal(), room)
	widest := 0
	for _, x := range got.Pictures {
		widest = max(widest, x.Columns)
		within := slices.ContainsFunc(got.Wide, func(w WideBlock) bool {
			return x.First >= w.First && x.First+x.Rows-1 <= w.Last && w.Width >= x.Left+x.Columns
		})
		if x.Columns > 76 && !within {
			t.Errorf("a picture of %d columns is in none of the wide blocks %v", x.Columns, got.Wide)
		}
	}
	if widest <= 76 || widest > 116 {
		t.Errorf("the widest picture has %d columns", widest)
	}
}
