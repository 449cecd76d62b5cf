package cluster

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"postern/sshapp/postgres/pgtest"
)

func testOutage(t *testing.T, h *house, server *pgtest.Server) {
	data := t.TempDir()
	a, b := h.join(h.describe(t.TempDir())), h.join(h.describe(data))
	a.look, b.look = 200*time.Millisecond, 200*time.Millisecond
	b.follow(t)
	first := map[string]string{"a.md": "a"}
	a.mustPublish(t, "ada", first)
	b.shows(t, 2*time.Second, first)
	server.Down("immediate")
	_, err := a.publish(t.Context(), "ada", map[string]string{"a.md": "new"})
	if err == nil || err.Error() != "not published: the database can't be reached; readers go on reading what was there. Try again later" {
		t.Errorf("published without the database: %v", err)
	}
	a.shows(t, 0, first)
	again := h.join(h.describe(data)) // it goes on with what it has
	again.shows(t, 0, first)
	if _, err := Join(t.Context(), h.open(), h.describe(t.TempDir())); err == nil || !strings.HasPrefix(err.Error(), "the database can't be reached, and there is nothing of the blog on this machine yet") {
		t.Errorf("a new machine joins without the database: %v", err)
	}
	server.Up()
	a.mustPublish(t, "ada", map[string]string{"a.md": "new"})
	b.shows(t, 10*time.Second, map[string]string{"a.md": "new"})
}

// testStops stops the database at any moment of a publication, again and again: what was said to be published is there, what was said
// not to be isn't, and nothing is there by halves.
func testStops(t *testing.T, h *house, server *pgtest.Server) {
	const first = "author first" // whose publication isn't disturbed, so that there is one
	a := h.join(h.describe(t.TempDir()))
	a.mustPublish(t, first, map[string]string{"one.md": first, "two.md": first})
	stop := make(chan struct{})
	told := map[string]error{first: nil} // by the author
	var publishing sync.WaitGroup
	publishing.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			default:
				name := fmt.Sprint("author ", i)
				_, told[name] = a.publish(context.Background(), name, map[string]string{"one.md": name, "two.md": name})
				if told[name] != nil {
					time.Sleep(10 * time.Millisecond) // the database is down, and needs the processor to come up
				}
			}
		}
	})
	for range 5 {
		time.Sleep(rand.N(300 * time.Millisecond)) // the moment
		server.Down("immediate")
		server.Up()
	}
	close(stop)
	publishing.Wait()
	b := h.join(h.describe(t.TempDir()))
	if err := a.CatchUp(t.Context(), a.site); err != nil {
		t.Fatal(err)
	}
	history, err := a.site.History(0)
	if err != nil || a.log(t) != b.log(t) {
		t.Fatalf("the logs differ, %v:\n%s\n%s", err, a.log(t), b.log(t))
	}
	published := map[string]bool{}
	newest := ""
	for _, p := range history {
		newest = p.Author.Name
		published[newest] = true
	}
	for _, m := range []*machine{a, b} {
		m.shows(t, 0, map[string]string{"one.md": newest, "two.md": newest})
	}
	uncertain := 0
	for name, err := range told {
		switch {
		case err != nil && strings.Contains(err.Error(), "is seen when it is back"):
			uncertain++
		case published[name] != (err == nil):
			t.Errorf("that of %s is there: %v, and they were told %v", name, published[name], err)
		}
	}
	t.Logf("%d of %d were published, and %d authors were told to look", len(published), len(told), uncertain)
}

func testReadOnly(t *testing.T, h *house) {
	m := h.describe(t.TempDir())
	h.join(m).mustPublish(t, "ada", map[string]string{"a.md": "a"})
	if err := h.open().Exec(t.Context(), fmt.Sprintf(`ALTER DATABASE %q SET default_transaction_read_only = on`, h.open().Config().ConnConfig.Database)); err != nil {
		t.Fatal(err)
	}
	a := h.join(m) // with new connections
	_, err := a.publish(t.Context(), "ada", map[string]string{"a.md": "b"})
	if err == nil || !strings.HasPrefix(err.Error(), "not published: the database can only be read now; readers go on") {
		t.Errorf("published: %v", err)
	}
	a.shows(t, 0, map[string]string{"a.md": "a"})
}

// testSlow: somebody else holds what a publication needs.
func testSlow(t *testing.T, h *house) {
	a := h.join(h.describe(t.TempDir()))
	tx, err := h.open().Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := tx.Exec(t.Context(), `SET idle_in_transaction_session_timeout = 0; LOCK TABLE generation IN SHARE MODE`); err != nil {
		t.Fatal(err)
	}
	_, err = a.publish(t.Context(), "ada", map[string]string{"a.md": "a"})
	if err == nil || !strings.HasPrefix(err.Error(), "not published: the database has not answered in time; readers go on") {
		t.Errorf("published: %v", err)
	}
	if err := tx.Rollback(t.Context()); err != nil {
		t.Fatal(err)
	}
	a.mustPublish(t, "ada", map[string]string{"a.md": "a"})
}

// testPutBack: a database that was put back to an older state is not mixed with what a machine has of the newer one, whether it has
// fewer generations or others.
func testPutBack(t *testing.T, h *house) {
	a, b := h.join(h.describe(t.TempDir())), h.join(h.describe(t.TempDir()))
	for i := range 3 {
		a.mustPublish(t, "ada", map[string]string{"a.md": fmt.Sprint(i), "same.md": "same"})
	}
	if err := b.CatchUp(t.Context(), b.site); err != nil {
		t.Fatal(err)
	}
	if err := a.db.Exec(t.Context(), `DELETE FROM generation WHERE n = 3`); err != nil {
		t.Fatal(err)
	}
	_, err := a.publish(t.Context(), "ada", map[string]string{"a.md": "lost"})
	if err == nil || !strings.Contains(err.Error(), "the database has generation 2 and this machine 3: it was put back") || !strings.HasSuffix(err.Error(), "Tell the operator") {
		t.Errorf("fewer generations: %v", err)
	}
	c := h.join(h.describe(t.TempDir()))
	for range 2 {
		c.mustPublish(t, "bob", map[string]string{"same.md": "other"})
		c.mustPublish(t, "bob", map[string]string{"same.md": "another"})
		b.forgetCompared() // as with a new connection
		if _, err := b.publish(t.Context(), "ada", map[string]string{"b.md": "b"}); err == nil || !strings.Contains(err.Error(), "the database's generation 3 is by bob (") {
			t.Errorf("other generations: %v", err)
		}
	}
	b.shows(t, 0, map[string]string{"a.md": "2", "same.md": "same"})
}
