package sshapp

import (
	"strings"
	"testing"

	gossh "golang.org/x/crypto/ssh"
)

// TestAuthorsScreens: an author sees drafts, what is not published yet, what is wrong, and the history; a reader who comes under
// the same name is told why she doesn't.
func TestAuthorsScreens(t *testing.T) {
	bubble(t, func(t *testing.T) {
		ada := newKey(t)
		h := openPublished(t, ada, "KEY ada")
		h.auth = []gossh.AuthMethod{gossh.PublicKeys(ada)}
		for title, text := range map[string]string{
			"bread": "---\ntitle: On bread\ndate: 2026-01-02\n---\nFlour. [More](missing.md)\n",
			"draft": "---\ntitle: A secret\ndate: 2026-01-03\ndraft: true\n---\nText.\n",
		} {
			if code, _, stderr := h.visit("author", "publish "+title, text, h.auth...); code != 0 {
				t.Fatal(stderr)
			}
		}
		if code, _, stderr := h.visit("author", "unpublish bread", "", h.auth...); code != 0 {
			t.Fatal(stderr)
		}
		const drafts = "2026-01-03\t2026-01-03-draft.md\tdraft\tA secret\n2026-01-02\t2026-01-02-bread.md\tnot published yet\tOn bread\n"
		if code, stdout, stderr := h.visit("author", "drafts", "", h.auth...); code != 0 || stdout != drafts {
			t.Errorf("drafts: code %d, %q, %q", code, stdout, stderr)
		}
		r := h.readOn("xterm", "author", 80, 24)
		r.sees("A secret", "draft", "On bread", "not published yet")
		r.press("j enter")
		r.sees("Flour.", "missing.md")
		r.press("H")
		r.sees("What was published", "3  2026-11-22", "ada, unpublish: 2026-01-02-bread.md")
		r.press("enter")
		r.sees("What has changed", "ssh author@HOST diff 3")
		if strings.Contains(r.terminal.Text(), "undo") {
			t.Errorf("what is published can be published again:\n%s", r.terminal.Text())
		}
		r.press("esc")
		r.press("j enter")
		r.sees("What has changed", "ada, publish: 2026-01-0", "added    2026-01-0", "ssh author@HOST diff 2", "to publish generation 2 again: ssh author@HOST undo 2")
		r.press("esc esc")
		r.press("e")
		r.sees("Edit the file where you have it")

		h.auth = []gossh.AuthMethod{unasked(t)}
		r = h.readOn("xterm", "author", 80, 24)
		r.sees("You read as everybody does: no key was offered that may publish.")
		h.auth = nil
		r = h.read("", 80, 24)
		r.press("H")
		r.sees("Nothing is published here yet.")
	})
}

// TestAuthorOfDirectory: also where nothing can be published, authors have drafts and the plot of reads.
func TestAuthorOfDirectory(t *testing.T) {
	bubble(t, func(t *testing.T) {
		ada := newKey(t)
		h := openWithAuthor(t, ada, "")
		h.auth = []gossh.AuthMethod{gossh.PublicKeys(ada)}
		if code, stdout, stderr := h.visit("author", "drafts", "", h.auth...); code != 0 || !strings.HasSuffix(stdout, "\tdraft\tA secret\n") {
			t.Errorf("drafts: code %d, %q, %q", code, stdout, stderr)
		}
		r := h.readOn("xterm", "author", 80, 24)
		r.sees("A secret", "draft")
		r.press("%")
		r.sees("Nothing was read yet.")
		h.visit("", "cat post-1", "")
		r.press("%")
		r.sees("1 this week, 1 ever")
		r.press("esc")
		r.press("H")
		r.sees("This blog is served from a directory, so it has no history.")
		r.press("e")
		r.sees("Edit the file where you have it")
	})
}
