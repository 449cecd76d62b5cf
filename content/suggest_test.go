package content

import (
	"slices"
	"strings"
	"testing"
)

func TestGuide(t *testing.T) {
	l := blog(t, map[string]string{
		"posts/2024/the-ferry.md": "---\ntitle: The ferry\ndate: 2024-01-01\naliases: [crossing]\n---\nText.",
		"posts/2025/bread.md":     "---\ntitle: On bread\ndate: 2025-01-01\n---\nText.",
		"posts/2025/oven.png":     "x",
		"static/img/flour.png":    "x",
	})
	g := l.All().Suggester()
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
		near, ok := g.Suggest(from, tt.target)
		if near != tt.near || ok != (near != "") {
			t.Errorf("%q is near %q, want %q", tt.target, near, tt.near)
		}
		if b := g.OtherSection(tt.target); b != tt.beyond {
			t.Errorf("%q is beyond the blog in %q, want %q", tt.target, b, tt.beyond)
		}
	}
}

// TestTitleIsAnAddress: some generators make the address of a post of its title, and links are written for them.
func TestTitleIsAnAddress(t *testing.T) {
	l := blog(t, map[string]string{
		"a.md": "---\ntitle: The Long Title\ndate: 2024-01-01\n---\nx",
		"b.md": "---\ntitle: Twice\ndate: 2024-01-02\n---\nx",
		"c.md": "---\ntitle: Twice\ndate: 2024-01-03\n---\nx",
	})
	if to := l.All().Resolve(post(t, l, "b.md"), "/2024/01/01/the-long-title/"); to.Post != post(t, l, "a.md") {
		t.Errorf("it leads to %v", to)
	}
	if to := l.All().Resolve(post(t, l, "b.md"), "/2024/01/02/twice/"); to.Post != nil {
		t.Errorf("a title of two posts leads to %s", to.Post.Path)
	}
}

// TestReadIsLoad but for the search.
func TestReadIsLoad(t *testing.T) {
	fsys := fsOf(map[string]string{"a.md": "---\ntitel: A\ndate: 2024-01-01\n---\nword \u202e\u202e\u0001", "b.md": "word"})
	l, err := Read(fsys)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := Load(fsys)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := l.Problems(), whole.Problems(); len(got) == 0 || !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	if w := l.Problems()[1]; !strings.HasSuffix(w.Message, "(and 2 more like it in this file)") {
		t.Errorf("got %v", w)
	}
	if len(whole.All().Search("word")) != 2 || len(l.All().Search("word")) != 0 {
		t.Error("a search finds in the one what it doesn't in the other, or the other way round")
	}
}
