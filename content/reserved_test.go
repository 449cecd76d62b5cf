package content

import (
	"strings"
	"testing"
)

// TestReservedAddresses: what nobody could open by its address is named, and shown in the list all the same.
func TestReservedAddresses(t *testing.T) {
	l := blog(t, map[string]string{
		"author.md":  "---\ntitle: A\ndate: 2026-01-02\n---\nText.\n",
		"b.md":       "---\ntitle: B\ndate: 2026-01-02\nslug: me\n---\nText.\n",
		"Authors.md": "---\ntitle: C\ndate: 2026-01-02\n---\nText.\n",
	})
	var all []string
	for _, p := range l.Problems() {
		all = append(all, p.String())
	}
	if got := strings.Join(all, "\n"); len(all) != 2 || !strings.Contains(got, "author.md: error: ") || !strings.Contains(got, "b.md:4:") || len(l.All().Posts()) != 3 {
		t.Errorf("%s", got)
	}
}
