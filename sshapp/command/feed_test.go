package command_test

import (
	"archive/tar"
	"io"
	"strings"
	"testing"

	"postern/sshapp/command"
)

func TestFeed(t *testing.T) {
	c := newCaller(t, kitchen())
	for _, tt := range []struct {
		line             string
		code             int
		has, lacks, says string // what stdout and stderr hold
	}{
		{"feed", 0, "<title>On bread</title>", "ecret", ""},
		{"feed", 0, "<feed xmlns=", "<rss", ""},
		{"feed --format rss", 0, "<title>Sopa</title>", "ecret", ""},
		{"feed --format json --tag FOOD", 0, "A test · FOOD", "Sopa", ""},
		{"feed -n 1", 0, "On bread", "Soup", ""},
		{"feed --summary", 0, "Flour and water", "&lt;p&gt;", ""},
		{"feed --format Atom", 2, "", "<", "there is no format \"Atom\""},
		{"feed -n 501", 2, "", "<", "-n 501 is not between 1 and 500"},
		{"feed -n -1", 2, "", "<", "-n -1 is not"},
		{"feed --tag secret", 1, "", "<", "no post has the tag \"secret\""},
		{"feed bread", 2, "", "<", "feed takes no arguments, but was given \"bread\""},
	} {
		code, stdout, stderr := c.run(tt.line)
		if code != tt.code || !strings.Contains(stdout, tt.has) || strings.Contains(stdout, tt.lacks) || !strings.Contains(stderr, tt.says) {
			t.Errorf("%s: %d, %q, %q", tt.line, code, stdout, stderr)
		}
		if has, whole := strings.Contains(stdout, "sftp://blog.example.com/feed.xml"), tt.line == "feed"; has != whole {
			t.Errorf("%s: it says that it is the file itself: %v", tt.line, has)
		}
	}
}

func TestArchive(t *testing.T) {
	c := newCaller(t, kitchen())
	code, stdout, stderr := c.run("archive")
	if code != 0 || stderr != "" {
		t.Fatalf("%d, %q", code, stderr)
	}
	n := 0
	for r := tar.NewReader(strings.NewReader(stdout)); ; n++ {
		if _, err := r.Next(); err == io.EOF {
			break
		} else if err != nil {
			t.Fatal(err)
		}
	}
	if n != 5 {
		t.Errorf("%d posts", n)
	}
	c.call.Terminal = &command.Terminal{Width: 80}
	if code, stdout, stderr := c.run("archive"); code != 2 || stdout != "" || !strings.Contains(stderr, "can't be shown on a terminal") {
		t.Errorf("on a terminal: %d, %q, %q", code, stdout, stderr)
	}
}
