package content

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"postern/content/problem"
)

// What is made of each of the odd front matters of the corpus, most of which stop other generators or cost them the
// post. The title is what a person would read; an error says that they should mend it.
func TestCorpusMalformed(t *testing.T) {
	dir := filepath.Join(corpus(t), "_malformed")
	if _, err := os.Stat(dir); err != nil {
		t.Skip(err)
	}
	l, err := Load(rooted(t, dir))
	if err != nil {
		t.Fatal(err)
	}
	const asItStands = "is taken as it stands"
	cases := []struct {
		name, title, day, tags string
		line                   int
		severity               problem.Severity
		message                string
	}{
		{"01-colon-in-title", "Foo: bar", "2024-01-02", "", 2, problem.Error, asItStands},
		{"02-quote-then-text", `"Foo" bar`, "2024-01-02", "", 2, problem.Error, asItStands},
		{"03-tab-indent", "Foo", "", "a", 4, problem.Error, "what belongs to `tags:` can't be read"},
		{"04-at-sign", "@foo", "", "", 2, problem.Error, asItStands},
		{"05-single-quote-inside", "It's me", "", "", 2, problem.Error, asItStands},
		{"06-unclosed-flow", "Foo", "", "a|b", 3, problem.Error, asItStands},
		{"07-duplicate-key", "B", "", "", 3, problem.Warning, "twice"},
		{"08-no-closing", "Foo", "", "", 1, problem.Error, "no end"},
		{"09-star-title", "*bold* x", "", "", 2, problem.Error, asItStands},
		{"10-percent", "%x", "", "", 2, problem.Error, asItStands},
		{"11-bad-escape", `C:\dir`, "", "", 2, problem.Error, asItStands},
		{"12-trailing-space-delims", "Foo", "", "", 0, "", ""},
		{"13-bracket-title", "[Draft] foo", "", "", 2, problem.Error, asItStands},
		{"14-invalid-date", "Foo", "", "", 3, problem.Error, "is not a day"},
		{"15-invalid-date-str", "Foo", "", "", 3, problem.Error, "is not a day"},
		{"16-crlf", "Foo", "2024-01-02", "", 0, "", ""},
		{"17-bom", "Foo", "", "", 0, "", ""},
		{"18-leading-blank-line", "Foo", "", "", 0, "", ""},
		{"19-hash-value", "Foo", "", "", 0, "", ""},
		{"20-hash-comment", "Foo", "", "", 0, "", ""},
		{"21-bool-title", "no", "", "", 0, "", ""},
		{"22-int-title", "2024", "", "", 0, "", ""},
		{"23-sexagesimal", "12:30:45", "", "", 0, "", ""},
		{"24-date-title", "2024-01-02", "", "", 0, "", ""},
		{"25-dots-closing", "Foo", "", "", 0, "", ""},
		{"26-empty-fm", "26 empty fm", "", "", 0, "", ""},
		{"27-no-space-after-colon", "Foo", "", "", 2, problem.Error, "a blank is missing"},
		{"28-placeholder", "", "", "", 0, "", ""}, // left out: it is a template
		{"29-smart-quotes", "“Foo”: bar", "", "", 2, problem.Error, asItStands},
		{"30-unknown-tag", "bar", "", "", 0, "", ""},
		{"31-four-dashes", "Foo", "", "", 0, "", ""},
		{"32-hr-first", "32 hr first", "", "", 0, "", ""},
		{"33-null-title", "33 null title", "", "", 2, problem.Warning, "the title is empty"},
		{"34-list-title", "34 list title", "", "", 0, "", ""},
		{"35-octal", "007", "", "", 0, "", ""},
		{"36-anchor", "Foo", "", "", 0, "", ""},
		{"37-nbsp-indent", "Foo", "", "a", 4, problem.Error, "what belongs to `tags:` can't be read"},
		{"38-date-with-tz-name", "Foo", "2024-01-02", "", 0, "", ""},
		{"39-date-minutes", "Foo", "2024-01-02", "", 0, "", ""},
		{"40-date-space-offset", "Foo", "2024-01-02", "", 0, "", ""},
		{"41-toml-in-yaml", "Foo", "", "", 2, problem.Error, "TOML"},
		{"42-invalid-utf8", "Caf\ufffd", "", "", 2, problem.Warning, "not UTF-8"},
		{"43-utf16", "Foo", "", "", 0, problem.Warning, "UTF-16"},
	}
	problems := map[string]problem.Problem{}
	for _, p := range l.Problems() {
		problems[strings.TrimSuffix(p.File, ".md")] = p
	}
	for _, c := range cases {
		p := postAt(l, c.name+".md")
		if c.title == "" {
			if p != nil {
				t.Errorf("%s: %q is a post", c.name, p.Title)
			}
			continue
		}
		if p == nil {
			t.Errorf("%s: lost", c.name)
			continue
		}
		if tags := strings.Join(p.Tags, "|"); p.Title != c.title || p.Day != c.day || tags != c.tags || p.Draft != (c.name == "15-invalid-date-str") {
			t.Errorf("%s: %q, %q, %q, draft %t", c.name, p.Title, p.Day, tags, p.Draft)
		}
		if e := problems[c.name]; e.Severity != c.severity || e.Line != c.line && c.severity != "" || !strings.Contains(e.Message, c.message) {
			t.Errorf("%s: %s %s", c.name, e.Severity, e)
		}
	}
	if len(l.posts)+len(l.LeftOut()) != len(cases) {
		t.Errorf("%d posts, %d left out; want %d in all", len(l.posts), len(l.LeftOut()), len(cases))
	}
}
