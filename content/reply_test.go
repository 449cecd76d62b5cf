package content

import (
	"testing"
	"testing/fstest"
)

// TestReply: where readers write to is a URL, and what isn't is reported.
func TestReply(t *testing.T) {
	for front, want := range map[string]struct {
		reply    string
		problems int
	}{
		"reply: ana@example.com":    {"mailto:ana@example.com", 0},
		"mailto: ana@example.com":   {"mailto:ana@example.com", 0},
		"reply: false":              {NoReply, 0},
		"reply: true":               {"", 0},
		"reply: by carrier pigeon":  {"", 1},
		"title: nothing of it here": {"", 0},
	} {
		lib, err := Load(fstest.MapFS{"a.md": {Data: []byte("---\n" + front + "\ndate: 2026-11-20\n---\nText.\n")}})
		if err != nil {
			t.Fatal(err)
		}
		if p, _ := lib.Post("a.md"); p.Reply != want.reply || len(lib.Problems()) != want.problems {
			t.Errorf("%s: %q, %v", front, p.Reply, lib.Problems())
		}
	}
}
