package content

import "testing"

func TestGuide(t *testing.T) {
	l := blog(t, map[string]string{
		"posts/2024/the-ferry.md": "---\ntitle: The ferry\ndate: 2024-01-01\naliases: [crossing]\n---\nText.",
		"posts/2025/bread.md":     "---\ntitle: On bread\ndate: 2025-01-01\n---\nText.",
		"posts/2025/oven.png":     "x",
		"static/img/flour.png":    "x",
	})
	g := l.All().Guide()
	from := post(t, l, "posts/2025/bread.md")
	for _, tt := range []struct{ target, near, beyond string }{
		{"the-fery", "the-ferry", ""},
		{"/posts/the-fery/", "the-ferry", ""},
		{"/2024/01/01/the-fery.html#there", "the-ferry", ""},
		{"corssing", "the-ferry", ""}, // by an alias
		{"on-braed", "bread", ""},     // by the title
		{"the-fery.md", "../2024/the-ferry.md", ""},
		{"braed.md#there", "bread.md", ""},
		{"ovne.png", "oven.png", ""},
		{"../img/flour.jpg", "../../static/img/flour.png", ""},
		{"/docs/quite-another-thing", "", "/docs"},
		{"/docs#x", "", "/docs"},
		{"/posts/quite-another-thing", "", ""}, // there are posts here
		{"/", "", ""},
		{"", "", ""},
	} {
		near, ok := g.Nearest(from, tt.target)
		if near != tt.near || ok != (near != "") {
			t.Errorf("%q is near %q, want %q", tt.target, near, tt.near)
		}
		if b := g.Beyond(tt.target); b != tt.beyond {
			t.Errorf("%q is beyond the blog in %q, want %q", tt.target, b, tt.beyond)
		}
	}
}
