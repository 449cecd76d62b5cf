package publishing

import "testing"

func TestTemporary(t *testing.T) {
	for _, name := range []string{
		".bread.md.swp", "notes/.bread.md.swo", "4913", "notes/4913", "sedAbC123", "bread.md~", "#bread.md#", ".goutputstream-1A2B3C",
		".bread.md.kate-swp", ".in.bread.md", "bread.md.filepart", "bread.md.1a2b3c4d.partial", "notes/.fuse_hidden0000000700000001",
	} {
		if !IsTemporary(name) {
			t.Errorf("%s is published", name)
		}
	}
	for _, name := range []string{"bread.md", "sedation.md", "sediment", "4913.md", ".htaccess", "in.bread.md", "c#", "notes~/bread.md"} {
		if IsTemporary(name) {
			t.Errorf("%s is not published", name)
		}
	}
}
