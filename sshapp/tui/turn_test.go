package tui_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"postern/content"
	"postern/sshapp/internal/termtest"
	"postern/sshapp/page"
	"postern/sshapp/page/theme"
	"postern/sshapp/tui"
)

// TestTurnsShowAll: whoever turns the pages from one end to the other has seen all lines of a post, in windows of any height.
func TestTurnsShowAll(t *testing.T) {
	body, err := os.ReadFile("../page/testdata/specimen.md")
	if err != nil {
		t.Fatal(err)
	}
	body = append(body, "\n\n|a|b|\n|-|-|\n"+strings.Repeat("|c|d|\n", 40)+"\n\nThe end.\n"...)
	files := fstest.MapFS{"a.md": {Data: append([]byte("---\ntitle: T\ndate: 2026-01-01\n---\n"), body...)}}
	lib, err := content.Load(files)
	if err != nil {
		t.Fatal(err)
	}
	want := page.New(lib.At(today).Posts()[0], page.MaxMeasure, theme.Terminal()).Plain()
	for _, height := range []int{5, 6, 10, 17, 24, 40, 60} {
		for _, keys := range [][2]string{{"g", "space"}, {"G", "b"}} {
			t.Run(fmt.Sprint(height, keys), func(t *testing.T) {
				app, press := newApp(t, files, 80, height)
				press("enter " + keys[0])
				var screens [][]string
				for last := ""; len(screens) < 2000; {
					now := text(app)
					if now == last || strings.Contains(now, "Space again") || strings.Contains(now, "no next post") {
						break
					}
					last = now
					screens = append(screens, strings.Split(now, "\n"))
					app.Update(termtest.Msg(keys[1]))
				}
				if keys[1] == "b" {
					slices.Reverse(screens)
				}
				seen := slices.Concat(screens...)
				for _, line := range want {
					if line == "" {
						continue
					}
					at := slices.IndexFunc(seen, func(s string) bool {
						return len(s) > 2 && strings.TrimSpace(strings.TrimPrefix(s, "┊")) == strings.TrimSpace(line)
					})
					if at < 0 {
						t.Fatalf("nothing shows %q:\n%s", line, strings.Join(slices.Concat(screens[:min(9, len(screens))]...), "\n"))
					}
					seen = seen[at:]
				}
			})
		}
	}
}

// walk presses a key until it changes nothing more, and returns the lines of all screens, without margins and marks.
func walk(t *testing.T, app *tui.App, key string) (screens [][]string) {
	t.Helper()
	for last := ""; len(screens) < 2000; {
		now := text(app)
		if now == last || strings.Contains(now, "Space again") || strings.Contains(now, "no next post") {
			return screens
		}
		last = now
		lines := strings.Split(now, "\n")
		for i, l := range lines {
			lines[i] = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(l), "┊"))
		}
		screens = append(screens, lines)
		app.Update(termtest.Msg(key))
	}
	t.Fatal("no end")
	return nil
}

// blocksToTurn are kinds of text that a turn meets. Each has a number in it.
var blocksToTurn = []string{
	"Paragraph %d: " + strings.Repeat("some words of it ", 30), "Line %d.", "## Heading %d", "### Lower %d", "- item %d\n- item two\n- item three\n- item four",
	"```mermaid\ngraph TD\nA%d --> B\nB --> C\n```", "$$\n\\frac{x_{%d}}{\\frac{y}{z}}\n$$", "![A picture %d](a.png)\n*caption*", "```\ncode %d\none\n\ntwo\nthree\n```",
	"|a%d|b|\n|-|-|\n" + strings.Repeat("|c|d|\n", 9), "|a%d|b|\n|-|-|\n" + strings.Repeat("|c|"+strings.Repeat("long text of a cell ", 6)+"|\n", 4),
	"|" + strings.Repeat("name of a column %[1]d|", 12) + "\n|" + strings.Repeat("-|", 12) + strings.Repeat("\n|"+strings.Repeat("a cell|", 12), 2), "> Quote %d\n>\n> and more",
}

// TestTurnsKeepTogether: whoever turns the pages sees each diagram, formula, picture and table whole on one screen, if one can show it, and each
// heading with what follows. No screen goes on with the blank line between two rows of a table.
func TestTurnsKeepTogether(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for n := range 60 {
		var body strings.Builder
		for i := range 25 {
			fmt.Fprintf(&body, blocksToTurn[random.IntN(len(blocksToTurn))]+"\n\n", i)
		}
		files := fstest.MapFS{"a.md": {Data: []byte("---\ntitle: T\ndate: 2026-01-01\n---\n" + body.String())}}
		lib, err := content.Load(files)
		if err != nil {
			t.Fatal(err)
		}
		p := page.New(lib.At(today).Posts()[0], page.MaxMeasure, theme.Terminal())
		lines := p.Plain()
		for i, l := range lines {
			lines[i] = strings.TrimSpace(l)
		}
		height := 8 + random.IntN(40)
		text := height - 1
		if height >= 12 {
			text--
		}
		for _, keys := range [][2]string{{"g", "space"}, {"G", "b"}} {
			app, press := newApp(t, files, 80, height)
			press("enter " + keys[0])
			screens := walk(t, app, keys[1])
			shows := func(want []string) bool {
				return slices.ContainsFunc(screens, func(screen []string) bool {
					for i := range len(screen) - len(want) + 1 {
						if slices.Equal(screen[i:i+len(want)], want) {
							return true
						}
					}
					return false
				})
			}
			for i, b := range p.Blocks {
				want := lines[b.First : b.Last+1]
				switch b.Kind {
				case page.FormulaBlock, page.DiagramBlock, page.FigureBlock, page.TableBlock:
				case page.HeadingBlock:
					if i+1 == len(p.Blocks) || p.Blocks[i+1].Kind == page.HeadingBlock || text < 10 {
						continue
					}
					want = lines[b.First:min(p.Blocks[i+1].First+2, p.Blocks[i+1].Last+1)]
				default:
					continue
				}
				if len(want) <= text && !shows(want) {
					t.Fatalf("document %d: by %v no screen of %d lines has\n%s\n\n%s", n, keys, text, strings.Join(want, "\n"), strings.Join(slices.Concat(screens...), "\n"))
				}
			}
			for _, screen := range screens[1:] {
				if keys[1] == "space" && strings.Contains(screen[1], "┼") && strings.Trim(screen[2], "│ ") == "" {
					t.Fatalf("document %d: a screen goes on with a blank row:\n%s", n, strings.Join(screen, "\n"))
				}
			}
		}
	}
}

// TestNoTurn: where no page is turned, no line is marked as one that was there before.
func TestNoTurn(t *testing.T) {
	app, press := newApp(t, fstest.MapFS{
		"long.md":  {Data: []byte("---\ntitle: Long\ndate: 2026-01-02\n---\n" + strings.Repeat("A line of the text.\n\n", 30))},
		"short.md": {Data: []byte("---\ntitle: Short\ndate: 2026-01-01\n---\nA line.\n")},
	}, 80, 24)
	for _, keys := range []string{"enter b", "esc j enter b"} {
		if press(keys); strings.Contains(text(app), "┊") {
			t.Errorf("after %s:\n%s", keys, text(app))
		}
	}
	if press("esc k enter 9 space"); strings.Contains(text(app), "┊ next") {
		t.Errorf("after more turns than there are pages:\n%s", text(app))
	}
	if press("b"); !strings.Contains(text(app), "┊") {
		t.Errorf("no mark where one is turned:\n%s", text(app))
	}
}
