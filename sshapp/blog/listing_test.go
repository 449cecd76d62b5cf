package blog

import (
	"testing"
	"testing/fstest"
	"time"

	"postern/content"
)

// TestAdjacent: the posts after and before a post are those that stand below and above it in the list, in whatever language they are; a
// post that the list shows in another language is read in the order of its own.
func TestAdjacent(t *testing.T) {
	posts := map[string]string{
		"1.md": "", "2.md": "series: s\n", "3.md": "lang: fr\n", "4.md": "series: s\n", "5.md": "draft: true\n", "6.md": "",
	}
	translated := map[string]string{"1.md": "", "2.md": "", "2.fr.md": "", "3.fr.md": "", "4.md": ""}
	for _, tt := range []struct {
		posts      map[string]string
		lang       string
		path       string
		next, prev string
	}{
		{posts, "", "1.md", "", "2.md"}, {posts, "", "2.md", "4.md", "3.md"}, {posts, "", "3.md", "2.md", "4.md"}, {posts, "", "4.md", "3.md", "2.md"},
		{posts, "", "5.md", "", ""}, {posts, "", "6.md", "4.md", ""},
		{translated, "", "4.md", "3.fr.md", ""}, {translated, "", "3.fr.md", "2.md", "4.md"}, {translated, "fr", "3.fr.md", "2.fr.md", "4.md"},
		{translated, "", "2.fr.md", "1.md", "3.fr.md"}, {translated, "fr", "2.md", "1.md", "3.fr.md"},
	} {
		files := fstest.MapFS{"postern.toml": {Data: []byte("language = \"en\"\n")}}
		for path, fields := range tt.posts {
			files[path] = &fstest.MapFile{Data: []byte("---\ndate: 2026-01-0" + path[:1] + "\n" + fields + "---\nText.\n")}
		}
		lib, err := content.Load(files)
		if err != nil {
			t.Fatal(err)
		}
		edition := lib.At(time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC))
		c, _ := lib.Post(tt.path)
		next, prev := Listing{Edition: edition, Lang: tt.lang}.Adjacent(c)
		if pathOf(next) != tt.next || pathOf(prev) != tt.prev {
			t.Errorf("%s in a list of %q: next %q, previous %q", tt.path, tt.lang, pathOf(next), pathOf(prev))
		}
	}
}

func pathOf(p *content.Post) string {
	if p == nil {
		return ""
	}
	return p.Path
}
