package publishing

import (
	"fmt"
	"strings"
	"testing"
)

// BenchmarkSave publishes one changed post of 10,000, until readers see it.
func BenchmarkSave(b *testing.B) {
	p := open(b, b.TempDir())
	texts := map[string]string{}
	body := strings.Repeat("Some words of a post, and [a link](https://example.com/), and some more of them.\n\n", 70)
	for i := range 10_000 {
		texts[fmt.Sprintf("posts/%d/%d.md", i%20, i)] = post(fmt.Sprint("Post ", i), body)
	}
	if _, err := commit(b, p, texts); err != nil {
		b.Fatal(err)
	}
	n := 0
	for b.Loop() {
		n++
		if _, err := commit(b, p, map[string]string{"posts/7/7.md": post("Post 7", fmt.Sprint(body, n))}); err != nil {
			b.Fatal(err)
		}
	}
}
