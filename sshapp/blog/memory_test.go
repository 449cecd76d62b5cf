package blog

import (
	"testing"
	"testing/fstest"
	"time"

	"postern/content"
	"postern/sshapp/page"
	"postern/sshapp/page/theme"
)

// TestBookmarkText: a bookmark is named by the words on its line, without what a page draws.
func TestBookmarkText(t *testing.T) {
	lib, err := content.Load(fstest.MapFS{"a.md": {Data: []byte("---\ndate: 2026-01-01\ntitle: A\n---\n| Name | Kind |\n|---|---|\n| flour | wheat |\n| salt | sea |\n\n> Quoted.\n")}})
	if err != nil {
		t.Fatal(err)
	}
	edition := lib.At(time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC))
	p := edition.Posts()[0]
	shown := page.NewCache(1<<20).Illustrated(nil, edition, p, 72, theme.None(), page.Room{})
	named := map[string]bool{}
	for line := range shown.Plain() {
		named[newBookmark("a", p, shown, shown.At(line)).Text] = true
	}
	for _, want := range []string{"A", "flour wheat salt sea", "salt sea", "Quoted."} {
		if !named[want] {
			t.Errorf("no bookmark is called %q: %v", want, named)
		}
	}
}
