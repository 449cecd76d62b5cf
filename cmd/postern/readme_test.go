package main

import (
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/pflag"

	"postern/content"
	"postern/content/welcome"
	"postern/sshapp/page"
	"postern/sshapp/pipe"
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

// TestReadmeFlags holds README's tables of flags to the program's own, with their defaults.
func TestReadmeFlags(t *testing.T) {
	byMachine := []string{"data", "max-awake", "max-conns", "memory"}
	rows := map[string]string{}
	for _, m := range regexp.MustCompile("(?m)^\\| `--([a-z-]+)` \\| ([^|]*?) \\|").FindAllStringSubmatch(readme(t), -1) {
		rows[m[1]] = m[2]
	}
	newServe().Flags().VisitAll(func(f *pflag.Flag) {
		want := "`" + f.DefValue + "`"
		if f.DefValue == "[]" || f.DefValue == "" {
			want = "none"
		}
		value, ok := rows[f.Name]
		if !ok {
			t.Errorf("README doesn't know --%s", f.Name)
		} else if value != want && !slices.Contains(byMachine, f.Name) {
			t.Errorf("README says that --%s is %s by default, and it is %s", f.Name, value, want)
		}
		delete(rows, f.Name)
	})
	for name := range rows {
		t.Errorf("README has --%s, and serve hasn't", name)
	}
}

// TestReadmeCommands holds the commands and flags that README names to those that exist.
func TestReadmeCommands(t *testing.T) {
	text := readme(t)
	for _, m := range regexp.MustCompile(`postern ([a-z]+)`).FindAllStringSubmatch(text, -1) {
		if c, _, err := newRoot().Find([]string{m[1]}); err != nil || c.Name() != m[1] {
			t.Errorf("README names the command postern %s", m[1])
		}
	}
	for _, c := range newRoot().Commands() {
		if c.Name() != "version" && !strings.Contains(text, "postern "+c.Name()) {
			t.Errorf("README doesn't name postern %s", c.Name())
		}
		c.Flags().VisitAll(func(f *pflag.Flag) {
			if !strings.Contains(text, "--"+f.Name) {
				t.Errorf("README doesn't know --%s of postern %s", f.Name, c.Name())
			}
		})
	}
}

// TestReadmeReading holds README's table of what readers type to the commands that answer, and the names in their objects.
func TestReadmeReading(t *testing.T) {
	_, text, _ := strings.Cut(readme(t), "## Reading from a shell")
	text, _, _ = strings.Cut(text, "\n## ")
	usages := map[string]bool{}
	for _, usage := range pipe.Usages() {
		usages[usage] = true
		if row := "\n| `" + strings.ReplaceAll(usage, "|", `\|`) + "` |"; !strings.Contains(text, row) {
			t.Errorf("README has no row %s", row)
		}
	}
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z]+)[^`]*` \\| [a-z]").FindAllStringSubmatch(text, -1) {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(usages)), func(u string) bool { return strings.Fields(u)[0] == m[1] }) {
			t.Errorf("README has the command %s, and there is none", m[1])
		}
	}
	lib, err := content.Load(welcome.FS)
	if err != nil {
		t.Fatal(err)
	}
	blog := &tui.Blog{Edition: lib.All, Pages: page.NewCache(1 << 20)}
	for command, list := range map[string]string{"ls --json": "posts", "search --json pipe": "finds", "tags --json": "tags"} {
		var out strings.Builder
		(&pipe.Call{Context: t.Context(), Stdout: &out, Stderr: io.Discard, Blog: blog}).Run(command)
		var object map[string][]map[string]any
		if err := json.Unmarshal([]byte(out.String()), &object); err != nil || len(object) != 1 || len(object[list]) == 0 {
			t.Fatalf("%s: %v: %s", command, err, out.String())
		}
		for name := range object[list][0] {
			if !strings.Contains(text, "`"+name+"`") {
				t.Errorf("README doesn't know %s of %s", name, command)
			}
		}
	}
}

// TestReadmeSettings holds README's table of settings, and the manual's example, to those that there are, and the examples
// to what is understood.
func TestReadmeSettings(t *testing.T) {
	manual, err := fs.ReadFile(welcome.FS, "writing-a-post.md")
	if err != nil {
		t.Fatal(err)
	}
	rows, lines := map[string]string{}, map[string]string{}
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z]+)` \\| `([^`]*)` \\|").FindAllStringSubmatch(readme(t), -1) {
		rows[m[1]] = m[2]
	}
	for _, m := range regexp.MustCompile("(?m)^([a-z]+) = (.+)$").FindAllStringSubmatch(string(manual), -1) {
		lines[m[1]] = m[2]
	}
	settings := reflect.TypeFor[content.Settings]()
	for where, examples := range map[string]map[string]string{"README": rows, "the manual": lines} {
		var file strings.Builder
		for i := range settings.NumField() {
			name := settings.Field(i).Tag.Get("toml")
			if name == "" {
				continue
			}
			if examples[name] == "" {
				t.Errorf("%s doesn't know the setting %s", where, name)
			}
			fmt.Fprintf(&file, "%s = %s\n", name, examples[name])
		}
		lib, err := content.Load(fstest.MapFS{
			content.SettingsFile: {Data: []byte(file.String())}, "articles/a.md": {Data: []byte("---\ndate: 2024-01-01\n---\nx")},
			"pages/about.md": {Data: []byte("---\ntitle: About\n---\nx")}, "pages/now.md": {Data: []byte("---\ntitle: Now\n---\nx")},
		})
		if err != nil || len(lib.Problems()) > 0 {
			t.Errorf("%s: %v, %v", where, err, lib.Problems())
		}
		if _, err := page.LoadBlogTheme(lib); err != nil {
			t.Errorf("%s: %v", where, err)
		}
	}
}

// TestReadmePackages holds README's list of packages to those that there are, but for the tests' own.
func TestReadmePackages(t *testing.T) {
	_, text, _ := strings.Cut(readme(t), "## How it is built")
	text, _, _ = strings.Cut(text, "\n## ")
	rows := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^([a-z/]+)/ +\S`).FindAllStringSubmatch(text, -1) {
		rows["postern/"+m[1]] = true
	}
	all, err := exec.Command("go", "list", "postern/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for pkg := range strings.FieldsSeq(string(all)) {
		if !rows[pkg] && !strings.Contains(pkg, "/internal/") {
			t.Errorf("README doesn't say what %s is", pkg)
		}
		delete(rows, pkg)
	}
	for pkg := range rows {
		t.Errorf("README has the package %s, and there is none", pkg)
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
		app := tui.New(&tui.Blog{
			Edition: func() *content.Edition { return lib.At(time.Now()) }, Theme: page.Terminal, Pages: page.NewCache(1 << 20),
		}, tui.Reader{}, "")
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
