package content

import (
	"slices"
	"testing"
	"time"
)

// News is what the list has and had not, whether a file or the clock has brought it.
func TestNews(t *testing.T) {
	post := func(title, front string) string { return "---\ntitle: " + title + "\n" + front + "\n---\nx\n" }
	before := map[string]string{
		"a.md":      post("A", "date: 2024-01-03"),
		"b.md":      post("B", "date: 2024-01-02"),
		"c.md":      post("C", "date: 2024-01-01"),
		"draft.md":  post("Draft", "date: 2024-01-01\ndraft: true"),
		"future.md": post("Future", "date: 2030-01-01"),
		"about.md":  post("About", "layout: page"),
	}
	day := func(s string) time.Time {
		at, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	then, later := day("2025-01-01"), day("2031-01-01")
	for name, tt := range map[string]struct {
		change map[string]string // an empty text takes the file away
		at     time.Time
		want   []string
	}{
		"nothing":         {nil, then, nil},
		"the clock":       {nil, later, []string{"future"}},
		"two new ones":    {map[string]string{"new.md": post("N", "date: 2024-06-01"), "old.md": post("O", "date: 2020-01-01")}, then, []string{"old", "new"}},
		"of one instant":  {map[string]string{"b2.md": post("B2", "date: 2024-01-02")}, then, []string{"b2"}},
		"a draft no more": {map[string]string{"draft.md": post("Draft", "date: 2024-01-01")}, then, []string{"draft"}},
		"another text":    {map[string]string{"b.md": post("Better", "date: 2024-01-02")}, then, nil},
		"another date":    {map[string]string{"b.md": post("B", "date: 2024-05-02")}, then, nil},
		"another address": {map[string]string{"b.md": post("B", "date: 2024-01-02\nslug: bee")}, then, nil},
		"another file":    {map[string]string{"b.md": "", "posts/x.md": post("B", "date: 2024-01-05\nslug: b")}, then, nil},
		"taken away":      {map[string]string{"b.md": ""}, then, nil},
		"unlisted":        {map[string]string{"new.md": post("N", "date: 2024-06-01\nunlisted: true")}, then, nil},
		"still to come":   {map[string]string{"new.md": post("N", "date: 2030-06-01")}, then, nil},
		"come meanwhile":  {map[string]string{"new.md": post("N", "date: 2030-06-01")}, later, []string{"future", "new"}},
	} {
		files := map[string]string{}
		for name, text := range before {
			files[name] = text
		}
		seen := blog(t, files).At(then)
		for name, text := range tt.change {
			if files[name] = text; text == "" {
				delete(files, name)
			}
		}
		if got := slugsOf(blog(t, files).At(tt.at).News(seen)); !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v, want %v", name, got, tt.want)
		}
	}
	l := blog(t, before)
	if got := l.At(later).News(l.At(then)); !slices.Equal(slugsOf(got), []string{"future"}) {
		t.Errorf("of one library: %v", slugsOf(got))
	}
}
