package blog_test

import (
	"runtime"
	"testing"
	"weak"

	"postern/content"
	"postern/sshapp/blog"
)

// TestRowsKeepNoPost: the lines of a row are kept, and the post of which they are isn't.
func TestRowsKeepNoPost(t *testing.T) {
	var r blog.Rows
	post := &content.Post{Body: "text"}
	key := blog.RowKey{Post: weak.Make(post), Measure: 60}
	r.Lines(key, func() []string { return []string{"a row"} })
	if lines := r.Lines(key, func() []string { return nil }); len(lines) != 1 {
		t.Errorf("the lines are %q", lines)
	}
	runtime.KeepAlive(post)
	runtime.GC()
	if key.Post.Value() != nil {
		t.Error("the post is still there")
	}
	runtime.KeepAlive(&r)
}
