package main

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"postern/content"
	"postern/content/welcome"
	"postern/sshapp/blog"
	"postern/sshapp/page"
	"postern/sshapp/page/theme"
	"postern/sshapp/tui"
)

func readme(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestReadmeLength keeps README short: what there is to look up is in the manual.
func TestReadmeLength(t *testing.T) {
	if n := strings.Count(readme(t), "\n"); n > 200 {
		t.Errorf("README has %d lines", n)
	}
}

// TestReadmeLinks holds README's links to files that exist, and to all pages of the manual that are tagged as such.
func TestReadmeLinks(t *testing.T) {
	text := readme(t)
	for _, m := range regexp.MustCompile(`\]\(([^):]+)\)`).FindAllStringSubmatch(text, -1) {
		if _, err := os.Stat("../../" + m[1]); err != nil {
			t.Error(err)
		}
	}
	lib, err := content.Load(welcome.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range lib.All().Posts() {
		if slices.Contains(p.Tags, "manual") && !slices.Contains(p.Tags, "typography") && !strings.Contains(text, "](content/welcome/"+p.Path+")") {
			t.Errorf("README has no link to %s", p.Path)
		}
	}
}

// TestReadmeDependencies holds the table of dependencies to go.mod's direct ones.
func TestReadmeDependencies(t *testing.T) {
	data, err := os.ReadFile("../../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	text := readme(t)
	direct := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^\t(\S+) v\S+$`).FindAllStringSubmatch(string(data), -1) {
		direct[m[1]] = true
		if !strings.Contains(text, "| `"+m[1]+"` |") {
			t.Errorf("README gives no reason for %s", m[1])
		}
	}
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z.]+/\\S+)` \\|").FindAllStringSubmatch(text, -1) {
		if !direct[m[1]] {
			t.Errorf("README gives a reason for %s, which go.mod doesn't need", m[1])
		}
	}
}

// TestReadmePicture holds README's picture to what the program shows.
func TestReadmePicture(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(time.Until(time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC)))
		lib, err := content.Load(welcome.FS)
		if err != nil {
			t.Fatal(err)
		}
		app := tui.New(&blog.Blog{
			Edition: blog.Editions(func() *content.Library { return lib }), Theme: theme.Terminal, Pages: page.NewCache(1 << 20),
		}, blog.Reader{}, "")
		app.Update(tea.WindowSizeMsg{Width: 80, Height: 17})
		var screen strings.Builder
		for l := range strings.SplitSeq(ansi.Strip(app.View().Content), "\n") {
			screen.WriteString(strings.TrimRight(l, " ") + "\n")
		}
		if !strings.Contains(readme(t), "```text\n"+screen.String()+"```") {
			t.Errorf("README's picture isn't what is seen:\n%s", screen.String())
		}
	})
}
