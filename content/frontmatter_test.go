package content

import (
	"slices"
	"strings"
	"testing"

	"postern/content/problem"
	"postern/content/sanitize"
)

// Every form of front matter says the same here: each must give the same post.
func TestForms(t *testing.T) {
	for name, text := range map[string]string{
		"yaml":             "---\ntitle: A day out\ndate: 2024-03-05\ntags: [sea, sand]\ndraft: true\n---\nHello.\n",
		"yaml dots":        "---\ntitle: A day out\ndate: 2024-03-05\ntags: [sea, sand]\ndraft: true\n...\nHello.\n",
		"yaml crlf":        "---\r\ntitle: A day out\r\ndate: 2024-03-05\r\ntags: [sea, sand]\r\ndraft: true\r\n---\r\nHello.\r\n",
		"yaml mark, blank": "\ufeff\n\n---  \ntitle: A day out\ndate: 2024-03-05\ntags: [sea, sand]\ndraft: true\n---\t\nHello.\n",
		"yaml list":        "---\nTitle: A day out\nDATE: 2024-03-05\ntags:\n- sea\n- sand\npublished: false\n---\nHello.\n",
		"four dashes":      "----\ntitle: A day out\ndate: 2024-03-05\ntags: [sea, sand]\ndraft: true\n----\nHello.\n",
		"named yaml":       "---yaml\ntitle: A day out\ndate: 2024-03-05\ntags: [sea, sand]\ndraft: true\n---\nHello.\n",
		"never opened":     "title: A day out\ndate: 2024-03-05\n\ntags:\n- sea\n- sand\n\ndraft: true\n---\nHello.\n",
		"toml":             "+++\ntitle = \"A day out\"\ndate = 2024-03-05\ndraft = true\n\n[taxonomies]\ntags = [\"sea\", 'sand']\n+++\nHello.\n",
		"toml in ---":      "---toml\ntitle = \"A day out\"\ndate = 2024-03-05T00:00:00Z\ndraft = true\ntags = [\"sea\", 'sand']\n---\nHello.\n",
		"json":             "{\n  \"title\": \"A day out\",\n  \"date\": \"2024-03-05\",\n  \"tags\": [\"sea\", \"sand\"],\n  \"draft\": true\n}\n\nHello.\n",
		"json in ---":      "---json\n{\"title\": \"A day out\", \"date\": \"2024-03-05\", \"tags\": [\"sea\", \"sand\"], \"draft\": true}\n---\nHello.\n",
		"header":           "Title: A day out\nDate: 2024-03-05\nTags: sea, sand\nStatus: draft\n\nHello.\n",
		"links":            "[title]: <> (A day out)\n[date]: <> (2024-03-05)\n[tags]: <> (sea, sand)\n[draft]: <> (true)\n\nHello.\n",
		"script":           "---js\nconst title = \"A day out\";\nconst date = \"2024-03-05\";\nconst tags = [\"sea\", \"sand\"];\n---\nHello.\n",
	} {
		t.Run(name, func(t *testing.T) {
			p, problems := one(t, text)
			if p.Title != "A day out" || p.Day != "2024-03-05" || !slices.Equal(p.Tags, []string{"sea", "sand"}) || !p.Draft || p.Summary != "Hello." {
				t.Errorf("got %q, %s, %q, draft %t, %q", p.Title, p.Day, p.Tags, p.Draft, p.Summary)
			}
			if got, want := strings.Split(strings.ReplaceAll(text, "\r", ""), "\n")[p.BodyLine-1], strings.SplitN(p.Body, "\n", 2)[0]; got != want {
				t.Errorf("line %d of the file is %q, and the body begins with %q", p.BodyLine, got, want)
			}
			if e, ok := worst(problems, problem.Error); ok {
				t.Error(e)
			}
		})
	}
}

// What only looks like a front matter is text, all of it.
func TestNoFrontMatter(t *testing.T) {
	for name, text := range map[string]string{
		"rule":          "---\n\nJust a rule above.\n\n---\n\nmore\n",
		"list":          "---\n- a\n- b\n---\nmore\n",
		"rule, no end":  "---\n\nJust a rule above.\n",
		"prose: colon":  "Note: this is prose.\n\nmore\n",
		"prose, quotes": "---\nNote that \"this\n---\nmore\n",
		"long rule":     "---\n\n" + strings.Repeat("A long text. ", 10_000) + "\n\n---\n\nmore\n",
		"template":      "{% include x %}\n\nmore\n",
		"brace":         "{not json}\n",
		"empty":         "",
		"one fence":     "---",
		"toml rule":     "+++\nno key\n",
	} {
		t.Run(name, func(t *testing.T) {
			p, problems := one(t, text)
			if p.Body != text || p.BodyLine != 1 {
				t.Errorf("body %q from line %d", p.Body, p.BodyLine)
			}
			if e, ok := worst(problems, problem.Error); ok {
				t.Error(e)
			}
		})
	}
}

// What is broken costs what is broken, and nothing else.
func TestBrokenFrontMatter(t *testing.T) {
	for _, c := range []struct {
		name, text, title string
		line, column      int
		message           string
	}{
		{"colon", "---\ndate: 2024-01-02\ntitle: One: two\ntags: [a, b]\n---\nx\n", "One: two", 3, 8, "`title:` can't be read"},
		{"text behind quotes", "---\ntitle: \"One\" two\n---\nx\n", `"One" two`, 2, 8, "`title:` can't be read"},
		{"brackets, then text", "---\ntitle: [Part 1] one\n---\nx\n", "[Part 1] one", 2, 8, "`title:` can't be read"},
		{"tab", "---\ntitle: One\ntags:\n\t- a\n---\nx\n", "One", 4, 1, "`tags:` can't be read"},
		{"no blank", "---\ntitle:One\n---\nx\n", "One", 2, 7, "a blank is missing"},
		{"toml", "---\ntitle = \"One\"\n---\nx\n", "One", 2, 9, "TOML"},
		{"no key", "---\ntitle: One\noops\n---\nx\n", "One", 3, 1, "not `key: value`"},
		{"no end", "---\ntitle: One\n\nx\n", "One", 1, 1, "no end"},
		{"toml, no quotes", "+++\ntitle = \"One\"\nauthor = Me\n+++\nx\n", "One", 3, 10, "TOML"},
		{"json, no comma", "---json\n{\n\"title\": \"One\"\n\"tags\": []\n}\n---\nx\n", "One", 4, 1, "JSON"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, problems := one(t, c.text)
			if p.Title != c.title || strings.TrimSpace(p.Body) != "x" {
				t.Errorf("title %q, body %q", p.Title, p.Body)
			}
			e, ok := worst(problems, problem.Error)
			if !ok || e.Line != c.line || c.column > 0 && e.Column != c.column || !strings.Contains(e.Message, c.message) || e.Hint == "" {
				t.Errorf("got %d:%d %s, want %d:%d %s", e.Line, e.Column, e, c.line, c.column, c.message)
			}
		})
	}
}

// A key that may have been meant to hide a post hides it, if it can't be read.
func TestUnreadableDraft(t *testing.T) {
	for text, draft := range map[string]bool{
		"---\ntitle: T\ndraft: [true\n---\nx\n":                   true,
		"---\ntitle: T\ndraft: maybe\n---\nx\n":                   true,
		"---\ntitle: T\ndraft: {a: b}\n---\nx\n":                  true,
		"---\ntitle: a: b\n  draft: true\n---\nx\n":               true,
		"---\ntitle: a: b\ndraft: true\n---\nx\n":                 true,
		"---\ntitle: a: b\ndraft: false\n---\nx\n":                false,
		"---\ntitle: T\ndraft:\n---\nx\n":                         false,
		"---\ntitle: T\ndraft: \"yes\"\n---\nx\n":                 true,
		"---\ntitle: T\npublished: 2024-01-02\n---\nx\n":          false,
		"---\ntitle: T\npublished: no\n---\nx\n":                  true,
		"---\ntitle: T\npublished: soon\n---\nx\n":                true,
		"---\ntitle: T\nstatus: skip\n---\nx\n":                   true,
		"---\ntitle: T\nstatus: published\n---\nx\n":              false,
		"+++\ntitle = \"T\"\nauthor = Me\ndraft = true\n+++\nx\n": true,
	} {
		if p, _ := one(t, text); p.Draft != draft {
			t.Errorf("draft is %t for %q", p.Draft, text)
		}
	}
}

// A title is what was written, whatever YAML would make of it.
func TestScalarsStay(t *testing.T) {
	for _, title := range []string{"2025", "007", "no", "12:30:45", "2024-01-02", "1_000", "0x1F", "1e3", ".5", "Yes", "NaN", "true"} {
		if p, _ := one(t, "---\ntitle: "+title+"\n---\nx\n"); p.Title != title {
			t.Errorf("%s became %s", title, p.Title)
		}
		if p, _ := one(t, "---json\n{\"title\": \""+title+"\"}\n---\nx\n"); p.Title != title {
			t.Errorf("%s became %s in JSON", title, p.Title)
		}
	}
	if p, _ := one(t, "+++\ntitle = 2025\n+++\nx\n"); p.Title != "2025" {
		t.Errorf("2025 became %s in TOML", p.Title)
	}
}

func TestKeys(t *testing.T) {
	p, problems := one(t, `---
name: "The  title\n"
pubDatetime: 2024-05-06T23:30:00-11:00
lastmod: 2024-06-07
excerpt: ""
desc: What it is about.
permalink: /2024/%C3%9Cber-Uns/index.html
url: /blog/about-us.html
redirect_from: [/old/a/, /old/b.html]
topics: sea, sand , sea
category: Trips
series: [Summers]
author: [{name: "[Ann](https://a.example)"}, {name: Bo}]
locale: pt_BR
unlisted: true
expires: 2031-01-01
title2: nothing
---
Body.
`, "x.md")
	if len(problems) > 0 {
		t.Error(problems)
	}
	for _, c := range []struct{ what, got, want string }{
		{"title", p.Title, "The title"},
		{"day", p.Day, "2024-05-06"},
		{"time", p.Time.UTC().String(), "2024-05-07 10:30:00 +0000 UTC"},
		{"updated", p.UpdatedDay, "2024-06-07"},
		{"summary", p.Summary, "What it is about."},
		{"slug", p.Slug, "über-uns"},
		{"aliases", strings.Join(p.Aliases, " "), "old/a old/b 2024/über-uns blog/about-us x"},
		{"tags", strings.Join(p.Tags, "|"), "sea|sand"},
		{"categories", strings.Join(p.Categories, "|"), "Trips"},
		{"series", p.Series, "Summers"},
		{"authors", strings.Join(p.Authors, "|"), "Ann|Bo"},
		{"lang", p.Lang, "pt-br"},
		{"expires", p.Expires.String(), "2031-01-01 00:00:00 +0000 UTC"},
	} {
		if c.got != c.want {
			t.Errorf("%s %q, want %q", c.what, c.got, c.want)
		}
	}
	if !p.Unlisted || p.Draft {
		t.Error("it should be unlisted, and no draft")
	}
}

// A key that is there twice counts once: the last one.
func TestDuplicateKeys(t *testing.T) {
	for _, text := range []string{
		"---\ntitle: One\ntitle: Two\n---\nx\n",
		"+++\ntitle = \"One\"\ntitle = \"Two\"\n+++\nx\n",
		"---json\n{\"title\": \"One\",\n\"title\": \"Two\"}\n---\nx\n",
		"Title: One\nTitle: Two\n\nx\n",
	} {
		p, problems := one(t, text)
		w, ok := worst(problems, problem.Warning)
		if p.Title != "Two" || !ok || !strings.Contains(w.Message, "twice") {
			t.Errorf("%q: %q, %v", text, p.Title, problems)
		}
	}
}

func TestTagsInOneString(t *testing.T) {
	const text = "---\ntitle: T\ndate: 2024-01-02\ntags: sea and sand\n---\nx\n"
	if p, _ := one(t, text); !slices.Equal(p.Tags, []string{"sea and sand"}) {
		t.Errorf("elsewhere: %q", p.Tags)
	}
	l := blog(t, map[string]string{"_posts/2024-01-02-p.md": text})
	if p := post(t, l, "_posts/2024-01-02-p.md"); !slices.Equal(p.Tags, []string{"sea", "and", "sand"}) {
		t.Errorf("Jekyll: %q", p.Tags)
	}
}

// Control characters stop here, in whatever way they came in.
func TestControlCharacters(t *testing.T) {
	p, problems := one(t, "---\ntitle: \"a\\e]0;x\\a\"\ntags: [\"\\x9b1m\"]\ndescription: \"a\\u202eb\"\nauthor: \"\\0\"\n---\nx\x1b[31m\x08 \xff &#27;\n")
	for _, s := range append([]string{p.Title, p.Summary, p.Body}, append(p.Tags, p.Authors...)...) {
		if sanitize.Text(s) != s {
			t.Errorf("%q holds a control character", s)
		}
	}
	w, ok := worst(problems, problem.Warning)
	if !ok || w.Line != 7 || w.Column != 2 || !strings.Contains(w.Message, "U+001B") {
		t.Errorf("got %v", problems)
	}
	if _, problems := one(t, "ab\ncd\xff\n"); len(problems) == 0 || problems[0].Line != 2 || problems[0].Column != 3 || !strings.Contains(problems[0].Message, "0xFF") {
		t.Errorf("got %v", problems)
	}
}

// TestDirections: what embeds or overrides a direction is left out, and other control characters are replaced still.
func TestDirections(t *testing.T) {
	p, problems := one(t, "---\ntitle: \u202b\u0633\u0644\u0627\u0645\u202c\n---\n\u202b\u06a9\u062f\u202c \u2066a\u2069\u202e\x08b\n")
	if p.Title != "\u0633\u0644\u0627\u0645" || !strings.Contains(p.Body, "\u06a9\u062f a\ufffdb") {
		t.Errorf("%q, %q", p.Title, p.Body)
	}
	w, ok := worst(problems, problem.Warning)
	if !ok || w.Line != 2 || w.Column != 8 || !strings.Contains(w.Message, "U+202B is left out") {
		t.Errorf("got %v", problems)
	}
}

// A key behind a tab is read, and the tab is named.
func TestTabBeforeKey(t *testing.T) {
	p, problems := one(t, "---\ntitle: Tabs\n\tdate: 2024-01-05\n\tdraft: true\ntags:\n  - a\n---\nx\n")
	if p.Title != "Tabs" || p.Day != "2024-01-05" || !p.Draft || len(p.Tags) != 1 {
		t.Errorf("%q, %q, draft %t, %v", p.Title, p.Day, p.Draft, p.Tags)
	}
	if len(problems) != 1 || problems[0].Line != 3 || problems[0].Column != 1 || !strings.Contains(problems[0].Message, `"date" begins with a tab`) {
		t.Errorf("%v", problems)
	}
}
