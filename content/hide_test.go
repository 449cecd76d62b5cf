package content

import (
	"strings"
	"testing"
	"time"

	"postern/content/problem"
)

// What may be a draft is held back, and said to be.
func TestSlipsHide(t *testing.T) {
	for _, c := range []struct {
		front           string
		draft, unlisted bool
	}{
		{"drafts: true", true, false},
		{"darft: true", true, false},
		{"Darft: yes", true, false},
		{"darft: ture", true, false},
		{"rdaft: true", true, false},
		{"is_draft: true", true, false},
		{"isDraft: true", true, false},
		{"draft: false\ndrafts: true", true, false},
		{"publised: false", true, false},
		{"publishd: no", true, false},
		{"publish: false", true, false},
		{"unpublished: true", true, false},
		{"stauts: draft", true, false},
		{"statsu: skip", true, false},
		{"status: darft", true, false},
		{"hidden: maybe", true, false},
		{"unlited: true", false, true},
		{"stauts: hidden", false, true},
		{"drafts: false", false, false},
		{"drafts:", false, false},
		{"craft: beer", false, false},
		{"publisher: Someone", false, false},
		{"publised: true", false, false},
		{"publish: true", false, false},
		{"unpublished: false", false, false},
		{"stauts: published", false, false},
		{"status: published", false, false},
		{"status: publish", false, false},
	} {
		for form, text := range map[string]string{
			"YAML":  "---\ntitle: T\ndate: 2024-01-02\n" + c.front + "\n---\nx\n",
			"lines": "title: T\ndate: 2024-01-02\n" + c.front + "\n\nx\n",
		} {
			p, problems := one(t, text)
			w, warned := worst(problems, problem.Warning)
			if p.Draft != c.draft || p.Unlisted != c.unlisted {
				t.Errorf("%s, %s: draft %t, unlisted %t", form, c.front, p.Draft, p.Unlisted)
			}
			if hidden := c.draft || c.unlisted; hidden && (!warned || w.Line != lineOf(text, c.front)) {
				t.Errorf("%s, %s: %v", form, c.front, problems)
			}
		}
	}
	if p, _ := one(t, "---\ntitle: T\ndate: 2024-01-02\ndraft: true\ndrafts: false\npublised: true\n---\nx\n"); !p.Draft {
		t.Error("a slip shows a draft")
	}
}

// lineOf returns the line on which the last line of what stands in a text begins.
func lineOf(text, what string) int {
	at := strings.Index(text, what) + strings.LastIndexByte("\n"+what, '\n')
	return 1 + strings.Count(text[:at], "\n")
}

// A date that can't be read breaks no holdBack: the post waits for the last day that may be meant, stays a post, and the
// error says so.
func TestMisdatedWaits(t *testing.T) {
	const never = ""
	for _, c := range []struct{ front, until, says string }{
		{"date: 2027-02-30", "2027-02-28", "waits until 2027-02-28 is over"},
		{"date: 2027-13-01", "2027-12-31", "waits until 2027-12-31 is over"},
		{"date: 12/11/2027", "2027-12-31", "waits until 2027-12-31 is over"},
		{"date: 25/11/2027", "2027-11-30", "waits until 2027-11-30 is over"},
		{"date: 31.11.2027", "2027-11-30", "waits"},
		{"date: February 2027", "2027-12-31", "waits"},
		{"date: 20270305", "2027-12-31", "waits"},
		{`date: "2027-03-05`, "2027-12-31", ""},
		{"date: [2027-02-30]", "2027-02-28", "waits"},
		{"pubDate: 2027-02-30\ncreated: 2026-13-01", "2027-02-28", "waits"},
		{"dtae: 2027-03-05", "2027-03-04", "did you mean date?"},
		{"dat: 2027-03-05", "2027-03-04", "did you mean date?"},
		{"date: 2023-13-45", "2023-12-31", "waits until 2023-12-31 is over"},
		{"date: 2027-02-30\ncreated: 2024-05-06", "2024-05-05", "is not a day"},
		{"date: soon", never, "a draft until it has one"},
		{"date: 227-01-01", never, "a draft until it has one"},
	} {
		l := blog(t, map[string]string{"a.md": dated, "b.md": dated, "p.md": "---\ntitle: T\n" + c.front + "\n---\nx\n"})
		p := post(t, l, "p.md")
		said := ""
		for _, e := range l.Problems() {
			said += e.String() + "\n"
		}
		if !strings.Contains(said, c.says) || c.says != "did you mean date?" && p.Page {
			t.Errorf("%s: page %t, %s", c.front, p.Page, said)
		}
		if p.Draft != (c.until == never) {
			t.Errorf("%s: draft %t", c.front, p.Draft)
		}
		if c.until == never {
			continue
		}
		over, err := time.Parse(time.DateOnly, c.until)
		if err != nil {
			t.Fatal(err)
		}
		over = over.AddDate(0, 0, 1)
		if _, early := l.At(over.Add(-2 * time.Second)).Find("p"); early {
			t.Errorf("%s: it is shown before %s is over", c.front, c.until)
		}
		if _, shown := l.At(over).Find("p"); !shown {
			t.Errorf("%s: it is not shown when %s is over", c.front, c.until)
		}
	}
}

// What looks like a front matter and can't be read as one holds the post back, and is named with its line.
func TestFrontMatterThatIsNotUnderstood(t *testing.T) {
	const keys = "title: T\ndate: 2024-01-02\ndraft: true\n"
	for name, c := range map[string]struct {
		text string
		line int
	}{
		"a blank before the fence":     {" ---\n" + keys + "---\nx\n", 1},
		"an em dash":                   {"—\n" + keys + "—\n\nx\n", 1},
		"an em dash and a hyphen":      {"—-\n" + keys + "—-\n\nx\n", 1},
		"two hyphens":                  {"--\n" + keys + "--\n\nx\n", 1},
		"a trailing comma":             {"{\n  \"title\": \"T\",\n  \"draft\": true,\n}\n\nx\n", 1},
		"a comment above":              {"\n# my notes\n---\n" + keys + "---\nx\n", 3},
		"an HTML comment above":        {"<!-- notes -->\n---\n" + keys + "---\nx\n", 2},
		"a block of code":              {"```yaml\n---\n" + keys + "---\n```\nx\n", 1},
		"a block of code without ---":  {"```yaml\n" + keys + "```\nx\n", 1},
		"no end, and an unknown key":   {"---\nautor: Me\n" + keys + "\nx\n", 1},
		"two plus signs":               {"++\ntitle = \"T\"\ndraft = true\n++\n\nx\n", 1},
		"a merge within it":            {"---\ntitle: T\n<<<<<<< HEAD\ndraft: true\n=======\ndraft: false\n>>>>>>> main\n---\nx\n", 3},
		"a merge within TOML":          {"+++\n<<<<<<< HEAD\ntitle = \"T\"\n=======\ntitle = \"U\"\n>>>>>>> main\n+++\nx\n", 2},
		"a merge around it":            {"<<<<<<< HEAD\n---\n" + keys + "---\n=======\n---\ntitle: U\n---\n>>>>>>> main\n\nx\n", 1},
		"a fence with a blank, indent": {"  ---\n  title: T\n  draft: true\n  ---\nx\n", 1},
		"JSON on one line":             {"{\"title\": \"T\", \"draft\": true,}\n\nx\n", 1},
		"JSON in single quotes":        {"{'title': 'T', 'draft': true}\nx\n", 1},
		"JSON without quotes":          {"{ title: \"T\", draft: true }\nx\n", 1},
		"stars":                        {"***\n" + keys + "***\nx\n", 1},
		"spaced hyphens":               {"- - -\n" + keys + "- - -\nx\n", 1},
		"equals signs":                 {"===\n" + keys + "===\nx\n", 1},
		"semicolons":                   {";;;\n\"title\": \"T\",\n\"draft\": true\n;;;\nx\n", 1},
		"an escaped fence":             {"\\---\n" + keys + "\\---\nx\n", 1},
		"a quote":                      {"> ---\n> title: T\n> draft: true\n> ---\nx\n", 1},
		"a comment of several lines":   {"<!--\nmy notes\n-->\n---\n" + keys + "---\nx\n", 4},
		"a directive of YAML":          {"%YAML 1.2\n---\n" + keys + "---\nx\n", 2},
		"a fence twice":                {"---\n---\n" + keys + "---\nx\n", 1},
		"an invisible space":           {"\u200b---\n" + keys + "---\nx\n", 1},
		"two byte order marks":         {"\ufeff\ufeff---\n" + keys + "---\nx\n", 1},
		"a block of HTML":              {"<pre>\n---\n" + keys + "---\n</pre>\nx\n", 1},
		"a text above":                 {"A text.\n\n---\n" + keys + "---\nx\n", 3},
		"a wide colon":                 {"---\ntitle: T\ndraft：true\n---\nx\n", 3},
	} {
		p, problems := one(t, c.text)
		e, wrong := worst(problems, problem.Error)
		if !p.Draft || !wrong || e.Line != c.line {
			t.Errorf("%s: draft %t, %v", name, p.Draft, problems)
		}
	}
	for name, text := range map[string]string{
		"a thematic break":          "---\n\nJust a text.\n",
		"a text between two":        "---\nA text, and no key: none.\n---\n\nMore.\n",
		"a heading and a break":     "# A heading\n\n---\n\nA text.\n",
		"a block of code":           "```go\npackage main\n```\n\nA text.\n",
		"a template tag":            "{% include toc.html %}\n\nA text.\n",
		"a list of hyphens":         "-- a signature\n\nA text.\n",
		"an object in the text":     "{ width: 3 }\n\nA text.\n",
		"a dash before a dialogue":  "— Good morning.\n— Good morning.\n",
		"an empty front matter":     "---\n---\n\nA text.\n",
		"stars before a text":       "***\n\nOnce upon a time.\n",
		"a table of keys":           "A text.\n\n---\n\ntitle: the first word of a line\n\n---\n\nMore.\n",
		"a comment":                 "<!-- a comment\nof lines -->\n\nA text.\n",
		"a block of code in a text": "A text.\n\n```yaml\n---\ntitle: T\ndate: 2024-01-02\n---\n```\n",
		"a code with keys":          "A text.\n\n    ---\n    title: T\n    date: 2024-01-02\n    ---\n",
	} {
		if p, problems := one(t, text); p.Draft {
			t.Errorf("%s: %v", name, problems)
		}
	}
}

// Lines may end as on the first Macs.
func TestLinesOfCarriageReturns(t *testing.T) {
	const text = "---\rtitle: Old\rdraft: true\r---\rx\ry\r"
	if p, problems := one(t, text); !p.Draft || p.Title != "Old" || p.Body != "x\ny\n" || p.Raw() != text || len(problems) > 0 {
		t.Errorf("%+v, %v", p, problems)
	}
}

// What other generators know as hidden is no one's to read here.
func TestOtherWordsForDrafts(t *testing.T) {
	for front, want := range map[string]bool{
		"hidden: true": true, "hidden: false": false, "hidden:": false, "wip: true": true, "wip: yes": true, "private: true": true,
		"published: no": true, "status: private": true, "status: draft": true, "status: published": false,
		"visibility: private": true, "visibility: friends": true, "visibility: public": false,
	} {
		if p, problems := one(t, "---\ntitle: T\ndate: 2024-01-02\n"+front+"\n---\nx\n"); p.Draft != want {
			t.Errorf("%s: draft %t, %v", front, p.Draft, problems)
		}
	}
}
