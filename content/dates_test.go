package content

import (
	"strings"
	"testing"

	"postern/content/problem"
)

// A date that is none is an error that says what to write, and the file's name serves instead.
func TestDateFallsBack(t *testing.T) {
	for _, c := range []struct{ name, text, day, problem string }{
		{"2024-01-02-x.md", "---\ndate: 2023-13-45\n---\nx\n", "2024-01-02", "is not a day"},
		{"2024-01-02-x.md", "---\ndate: 8/1/2025\n---\nx\n", "2024-01-02", "may be a day of two months"},
		{"x.md", "---\ndate: soon\ncreated: 2024-02-03\n---\nx\n", "2024-02-03", "is not a day"},
		{"x.md", "---\ndate: {created: 2024-02-03, updated: 2024-02-04}\n---\nx\n", "2024-02-03", ""},
		{"x.md", "---\npath: /2024/2/3/x\n---\nx\n", "2024-02-03", ""},
		{"2024-02-03/x.md", "x\n", "2024-02-03", ""},
		{"2024/02/03/x.md", "x\n", "2024-02-03", ""},
		{"x-2024-02-03.md", "x\n", "2024-02-03", ""},
		{"2024-2-3Topic.md", "x\n", "2024-02-03", ""},
		{"2024-02-03_x.md", "---\ndate: 2024-02-04\n---\nx\n", "2024-02-04", ""},
		{"x.md", "x\n", "", ""},
	} {
		l := blog(t, map[string]string{c.name: c.text})
		p := post(t, l, c.name)
		e, _ := worst(l.Problems(), problem.Error)
		if p.Day != c.day || !strings.Contains(e.Message, c.problem) || c.problem == "" && e.Message != "" {
			t.Errorf("%s: %s; %s", c.name, p.Day, e)
		}
		if c.problem != "" && (e.Line != 2 || !strings.Contains(e.Hint, "YYYY-MM-DD")) {
			t.Errorf("%s: %s", c.name, e)
		}
	}
}
