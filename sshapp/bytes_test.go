package sshapp

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"postern/content"
)

// outlined is a blog whose newest post has headings and emphases, and no two lines alike.
func outlined() fstest.MapFS {
	files := someBlog()
	var b strings.Builder
	for part := range 20 {
		fmt.Fprintf(&b, "## Part %d\n\n", part)
		for i := range 20 {
			fmt.Fprintf(&b, "The sentence of number %d goes on *for a while* and `ends` somewhere. ", part*20+i)
		}
		b.WriteString("\n\n")
	}
	files["outlined.md"] = &fstest.MapFile{Data: []byte("---\ntitle: Outlined\ndate: 2026-11-22 11:00\n---\n\n" + b.String())}
	return files
}

// TestBytes holds what is sent for a key: a slow line takes no more than it must.
func TestBytes(t *testing.T) {
	lib, err := content.Load(outlined())
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, user    string
		width, height int
		key           string
		times         int
		most          int
	}{
		{"a line", "outlined", 100, 40, "j", 40, 110},
		{"a line beside the contents", "outlined", 140, 40, "j", 40, 400},
		{"a screen", "outlined", 100, 40, "space", 5, 2000},
		{"a step in the list", "", 80, 24, "j", 4, 330},
		{"a step in a wide list", "", 120, 40, "j", 4, 330},
	} {
		t.Run(tt.name, func(t *testing.T) {
			bubble(t, func(t *testing.T) {
				h := open(t, func(c *Config) { c.Blog.Edition = func() *content.Edition { return lib.At(time.Now()) } })
				r := h.read(tt.user, tt.width, tt.height)
				before := len(r.wire.String())
				for range tt.times {
					r.press(tt.key)
				}
				n := (len(r.wire.String()) - before) / tt.times
				t.Logf("%s: %d bytes", tt.name, n)
				if n > tt.most || n == 0 {
					t.Errorf("%s takes %d bytes, more than %d", tt.name, n, tt.most)
				}
			})
		})
	}
}
