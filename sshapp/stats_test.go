package sshapp

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	gossh "golang.org/x/crypto/ssh"

	"postern/keys"
	"postern/sshapp/site"
)

// openWithAuthor starts a server that counts reads, of a directory, with one author.
func openWithAuthor(t testing.TB, author gossh.Signer, options string) *house {
	t.Helper()
	data := t.TempDir()
	line := options + string(gossh.MarshalAuthorizedKey(author.PublicKey()))
	if err := os.WriteFile(filepath.Join(data, keys.AuthorsFile), []byte(strings.TrimSpace(line)+" ada\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	draft := "---\ntitle: A secret\ndate: 2026-01-03\ndraft: true\ntgas: bread\n---\nText.\n" // and a warning
	if err := os.WriteFile(filepath.Join(dir, "secret.md"), []byte(draft), 0o600); err != nil {
		t.Fatal(err)
	}
	drafts, err := site.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	return openRememberingIn(t, data, func(c *Config) {
		c.Authors = keys.NewAuthors(data, func(err error) { t.Error(err) })
		c.Site = drafts
	})
}

// TestStats: an author sees how often posts were read, and in which ways.
func TestStats(t *testing.T) {
	bubble(t, func(t *testing.T) {
		ada := newKey(t)
		h := openWithAuthor(t, ada, "")
		run := func(line string) (code int, stdout, stderr string) {
			t.Helper()
			return h.visit("author", line, "", gossh.PublicKeys(ada))
		}
		want := func(line, stdout string) {
			t.Helper()
			if code, got, stderr := run(line); code != 0 || got != stdout {
				t.Errorf("%s: code %d, %q, %q", line, code, got, stderr)
			}
		}
		if code, stdout, stderr := run("stats"); code != 0 || stdout != "" || !strings.Contains(stderr, "Nothing has been read yet. A post counts when") {
			t.Errorf("before anything is read: code %d, %q, %q", code, stdout, stderr)
		}
		for day, posts := range [][]string{{"post-1", "post-1"}, {}, {"post-1", "post-3"}} {
			time.Sleep(time.Duration(min(day, 1)) * 24 * time.Hour)
			for _, post := range posts {
				h.visit("", "cat "+post, "")
			}
		}
		h.visit("", "feed", "")
		run("cat post-2") // an author's reads are not counted
		want("stats --json", `{"day":"2026-11-22","slug":"post-1","way":"pipe","reads":2,"uniques":1}
{"day":"2026-11-24","slug":"","way":"feed","reads":1,"uniques":1}
{"day":"2026-11-24","slug":"post-1","way":"pipe","reads":1,"uniques":1}
{"day":"2026-11-24","slug":"post-3","way":"pipe","reads":1,"uniques":1}
`)
		want("stats --json --since 2026-11-24", `{"day":"2026-11-24","slug":"","way":"feed","reads":1,"uniques":1}
{"day":"2026-11-24","slug":"post-1","way":"pipe","reads":1,"uniques":1}
{"day":"2026-11-24","slug":"post-3","way":"pipe","reads":1,"uniques":1}
`)
		const names = "week\tever\tscreens\tlines\tpipe\tfiles\tfeed\tlast 14 days\tpost\n"
		want("stats", names+"3\t3\t0\t0\t3\t0\t0\t           █ ▄\tpost-1\n"+
			"1\t1\t0\t0\t0\t0\t1\t             █\t(feeds and archives)\n"+
			"1\t1\t0\t0\t1\t0\t0\t             █\tpost-3\n")
		want("stats -n 1 --since 2026-11-24", strings.Replace(names, "ever", "all", 1)+"1\t1\t0\t0\t0\t0\t1\t             █\t(feeds and archives)\n")
		time.Sleep(8 * 24 * time.Hour)
		want("stats -n 1", names+"0\t3\t0\t0\t3\t0\t0\t   █ ▄        \tpost-1\n")
		for _, line := range []string{"stats", "events", "metrics"} {
			if code, stdout, stderr := h.visit("", line, ""); code != 1 || stdout != "" || !strings.Contains(stderr, "is for authors") {
				t.Errorf("a reader's %s: code %d, %q, %q", line, code, stdout, stderr)
			}
		}
		if code, _, stderr := run("stats --since yesterday"); code != 2 {
			t.Errorf("code %d, %q", code, stderr)
		}
	})
}

// TestEvents: an author is told of each read when it happens, and nothing of who has read. It ends with its client.
func TestEvents(t *testing.T) {
	bubble(t, func(t *testing.T) {
		ada := newKey(t)
		h := openWithAuthor(t, ada, "")
		h.auth = []gossh.AuthMethod{gossh.PublicKeys(ada)}
		author := h.start("author", "events", "")
		watcher := h.start("author", "stats --json --watch", "")
		settle()
		h.auth = nil
		h.visit("", "cat post-1", "")
		time.Sleep(time.Minute)
		h.visit("", "cat post-1", "")
		r := h.read("", 80, 24)
		r.press("enter")
		time.Sleep(9 * time.Second)
		r.leave()
		time.Sleep(time.Minute)
		if got, want := author.stdout.String(), `{"time":"2026-11-22T12:00:01Z","slug":"post-1","way":"pipe"}
{"time":"2026-11-22T12:01:01Z","slug":"post-1","way":"pipe"}
{"time":"2026-11-22T12:01:12Z","slug":"post-0","way":"screens"}
`; got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		if got, want := watcher.stdout.String(), `{"day":"2026-11-22","slug":"post-1","way":"pipe","reads":1,"uniques":1}
{"day":"2026-11-22","slug":"post-1","way":"pipe","reads":2,"uniques":1}
{"day":"2026-11-22","slug":"post-0","way":"screens","reads":1,"uniques":1}
`; got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
		author.client.Close()
		watcher.client.Close()
		settle()
		for _, name := range []string{"events", "stats"} {
			if log := h.log.String(); !strings.Contains(log, "end=hangup author=ada command="+name) {
				t.Errorf("%s doesn't end with its client: %s", name, log)
			}
		}
	})
}

// TestMetrics: a key that may run metrics alone gets what Prometheus takes, and nothing else.
func TestMetrics(t *testing.T) {
	var metrics string
	bubble(t, func(t *testing.T) {
		ada := newKey(t)
		h := openWithAuthor(t, ada, `restrict,command="metrics" `)
		r := h.read("", 80, 24)
		for _, key := range []string{"enter", "space", "space"} {
			r.press(key)
		}
		time.Sleep(releaseAfter)
		h.visit("", "ls", "")
		for _, line := range []string{"metrics", "stats", "publish", "undo", ""} {
			settle() // the client before has gone
			code, stdout, stderr := h.visit("author", line, "text", gossh.PublicKeys(ada))
			if code != 0 || stderr != "" || !strings.HasPrefix(stdout, "# HELP postern_build_info") {
				t.Errorf("%q: code %d, %.100q, %q", line, code, stdout, stderr)
			}
			metrics = stdout
		}
		for _, want := range []string{
			`postern_build_info{version="test"} 1`, "postern_connections 2", "postern_connections_total 7", `postern_sessions_total{kind="screens"} 1`,
			`postern_readers{state="awake"} 0`, `postern_readers{state="asleep"} 1`, "postern_key_seconds_count 3", `postern_key_seconds_bucket{le="+Inf"} 3`,
			"postern_posts 5", `postern_problems{severity="warning"} 1`, "postern_database_errors_total 0", "# TYPE postern_refused_total counter",
		} {
			if !strings.Contains(metrics, want+"\n") {
				t.Errorf("there is no %s in\n%s", want, metrics)
			}
		}
	})
	promtool, err := exec.LookPath("promtool")
	if err != nil {
		t.Skip("promtool of Prometheus is not installed")
	}
	check := exec.Command(promtool, "check", "metrics")
	check.Stdin = strings.NewReader(metrics)
	if out, err := check.CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("promtool: %v\n%s", err, out)
	}
}

// TestStatsNothing: a pipe that watches is told once that nothing has been read.
func TestStatsNothing(t *testing.T) {
	bubble(t, func(t *testing.T) {
		ada := newKey(t)
		h := openWithAuthor(t, ada, "")
		h.auth = []gossh.AuthMethod{gossh.PublicKeys(ada)}
		watcher := h.start("author", "stats --watch", "")
		time.Sleep(5 * time.Minute)
		if got := watcher.stderr.String(); strings.Count(got, "Nothing has been read yet.") != 1 {
			t.Errorf("%q", got)
		}
		h.auth = nil
		h.visit("", "cat post-3", "")
		time.Sleep(5 * time.Minute)
		if got := watcher.stdout.String(); !strings.Contains(got, "post-3") {
			t.Errorf("%q", got)
		}
		watcher.client.Close()
	})
}

// TestStatsTable: on a terminal the columns have names and sums, and the table is drawn again when something is read.
func TestStatsTable(t *testing.T) {
	bubble(t, func(t *testing.T) {
		ada := newKey(t)
		h := openWithAuthor(t, ada, "")
		for range 12 {
			h.visit("", "cat post-1", "")
		}
		h.visit("", "cat post-3", "")
		h.auth = []gossh.AuthMethod{gossh.PublicKeys(ada)}
		author := h.start("author", "stats --watch", "dumb")
		terminal := h.start("author", "stats --watch", "xterm")
		settle()
		h.auth = nil
		h.visit("", "cat post-3", "")
		time.Sleep(5 * time.Second)
		for _, c := range []*clientCommand{author, terminal} {
			if _, err := io.WriteString(c.stdin, "\x03"); err != nil {
				t.Error(err)
			}
		}
		settle()
		table := func(posts ...int) string {
			return fmt.Sprintf("week  ever  screens  lines  pipe  files  feed  last 14 days    post\r\n"+
				"  12    12        ·      ·    12      ·     ·               █  post-1\r\n"+
				"%4d  %4d        ·      ·  %4d      ·     ·               %s  post-3\r\n", posts[0], posts[0], posts[0], "█")
		}
		if got := terminal.stdout.String(); !strings.Contains(got, table(1)) || !strings.Contains(got, "\x1b[H\x1b[2J"+table(2)) {
			t.Errorf("%q", got)
		}
		if got := author.stdout.String(); strings.Contains(got, "\x1b") || !strings.Contains(got, "2\t2\t0\t0\t2") {
			t.Errorf("%q", got)
		}
	})
}
