package document

import (
	"slices"
	"testing"

	"postern/content"
)

func TestTargets(t *testing.T) {
	got := Targets(&content.Post{Path: "post.md", Body: "[a](b.md) ![c](d.png) [e](https://example.com) [f](#g) <img src=\"h%20i.png\"> `![](no.png)` [j]\n\n[j]: k"}, nil)
	if want := []string{"b.md", "d.png", "h%20i.png", "k"}; !slices.Equal(got, want) {
		t.Errorf("%q, not %q", got, want)
	}
}
