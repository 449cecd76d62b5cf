package search

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"postern/content/outline"
	"postern/content/sanitize"
)

// A document is a Document of the tests.
type document Text

func (d *document) Text() Text { return Text(*d) }

func all(int) bool { return true }

func TestSnippet(t *testing.T) {
	long := strings.Repeat("lorem ipsum dolor ", 30)
	documents := []Document{
		&document{Title: "Other words", Summary: "A summary with Tokens.", Body: "first\n\n> The *needle* in [the haystack](https://x.example).\n\n" +
			long + "Élan vital " + long + "\n\nneedle and haystack\n"},
		&document{Title: "Z", Body: "你好,世界和平\n"},
	}
	x := (*Index)(nil).Update(documents)
	for query, want := range map[string]string{
		"needle":          "3: The [needle] in the haystack.",
		"hay need":        "3: The [need]le in the [hay]stack.",
		"tokens":          "0: A summary with [Tokens].",
		"other":           "0: A summary with Tokens.",
		"elan":            "5: …lorem ipsum dolor lorem ipsum dolor [Élan] vital lorem ipsum dolor lorem ipsum dolor lorem ipsum dolor lorem ipsum dolor lorem ipsum dolor lorem ipsum dolor…",
		"世界":              "1: 你好,[世界]和平",
		"needle haystack": "3: The [needle] in the [haystack].",
		"lorem vital":     "5: …ipsum dolor [lorem] ipsum dolor Élan [vital] [lorem] ipsum dolor [lorem] ipsum dolor [lorem] ipsum dolor [lorem] ipsum dolor [lorem] ipsum dolor [lorem] ipsum dolor [lorem]…",
	} {
		q := Parse(query)
		found := x.Find(q, all)
		if len(found) != 1 {
			t.Errorf("%s: %d found", query, len(found))
			continue
		}
		d := documents[found[0]].Text()
		s := q.Snippet(d.Body, d.Summary)
		text := s.Text
		for _, m := range slices.Backward(s.Marks) {
			text = text[:m[0]] + "[" + text[m[0]:m[1]] + "]" + text[m[1]:]
		}
		if got := fmt.Sprintf("%d: %s", s.Line, text); got != want {
			t.Errorf("%s:\n got %s\nwant %s", query, got, want)
		}
	}
}

// TestSnippetIsPlain: what is found is shown as readers of the post see it, without Markdown, and code as it is.
func TestSnippetIsPlain(t *testing.T) {
	for body, want := range map[string]string{
		"## A *needle* here ##":                                 "1: A [needle] here",
		"A needle\n===":                                         "1: A [needle]",
		"text\n\n- [x] **needle** `a*b` [link](u)":              "3: [needle] a*b link",
		"| a | the needle |\n|---|---|":                         "1: a; the [needle]",
		"![A needle](haystack.png)":                             "1: A [needle]",
		"```sh needle\nls *.md | grep needle # _all_\n```":      "2: ls *.md | grep [needle] # _all_",
		"the [long\nneedle](https://x.example) it is":           "2: [needle] it is",
		"the [long needle\nlink][ref] it is":                    "1: the long [needle]",
		"[^1]: The *needle* in a note":                          "1: The [needle] in a note",
		"::: tip The needle\n:::":                               "1: The [needle]",
		"{{< figure src=\"n.png\" title=\"The needle\" >}}":     "1: The [needle]",
		"<Conv name=\"needle\">\nThat is _so_.\n</Conv>":        "1: [needle]",
		"<p class=\"x\">The <b>needle</b></p>":                  "1: The [needle]",
		"[needle]: https://x.example\n\n\nThe needle":           "4: The [needle]",
		"<!-- the needle -->\n\nThe needle":                     "3: The [needle]",
		"See [this][needle].":                                   "0: Summary",
		"[needle]: https://x.example":                           "0: Summary",
		strings.Repeat("lorem *ipsum* ", 1000) + "**needle** x": "1: …lorem ipsum lorem ipsum lorem ipsum [needle] x",
	} {
		s := Parse("needle").Snippet(body, "Summary")
		for _, m := range slices.Backward(s.Marks) {
			s.Text = s.Text[:m[0]] + "[" + s.Text[m[0]:m[1]] + "]" + s.Text[m[1]:]
		}
		if got := fmt.Sprintf("%d: %s", s.Line, s.Text); got != want {
			t.Errorf("%.60q:\n got %s\nwant %s", body, got, want)
		}
	}
}

// TestSnippetOfTerms: of several words, the place is shown that has most of them near each other.
func TestSnippetOfTerms(t *testing.T) {
	apart := "The needle is here. " + strings.Repeat("Words lie between. ", 30)
	for body, want := range map[string]string{
		"A needle.\n\nThe hay and\nthe needle in it.\n":                 "3: The [hay] and the [needle] in it.",
		"A needle.\n\nThe hay.\n\nThe needle, and hay.\n":               "5: The [needle], and [hay].",
		apart + "And hay.\n\nHay and needle.\n":                         "3: [Hay] and [needle].",
		apart + "Then hay and a needle are seen. " + apart:              "1: …lie between. Words lie between. Then [hay] and a [needle] are seen. The [needle] is here. Words lie between. Words lie between. Words lie between. Words lie…",
		"A needle.\n\nThe [hay](needle.html).\n\nIn hay\n\nA needle.\n": "1: A [needle].",
	} {
		s := Parse("needle hay").Snippet(body, "Summary")
		for _, m := range slices.Backward(s.Marks) {
			s.Text = s.Text[:m[0]] + "[" + s.Text[m[0]:m[1]] + "]" + s.Text[m[1]:]
		}
		if got := fmt.Sprintf("%d: %s", s.Line, s.Text); got != want {
			t.Errorf("%.60q:\n got %s\nwant %s", body, got, want)
		}
	}
}

// FuzzSearch: whatever is searched for and in, the marks of a snippet lie in its text, and every word that a reader sees finds
// its document.
func FuzzSearch(f *testing.F) {
	f.Add("Some *text* with [links](x) and <b>tags</b>, café 世界 กรุงเทพ", "tex caf")
	f.Add("世界和平 一", "世界 和")
	f.Add("a\u0301\u0327 İ ß ﬁ", "a")
	f.Fuzz(func(t *testing.T, body, query string) {
		body = sanitize.Text(body)
		d := &document{Title: "T", Summary: outline.Scan(body).Summary, Body: body}
		x := (*Index)(nil).Update([]Document{d})
		if q := Parse(query); len(x.Find(q, all)) > 0 {
			s := q.Snippet(d.Body, d.Summary)
			if sanitize.Text(s.Text) != s.Text || strings.Contains(s.Text, "\n") || utf8.RuneCountInString(s.Text) > max(maxSnippet, 200) || s.Line < 0 || s.Line > 1+strings.Count(body, "\n") {
				t.Errorf("snippet %+v", s)
			}
			last := 0
			for _, m := range s.Marks {
				if m[0] < last || m[1] <= m[0] || m[1] > len(s.Text) || !utf8.ValidString(s.Text[m[0]:m[1]]) {
					t.Errorf("marks %v in %q", s.Marks, s.Text)
				}
				last = m[1]
			}
		}
		newTokenizer(true).each(body, func(_ []byte, start, end int, _ bool) {
			word := body[start:end]
			if q := Parse(word); start < 200 && !q.Empty() && len(x.Find(q, all)) != 1 {
				t.Errorf("%q is not found in %q", word, body)
			}
		})
	})
}
