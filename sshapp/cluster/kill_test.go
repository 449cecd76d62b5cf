package cluster

import (
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"postern/content/publish"
	"postern/sshapp/postgres"
	"postern/sshapp/postgres/pgtest"
)

// following names, in the environment of a child, the database that it follows until it is killed.
const following = "POSTERN_TEST_FOLLOW"

// TestKilledWhileLayingOut kills a machine at one moment of laying out a generation after the other. It has the old one or the new
// one, and goes on from there.
func TestKilledWhileLayingOut(t *testing.T) {
	if url := os.Getenv(following); url != "" {
		follow(t, url, os.Getenv(following+"_DIR"))
	}
	h := &house{t, pgtest.Start(t).Database()}
	a := h.join(h.describe(t.TempDir()))
	data := t.TempDir()
	old, kills := 0, [2]int{}
	for n := 1; n <= 50; n++ {
		child := exec.Command(os.Args[0], "-test.run=^TestKilledWhileLayingOut$")
		child.Env = append(os.Environ(), following+"="+h.url, following+"_DIR="+data)
		a.mustPublish(t, "ada", equal(n))
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		staging := filepath.Join(data, publish.Dir, "staging")
		for begun := time.Now(); time.Since(begun) < 10*time.Second; {
			if entries, _ := os.ReadDir(staging); len(entries) > 0 {
				break
			}
			time.Sleep(100 * time.Microsecond)
		}
		time.Sleep(rand.N(60 * time.Millisecond)) // the moment
		_ = child.Process.Signal(syscall.SIGKILL)
		_ = child.Wait()
		site, err := publish.Open(filepath.Join(data, publish.Dir), h.describe(data).Limits, nil)
		if err != nil {
			t.Fatal(err)
		}
		shown := (&machine{site: site}).contents(t)
		now := 0
		if len(shown) > 0 {
			fmt.Sscan(shown["0.md"], &now)
		}
		for i := range files {
			if got := shown[name(i)]; now > 0 && got != fmt.Sprint(now) {
				t.Fatalf("killed at generation %d: %s is of %q, and others of %d", n, name(i), got, now)
			}
		}
		if now < old || now > n {
			t.Fatalf("killed at generation %d: it shows %d, and had %d", n, now, old)
		}
		site.Close()
		if old = now; now == n {
			kills[1]++
		} else {
			kills[0]++
		}
	}
	t.Logf("%d times it had an older generation, and %d times the new one", kills[0], kills[1])
	h.join(h.describe(data)).shows(t, 0, a.contents(t))
}

// files is how many files a generation has.
const files = 8

func name(i int) string { return fmt.Sprintf("%d.md", i) }

// equal returns files that all say which generation they are of.
func equal(n int) map[string]string {
	all := map[string]string{}
	for i := range files {
		all[name(i)] = fmt.Sprint(n)
	}
	return all
}

// follow takes in what was published, and waits to be killed.
func follow(t *testing.T, url, data string) {
	db, err := postgres.Open(url)
	if err != nil {
		t.Fatal(err)
	}
	m := (&house{t, url}).describe(data)
	m.Log = slog.New(slog.NewTextHandler(os.Stderr, nil))
	if _, err := Join(t.Context(), db, m); err != nil {
		t.Fatal(err)
	}
	select {} // until it is killed
}
