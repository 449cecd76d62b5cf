package content

import (
	"strings"
	"testing"

	"postern/content/problem"
)

// What can't have been meant is warned of at its place, and nothing else is.
func TestDoubts(t *testing.T) {
	for front, want := range map[string]string{
		"authors: 5":                         "is a number",
		"tags: {a: b}":                       "tags is a mapping",
		"series: {a: b}":                     "series is a mapping",
		"series: [x, y]":                     "one series",
		"lang: english":                      "not a language code",
		"lang: e":                            "not a language code",
		"lang: zz zz":                        "not a language code",
		`slug: "!!!"`:                        `of the slug "!!!" nothing can stand`,
		`slug: "🎉🎊"`:                         "nothing can stand",
		`slug: "c#-and-more"`:                `only "c" can stand`,
		`slug: what-is-c++`:                  `only "what-is-c" can stand`,
		`slug: f#`:                           `only "f" can stand`,
		`slug: 100€-and-more`:                `only "100-and-more" can stand`,
		`slug: Some Thing & Else`:            "",
		"authors: [Ann, {name: Ben}]":        "",
		"author: {name: Ben}":                "",
		"series: [x]":                        "",
		"lang: pt_BR":                        "",
		"lang: zh-Hant-TW":                   "",
		"lang: de_DE.UTF-8":                  "",
		"lang: haw":                          "",
		"slug: /2024/01/hello/":              "",
		`slug: "Hello, World!"`:              "",
		"slug: /":                            "",
		`slug: "/:year/:title/"`:             "",
		"slug: C++":                          `only "c" can stand`,
		"slug: \"%E6%97%A5%E6%9C%AC\"":       "",
		"tags: [5]":                          "",
		"taxonomies: {tags: [a]}\nextra: {}": "",
	} {
		_, problems := one(t, "---\ntitle: T\ndate: 2024-01-02\n"+front+"\n---\nx\n")
		switch {
		case want == "" && len(problems) > 0:
			t.Errorf("%s: %v", front, problems)
		case want != "" && (len(problems) != 1 || problems[0].Line != 4 || problems[0].Severity != problem.Warning || !strings.Contains(problems[0].Message, want)):
			t.Errorf("%s: %v", front, problems)
		}
	}
	_, problems := one(t, "+++\ntitle = 'T'\ndate = 2024-01-02\ntags = {a = 'b'}\n+++\nx\n")
	if len(problems) != 1 || problems[0].Line != 4 || !strings.Contains(problems[0].Message, "tags is a mapping") {
		t.Errorf("in TOML: %v", problems)
	}
}
