package content

import (
	"slices"
	"strings"
	"testing"
	"unicode"
)

func TestSearch(t *testing.T) {
	l := blog(t, map[string]string{
		"title.md":   "---\ntitle: The café on the corner\ndate: 2020-01-01\n---\nx",
		"tag.md":     "---\ntitle: T\ndate: 2024-01-02\ntags: [Cafe]\n---\nx",
		"summary.md": "---\ntitle: S\ndate: 2024-01-03\ndescription: Of cafés.\n---\nx",
		"heading.md": "---\ntitle: H\ndate: 2024-01-04\ndescription: d\n---\nx\n\n## CAFE\n\ny",
		"body.md":    "---\ntitle: B\ndate: 2024-01-05\ndescription: d\n---\nIn the cafe\u0301, corner seats.",
		"older.md":   "---\ntitle: O\ndate: 2024-01-04\ndescription: d\n---\nIn the café.",
		"prefix.md":  "---\ntitle: P\ndate: 2024-01-06\ndescription: d\n---\nThe cafeteria.",
		"hidden.md":  "---\ntitle: L\ndate: 2024-01-07\ndescription: d\n---\n[x](https://cafe.example/cafe) <img src=\"cafe.png\"> `Vec<Corner>`",
		"ru.md":      "---\ntitle: Ёлка\ndate: 2024-01-01\ndescription: d\n---\nМосква зимой",
		"zh.md":      "---\ntitle: 遊戲引擎的研究\ndate: 2024-01-01\ndescription: d\n---\n如何使用云同步博客,引人入勝的擎天柱",
		"ja.md":      "---\ntitle: J\ndate: 2024-01-02\ndescription: d\n---\nか゛いがある。ガイド。",
		"ko.md":      "---\ntitle: K\ndate: 2024-01-02\ndescription: d\n---\n서울에서",
		"fa.md":      "---\ntitle: F\ndate: 2024-01-02\ndescription: d\n---\nمی\u200cخواهم",
		"draft.md":   "---\ntitle: cafe\ndraft: true\n---\nx",
	})
	e := l.At(someday)
	for query, want := range map[string]string{
		"cafe":          "title tag summary heading body older prefix",
		"CAFÉ":          "title tag summary heading body older prefix",
		"cafe\u0301":    "title tag summary heading body older prefix",
		"caf":           "title tag summary heading prefix body older",
		"corner cafe":   "title body",
		"cafe  corner!": "title body",
		"corner":        "title hidden body",
		"cafe nothing":  "",
		"елка":          "ru",
		"МОСКВ":         "ru",
		"引擎":            "zh",
		"同步博":           "zh",
		"引":             "zh",
		"擎引":            "",
		"ガイ":            "ja",
		"カイ":            "",
		"서울":            "ko",
		"울에":            "ko",
		"میخواهم":       "fa",
		"使用 游":          "",
		"":              "",
		"  !? ":         "",
		"\xff":          "",
	} {
		var got []string
		for _, h := range e.Search(query) {
			got = append(got, h.Post.Slug)
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q: %s, want %s", query, s, want)
		}
	}
}

// The index finds what a look at every word finds.
func TestSearchAgainstReading(t *testing.T) {
	files := synthetic(300, 800)
	l, err := Load(mapFS(files))
	if err != nil {
		t.Fatal(err)
	}
	e := l.At(someday)
	for _, query := range []string{"ba", "b", "qqrare", e.Tags()[0].Name, "ze ba", "x"} {
		want := map[string]bool{}
		for _, p := range e.Posts() {
			all := p.Title + "\n" + strings.Join(p.Tags, "\n") + "\n" + p.Summary + "\n" + p.Body
			words := strings.FieldsFunc(strings.ToLower(all), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
			has := func(start string) bool {
				return slices.ContainsFunc(words, func(word string) bool { return strings.HasPrefix(word, start) })
			}
			if !slices.ContainsFunc(strings.Fields(query), func(start string) bool { return !has(start) }) {
				want[p.Slug] = true
			}
		}
		got := map[string]bool{}
		for _, h := range e.Search(query) {
			got[h.Post.Slug] = true
		}
		if len(got) != len(want) || len(want) == 0 {
			t.Errorf("%s: %d hits, want %d", query, len(got), len(want))
		}
	}
}

// The index is held beside the text, and must stay small.
func TestIndexIsSmall(t *testing.T) {
	files := synthetic(2000, postSize)
	text := 0
	for _, data := range files {
		text += len(data)
	}
	l, err := Load(mapFS(files))
	if err != nil {
		t.Fatal(err)
	}
	if most := text / 2; l.index.Size() > most {
		t.Errorf("the index of %d bytes takes %d, more than half", text, l.index.Size())
	}
}
