package sshapp

import (
	"database/sql"
	"fmt"
	"net"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"
	_ "modernc.org/sqlite"

	"postern/sshapp/state"
)

// wantCounts compares what is counted today with lines such as "post-1 pipe 5 1".
func (h *house) wantCounts(want ...string) {
	h.t.Helper()
	var got []string
	err := h.server.config.Reads.Counts(h.t.Context(), "", func(c state.Count) error {
		got = append(got, fmt.Sprint(c.Post, " ", c.Way, " ", c.Reads, " ", c.Uniques))
		return nil
	})
	if err != nil || !reflect.DeepEqual(got, want) {
		h.t.Errorf("got  %q, %v\nwant %q", got, err, want)
	}
}

// TestReadsOnScreens: a post is read when it has been on the screen for ten seconds, or its reader has gone on to its end.
func TestReadsOnScreens(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := openRemembering(t, nil)
		visit := func(act func(r *reader)) {
			t.Helper()
			r := h.read("", 80, 24)
			act(r)
			r.leave()
		}
		visit(func(r *reader) {})
		visit(func(r *reader) { r.press("j j k ? q") })
		visit(func(r *reader) { r.press("enter space space"); time.Sleep(5 * time.Second) })
		visit(func(r *reader) { // with the list between
			r.press("enter")
			time.Sleep(8 * time.Second)
			r.press("esc")
			time.Sleep(8 * time.Second)
			r.press("enter")
			time.Sleep(8 * time.Second)
		})
		h.wantCounts()
		visit(func(r *reader) {
			r.press("enter space")
			time.Sleep(10 * time.Second)
			h.wantCounts("post-0 screens 1 1")
			time.Sleep(10 * time.Minute)
			r.press("esc enter j o")
			time.Sleep(time.Minute)
			h.wantCounts("post-0 screens 1 1")
			r.press("n G")
		})
		h.wantCounts("post-0 screens 1 1", "post-1 screens 1 1")
		for range 4 {
			visit(func(r *reader) { r.press("enter"); time.Sleep(10 * time.Second) })
		}
		h.wantCounts("post-0 screens 5 1", "post-1 screens 1 1")
	})
}

// TestReadsInOtherWays: whole answers are counted, and posts that are heard to their end.
func TestReadsInOtherWays(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := openRemembering(t, nil)
		l := h.listen("", "dumb", "", gossh.TerminalModes{})
		l.types("2\r")
		l.types("\r")
		h.wantCounts()
		for range 10 {
			l.types("\r")
		}
		h.wantCounts("post-1 lines 1 1")

		for _, line := range []string{"cat post-1 post-2 nothing", "cat --raw post-2", "feed --format json", "archive", "ls", "toc post-3", "search line", "cat nothing"} {
			h.visit("", line, "")
		}
		h.visit("post-4", "", "")
		h.wantCounts(" feed 1 1", " files 1 1", "post-1 lines 1 1", "post-1 pipe 1 1", "post-2 pipe 2 1", "post-4 pipe 1 1")
	})
}

// TestReadsOfFiles: a file is read when its end is.
func TestReadsOfFiles(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := openRemembering(t, nil)
		c := h.sftp()
		for _, name := range []string{"/posts/post-0.md", "/posts/post-1.md", "/feed.xml"} {
			f, err := c.Open(name)
			if err != nil {
				t.Fatal(err)
			}
			p := make([]byte, 100)
			if _, err := f.Read(p); err != nil {
				t.Fatal(err)
			}
			if name != "/posts/post-0.md" {
				if _, err := f.WriteTo(&strings.Builder{}); err != nil {
					t.Fatal(err)
				}
			}
			f.Close()
		}
		if _, err := c.Stat("/posts/post-2.md"); err != nil {
			t.Fatal(err)
		}
		h.wantCounts(" feed 1 1", "post-1 files 1 1")
	})
}

// TestReadsAreCounts: of readers who haven't agreed to be remembered nothing is written but counts, be they thousands. Their
// addresses are in no file.
func TestReadsAreCounts(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := openRemembering(t, nil)
		h.agree(newKey(t)).Leave()
		settle()
		db, err := sql.Open("sqlite", filepath.Join(h.data, state.File))
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		remembered := func() (all string) {
			err := db.QueryRow("SELECT json_array((SELECT json_group_array(json_array(number, hex(id), seen, here, before, theme, width)) FROM readers), " +
				"(SELECT count(*) FROM posts), (SELECT count(*) FROM bookmarks))").Scan(&all)
			if err != nil {
				t.Fatal(err)
			}
			return all
		}
		before := remembered()
		for i := range 1000 {
			client, err := h.login(fmt.Sprint("reader-", i))
			if err != nil {
				t.Fatal(err)
			}
			if code, _, stderr := h.runOn(client, "cat post-1", ""); code != 0 {
				t.Fatal(stderr)
			}
			client.Close()
		}
		time.Sleep(time.Minute)
		if after := remembered(); after != before {
			t.Errorf("of readers: %s, and before: %s", after, before)
		}
		for name, want := range map[string]int{"counts": 1, "sketches": 1, "salts": 1} {
			var n int
			if err := db.QueryRow("SELECT count(*) FROM " + name).Scan(&n); n != want || err != nil {
				t.Errorf("%s: %d rows, %v", name, n, err)
			}
		}
		h.wantCounts("post-1 pipe 1000 1")
		address := net.IPv4(198, 51, 100, 7)
		for _, text := range []string{address.String(), string(address.To4()), "reader-", "SSH-2.0"} {
			if found := filesWith(t, h.data, text); found != nil {
				t.Errorf("%q is in %v", text, found)
			}
		}
	})
}
