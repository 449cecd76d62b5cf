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

	"github.com/spf13/pflag"

	"postern/content"
	"postern/content/settings"
	"postern/content/welcome"
	"postern/sshapp/blog"
	"postern/sshapp/command"
	"postern/sshapp/page"
	"postern/sshapp/page/theme"
)

// manual returns a page of the manual.
func manual(t *testing.T, name string) string {
	t.Helper()
	data, err := fs.ReadFile(welcome.FS, name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// reference returns README and the pages of the manual that describe the command line.
func reference(t *testing.T) string {
	text := readme(t)
	for _, name := range []string{"writing-a-post.md", "reading-locally.md", "checking.md", "publishing.md", "settings.md", "hosting.md", "flags.md", "several-machines.md"} {
		text += manual(t, name)
	}
	return text
}

// TestManualFlags holds the manual's tables of flags to the program's own, with their defaults.
func TestManualFlags(t *testing.T) {
	byMachine := []string{"data", "max-conns", "memory"}
	rows := map[string]string{}
	for _, m := range regexp.MustCompile("(?m)^\\| `--([a-z-]+)` \\| ([^|]*?) \\|").FindAllStringSubmatch(manual(t, "flags.md"), -1) {
		rows[m[1]] = m[2]
	}
	newServe().Flags().VisitAll(func(f *pflag.Flag) {
		want := "`" + f.DefValue + "`"
		if f.DefValue == "[]" || f.DefValue == "" {
			want = "none"
		}
		value, ok := rows[f.Name]
		if !ok {
			t.Errorf("the manual doesn't know --%s", f.Name)
		} else if value != want && !slices.Contains(byMachine, f.Name) {
			t.Errorf("the manual says that --%s is %s by default, and it is %s", f.Name, value, want)
		}
		delete(rows, f.Name)
	})
	for name := range rows {
		t.Errorf("the manual has --%s, and serve hasn't", name)
	}
}

// TestManualCommands holds the commands and flags that README and the manual name to those that exist.
func TestManualCommands(t *testing.T) {
	text := reference(t)
	for _, m := range regexp.MustCompile(`postern ([a-z]+)`).FindAllStringSubmatch(text, -1) {
		if c, _, err := newRoot().Find([]string{m[1]}); err != nil || c.Name() != m[1] {
			t.Errorf("there is no command, and it is named: postern %s", m[1])
		}
	}
	commands := newRoot().Commands()
	for _, c := range slices.Clone(commands) {
		if c.Name() != "completion" { // the library's own
			commands = append(commands, c.Commands()...)
		}
	}
	for _, c := range commands {
		if c.Name() != "version" && !strings.Contains(text, c.CommandPath()) {
			t.Errorf("nothing names %s", c.CommandPath())
		}
		c.Flags().VisitAll(func(f *pflag.Flag) {
			if !strings.Contains(text, "--"+f.Name) {
				t.Errorf("nothing names --%s of %s", f.Name, c.CommandPath())
			}
		})
	}
}

// TestManualReading holds the manual's table of what readers type to the commands that answer, and the names in their objects.
func TestManualReading(t *testing.T) {
	text := manual(t, "pipes.md")
	usages := map[string]bool{}
	for _, user := range []string{"", content.MemberName} {
		for _, usage := range command.Usages(user) {
			usages[usage] = true
			if row := "\n| `" + strings.ReplaceAll(usage, "|", `\|`) + "` |"; !strings.Contains(text, row) {
				t.Errorf("the manual has no row %s", row)
			}
		}
	}
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z]+)[^`]*` \\| [a-z]").FindAllStringSubmatch(text, -1) {
		if !slices.ContainsFunc(slices.Collect(maps.Keys(usages)), func(u string) bool { return strings.Fields(u)[0] == m[1] }) {
			t.Errorf("the manual has the command %s, and there is none", m[1])
		}
	}
	lib, err := content.Load(welcome.FS)
	if err != nil {
		t.Fatal(err)
	}
	b := &blog.Blog{Edition: lib.All, Pages: page.NewCache(1 << 20)}
	for line, list := range map[string]string{"ls --json": "posts", "search --json pipe": "finds", "tags --json": "tags"} {
		var out strings.Builder
		(&command.Call{Context: t.Context(), Stdout: &out, Stderr: io.Discard, Blog: b}).Run(line)
		var object map[string][]map[string]any
		if err := json.Unmarshal([]byte(out.String()), &object); err != nil || len(object) != 1 || len(object[list]) == 0 {
			t.Fatalf("%s: %v: %s", line, err, out.String())
		}
		for name := range object[list][0] {
			if !strings.Contains(text, "`"+name+"`") {
				t.Errorf("the manual doesn't know %s of %s", name, line)
			}
		}
	}
}

// TestManualAuthors holds the manual's tables of what authors type to their commands and the flags of those.
func TestManualAuthors(t *testing.T) {
	text := manual(t, "publishing.md") + manual(t, "statistics.md")
	flag := regexp.MustCompile(`--?[a-z][a-z-]*`)
	for name, usage := range command.Usages(content.AuthorName) {
		if !strings.Contains(text, "\n| `"+name) && name != command.Deploy {
			t.Errorf("the manual has no row for %s", usage)
		}
		for _, f := range flag.FindAllString(strings.TrimPrefix(usage, name), -1) {
			if !regexp.MustCompile("`[^`\n]*"+name+"[^`\n]*"+f).MatchString(text) && !strings.Contains(text, "`"+f+"`") {
				t.Errorf("the manual doesn't know %s of %s", f, name)
			}
		}
	}
}

// TestManualSettings holds the manual's table of settings to those that there are, and its examples to what is understood.
func TestManualSettings(t *testing.T) {
	table := exampleSettings(t, regexp.MustCompile("(?m)^\\| `([a-z-]+)` \\| `([^`]*)` \\|"), "settings.md")
	known := reflect.TypeFor[settings.Settings]()
	for i := range known.NumField() {
		name := known.Field(i).Tag.Get("toml")
		if name != "" && !table[name] {
			t.Errorf("the manual doesn't know the setting %s", name)
		}
	}
	exampleSettings(t, regexp.MustCompile("(?m)^([a-z]+) = (.+)$"), "writing-a-post.md")
}

// exampleSettings loads a blog with the examples of settings on a page of the manual, names and values, and returns their
// names.
func exampleSettings(t *testing.T, pattern *regexp.Regexp, name string) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	var file strings.Builder
	for _, m := range pattern.FindAllStringSubmatch(manual(t, name), -1) {
		names[m[1]] = true
		fmt.Fprintf(&file, "%s = %s\n", m[1], m[2])
	}
	lib, err := content.Load(fstest.MapFS{
		settings.File: {Data: []byte(file.String())}, "articles/a.md": {Data: []byte("---\ndate: 2024-01-01\n---\nx")}, "notes/b.md": {Data: []byte("---\ndate: 2024-01-01\n---\nx")},
		"pages/about.md": {Data: []byte("---\ntitle: About\n---\nx")}, "pages/now.md": {Data: []byte("---\ntitle: Now\n---\nx")},
	})
	if err != nil || len(names) == 0 || len(lib.Problems()) > 0 {
		t.Errorf("%s has %d settings: %v, %v", name, len(names), err, lib.Problems())
	}
	if _, err := theme.ForBlog(lib); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	return names
}

// TestManualPackages holds the manual's list of packages to those that there are, but for the tests' own.
func TestManualPackages(t *testing.T) {
	rows := map[string]bool{}
	for _, m := range regexp.MustCompile("(?m)^\\| `([a-z/]+)` \\| \\S").FindAllStringSubmatch(manual(t, "how-it-is-built.md"), -1) {
		rows["postern/"+m[1]] = true
	}
	all, err := exec.Command("go", "list", "postern/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for pkg := range strings.FieldsSeq(string(all)) {
		if !rows[pkg] && !strings.Contains(pkg, "/internal/") {
			t.Errorf("how-it-is-built.md doesn't say what %s is", pkg)
		}
		delete(rows, pkg)
	}
	for pkg := range rows {
		t.Errorf("how-it-is-built.md has the package %s, which doesn't exist", pkg)
	}
}

// TestManualFiles holds the names of files in "How it is built" to files that exist.
func TestManualFiles(t *testing.T) {
	for _, m := range regexp.MustCompile("`([a-z][a-z/_]*\\.[a-z]+)`").FindAllStringSubmatch(manual(t, "how-it-is-built.md"), -1) {
		if info, err := os.Stat("../../" + m[1]); err != nil || info.IsDir() {
			t.Errorf("how-it-is-built.md names the file %s, which doesn't exist", m[1])
		}
	}
}
