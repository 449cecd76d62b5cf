package tui_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"postern/content"
	"postern/sshapp/internal/termtest"
	"postern/sshapp/page"
	"postern/sshapp/page/theme"
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
