package blog

import (
	"fmt"
	"testing"
	"testing/fstest"
	"time"

	"postern/content"
)

// TestReadNextRows: related posts fill the list up to six rows, and no post is there twice.
func TestReadNextRows(t *testing.T) {
	const want = 6
	for _, reply := range []string{"", "reply = \"ana@example.com\"\n"} {
		files := fstest.MapFS{"postern.toml": {Data: []byte(reply)}}
		for day := range 9 {
			files[fmt.Sprintf("%d.md", day)] = &fstest.MapFile{Data: fmt.Appendf(nil, "---\ndate: 2026-01-0%d\ntags: [go]\n---\nText.\n", day+1)}
		}
		lib, err := content.Load(files)
		if err != nil {
			t.Fatal(err)
		}
		edition := lib.At(time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC))
		for _, p := range edition.Posts() {
			x, seen := Listing{Edition: edition}.ReadNext(p), map[string]bool{}
			for _, row := range x.Rows {
				seen[pathOf(row.Post)] = true
			}
			if len(x.Rows) != want || len(seen) != want {
				t.Errorf("%q: %s has %d rows, for %d posts", reply, p.Path, len(x.Rows), len(seen))
			}
		}
	}
}
