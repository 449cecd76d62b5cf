package cluster

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"postern/content/publish"
	"postern/keys"
	"postern/sshapp/postgres"
	"postern/sshapp/postgres/pgtest"
)

// A house is several machines that share a database.
type house struct {
	t   *testing.T
	url string
}

// A machine is one of them, with its site.
type machine struct {
	*Node
	site    *publish.Site
	session string // of its publications
}

func (h *house) describe(dir string) Machine {
	return Machine{Data: dir, Limits: publish.Limits{Bytes: 64 << 20, Files: 1000, Keep: 5}, HostKeys: []string{"SHA256:one"}, ReadersCheck: []byte("check"), Log: slog.New(slog.DiscardHandler)}
}

func (h *house) open() *postgres.DB {
	h.t.Helper()
	db, err := postgres.Open(h.url)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(db.Close)
	return db
}

// join adds a machine.
func (h *house) join(m Machine) *machine {
	h.t.Helper()
	n, err := Join(h.t.Context(), h.open(), m)
	if err != nil {
		h.t.Fatal(err)
	}
	site, err := publish.Open(filepath.Join(m.Data, publish.Dir), m.Limits, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	h.t.Cleanup(site.Close)
	site.Share(n)
	return &machine{Node: n, site: site}
}

// follow has a machine follow the others until the test ends.
func (m *machine) follow(t *testing.T) {
	ctx, stop := context.WithCancel(context.Background())
	var ended sync.WaitGroup
	ended.Go(func() { m.Run(ctx, m.site) })
	t.Cleanup(func() {
		stop()
		ended.Wait()
	})
}

// publish publishes texts by their paths, as somebody.
func (m *machine) publish(ctx context.Context, author string, files map[string]string) (publish.Publication, error) {
	upload, err := m.site.NewUpload()
	if err != nil {
		return publish.Publication{}, err
	}
	defer upload.Close()
	c := publish.Change{Author: publish.Author{Name: author}, Way: "test", Put: map[string]publish.File{}, Session: m.session}
	for path, text := range files {
		if c.Put[path], err = upload.Add(strings.NewReader(text)); err != nil {
			return publish.Publication{}, err
		}
	}
	return m.site.Commit(ctx, c)
}

func (m *machine) mustPublish(t *testing.T, author string, files map[string]string) {
	t.Helper()
	if _, err := m.publish(t.Context(), author, files); err != nil {
		t.Fatal(err)
	}
}

// contents returns the texts that a machine shows, by path.
func (m *machine) contents(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	n, err := m.site.Generation()
	if err != nil || n == 0 {
		return all
	}
	root, err := m.site.FS(n)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	err = fs.WalkDir(root.FS(), ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := fs.ReadFile(root.FS(), path)
		all[path] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// log returns a machine's log, a line a publication.
func (m *machine) log(t *testing.T) string {
	t.Helper()
	history, err := m.site.History(0)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, p := range history {
		fmt.Fprintln(&b, p.Generation, p.Author.Name, p.Way, p.Added, p.Changed, p.Removed, p.Time.UnixMilli())
	}
	return b.String()
}

// shows waits until a machine shows some texts.
func (m *machine) shows(t *testing.T, within time.Duration, want map[string]string) {
	t.Helper()
	deadline := time.Now().Add(within)
	for !maps.Equal(m.contents(t), want) {
		if time.Now().After(deadline) {
			t.Fatalf("after %v it shows %v, and not %v", within, m.contents(t), want)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func TestCluster(t *testing.T) {
	server := pgtest.Start(t)
	t.Run("while the database is there", func(t *testing.T) { testTogether(t, server) })
	t.Run("the database stops in the midst of publications", func(t *testing.T) { testStops(t, &house{t, server.Database()}, server) })
	t.Run("the database goes and comes back", func(t *testing.T) { testOutage(t, &house{t, server.Database()}, server) })
}

func testTogether(t *testing.T, server *pgtest.Server) {
	for _, test := range []struct {
		name string
		run  func(*testing.T, *house)
	}{
		{"what is published on one is on all", testPublish},
		{"a machine that comes late has all", testLate},
		{"a machine that comes after a long session undoes it", testLateSession},
		{"a site without files is one", testEmpty},
		{"two at once have one winner", testRace},
		{"a machine that differs is refused", testRefused},
		{"of two keys that came at once, who joins next decides", testAnnounced},
		{"authors are the same everywhere", testAuthors},
		{"a publication that can't be laid out", testLacking},
		{"what nobody needs any more goes", testSweep},
		{"a large file goes in parts", testLarge},
		{"what was not told is found", testUntold},
		{"a site moves into a database, and back", testMove},
		{"a database that is only read refuses in words", testReadOnly},
		{"a database that was put back is not mixed with the newer one", testPutBack},
		{"a database that doesn't answer is not waited for", testSlow},
	} {
		h := &house{url: server.Database()}
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			h.t = t
			test.run(t, h)
		})
	}
}

func testPublish(t *testing.T, h *house) {
	a, b := h.join(h.describe(t.TempDir())), h.join(h.describe(t.TempDir()))
	b.follow(t)
	first := map[string]string{"a.md": "a", "dir/b.md": "b"}
	a.mustPublish(t, "ada", first)
	b.shows(t, 2*time.Second, first)
	b.mustPublish(t, "bob", map[string]string{"a.md": "new"})
	if err := a.CatchUp(t.Context(), a.site); err != nil {
		t.Fatal(err)
	}
	a.shows(t, 0, map[string]string{"a.md": "new", "dir/b.md": "b"})
	if _, err := a.site.Undo(t.Context(), publish.Change{Author: publish.Author{Name: "ada"}}); err != nil {
		t.Fatal(err)
	}
	b.shows(t, 2*time.Second, first)
	if a.log(t) != b.log(t) || strings.Count(a.log(t), "\n") != 3 {
		t.Errorf("the logs differ:\n%s\n%s", a.log(t), b.log(t))
	}
}

func testLate(t *testing.T, h *house) {
	a := h.join(h.describe(t.TempDir()))
	for i := range 9 {
		a.mustPublish(t, "ada", map[string]string{"count.md": fmt.Sprint(i), fmt.Sprintf("%d.md", i%3): "x"})
	}
	b := h.join(h.describe(t.TempDir()))
	b.shows(t, 0, a.contents(t))
	if a.log(t) != b.log(t) {
		t.Errorf("the logs differ:\n%s\n%s", a.log(t), b.log(t))
	}
	if _, err := b.site.Undo(t.Context(), publish.Change{Author: publish.Author{Name: "bob"}}); err != nil {
		t.Error(err)
	}
	if got := b.contents(t)["count.md"]; got != "7" {
		t.Errorf("undone is %q", got)
	}
}

// testLateSession: a session of more publications than are kept is one in the history, which a machine that joins late undoes as
// well as the machine that it came in on, also after what isn't kept has gone.
func testLateSession(t *testing.T, h *house) {
	a := h.join(h.describe(t.TempDir()))
	before := map[string]string{"count.md": "before"}
	a.mustPublish(t, "ada", before)
	a.session = "sftp"
	for i := range 9 {
		a.mustPublish(t, "ada", map[string]string{"count.md": fmt.Sprint(i)})
	}
	for range 2 {
		b := h.join(h.describe(t.TempDir()))
		b.shows(t, 0, a.contents(t))
		if _, err := b.site.Undo(t.Context(), publish.Change{Author: publish.Author{Name: "bob"}}); err != nil {
			t.Fatal(err)
		}
		b.shows(t, 0, before)
		if _, err := b.site.Undo(t.Context(), publish.Change{Author: publish.Author{Name: "bob"}}); err != nil {
			t.Fatal(err)
		}
		if err := a.sweep(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
}

// testEmpty: a site from which the last file is removed is empty on all machines.
func testEmpty(t *testing.T, h *house) {
	a, b := h.join(h.describe(t.TempDir())), h.join(h.describe(t.TempDir()))
	a.mustPublish(t, "ada", map[string]string{"a.md": "a"})
	if _, err := a.site.Commit(t.Context(), publish.Change{Author: publish.Author{Name: "ada"}, Remove: []string{"a.md"}}); err != nil {
		t.Fatal(err)
	}
	if err := b.CatchUp(t.Context(), b.site); err != nil {
		t.Fatal(err)
	}
	if n, err := b.site.Generation(); n != 2 || err != nil {
		t.Errorf("the other machine has generation %d, %v", n, err)
	}
	b.shows(t, 0, map[string]string{})
}

func testRace(t *testing.T, h *house) {
	a, b := h.join(h.describe(t.TempDir())), h.join(h.describe(t.TempDir()))
	won := 0
	for i := range 200 {
		errs := make([]error, 2)
		var both sync.WaitGroup
		for j, m := range []*machine{a, b} {
			both.Go(func() {
				_, errs[j] = m.publish(t.Context(), []string{"ada", "bob"}[j], map[string]string{"post.md": fmt.Sprint(i, j)})
			})
		}
		both.Wait()
		for j, err := range errs {
			var overtaken *publish.OvertakenError
			switch {
			case err == nil:
				won++
			case !errors.As(err, &overtaken):
				t.Fatal(err)
			case overtaken.Other.Author.Name != []string{"bob", "ada"}[j]:
				t.Errorf("%s is told of %s", []string{"ada", "bob"}[j], overtaken.Other.Author.Name)
			}
		}
		if errs[0] != nil && errs[1] != nil {
			t.Fatalf("both have lost: %v, %v", errs[0], errs[1])
		}
	}
	for _, m := range []*machine{a, b} {
		if err := m.CatchUp(t.Context(), m.site); err != nil {
			t.Fatal(err)
		}
	}
	if a.log(t) != b.log(t) || !maps.Equal(a.contents(t), b.contents(t)) {
		t.Errorf("the machines differ:\n%s\n%s", a.log(t), b.log(t))
	}
	if n, err := a.site.Generation(); n != won || err != nil {
		t.Errorf("generation %d of %d publications, %v", n, won, err)
	}
	if won > 390 {
		t.Errorf("%d of 400 were published: they don't come at once", won)
	}
}

func testRefused(t *testing.T, h *house) {
	first := h.describe(t.TempDir())
	h.join(first)
	for want, change := range map[string]func(*Machine){
		"host key of this machine, SHA256:other":   func(m *Machine) { m.HostKeys = []string{"SHA256:other"} },
		"the secret that readers' numbers are":     func(m *Machine) { m.ReadersCheck = []byte("other") },
		"has a published site of its own":          func(m *Machine) { alone(t, m.Data) },
		"belongs to the blog 00000000-0000-0000-0": func(m *Machine) { writeFile(t, m.Data, databaseFile, "00000000-0000-0000-0000-000000000000\n") },
	} {
		m := h.describe(t.TempDir())
		change(&m)
		_, err := Join(t.Context(), h.open(), m)
		var refused *RefusedError
		if !errors.As(err, &refused) || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, and not %q", err, want)
		}
	}
	first.HostKeys = append(first.HostKeys, "SHA256:next")
	h.join(first)
	other := h.describe(t.TempDir())
	other.HostKeys = []string{"SHA256:next"}
	h.join(other) // a key that was announced
	h.join(first) // which announces it still
	late := h.describe(t.TempDir())
	if _, err := Join(t.Context(), h.open(), late); err == nil || !strings.Contains(err.Error(), "is not that of the others, SHA256:next") {
		t.Errorf("a machine joins with a key that was replaced: %v", err)
	}
}

// testAnnounced: of the tables of an older program it isn't known which of two keys that came at once is served.
func testAnnounced(t *testing.T, h *house) {
	db := h.open()
	if err := db.Migrate(t.Context(), "site", migrations[:1]); err != nil {
		t.Fatal(err)
	}
	if err := db.Exec(t.Context(), `INSERT INTO host_key VALUES ('SHA256:one'), ('SHA256:next')`); err != nil {
		t.Fatal(err)
	}
	h.join(h.describe(t.TempDir()))
	next := h.describe(t.TempDir())
	next.HostKeys = []string{"SHA256:next"}
	h.join(next)
	if _, err := Join(t.Context(), h.open(), h.describe(t.TempDir())); err == nil || !strings.Contains(err.Error(), "is not that of the others, SHA256:next") {
		t.Errorf("a machine joins with a key that was replaced: %v", err)
	}
}

func writeFile(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func testAuthors(t *testing.T, h *house) {
	one, two := h.describe(t.TempDir()), h.describe(t.TempDir())
	writeFile(t, one.Data, keys.AuthorsFile, "# from the first machine\n")
	h.join(one)
	b := h.join(two)
	b.follow(t)
	h.addAuthor("# and more\n")
	b.hasAuthors(t, "# from the first machine\n# and more\n")
}

// addAuthor adds a line to the authors' file of all machines.
func (h *house) addAuthor(line string) {
	h.t.Helper()
	if err := EditAuthors(h.t.Context(), h.open(), func(data []byte) ([]byte, error) { return append(data, line...), nil }); err != nil {
		h.t.Fatal(err)
	}
}

// hasAuthors waits until a machine's authors' file has some lines.
func (m *machine) hasAuthors(t *testing.T, want string) {
	t.Helper()
	deadline := time.Now().Add(2 * time.Second)
	for {
		got, _ := os.ReadFile(m.authorsFile())
		if string(got) == want {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("the machine has the authors %q, and not %q", got, want)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// testLacking: while a publication can't be laid out, a machine that has nothing else doesn't start, and the authors are taken
// all the same.
func testLacking(t *testing.T, h *house) {
	a, b := h.join(h.describe(t.TempDir())), h.join(h.describe(t.TempDir()))
	a.mustPublish(t, "ada", map[string]string{"a.md": "a"})
	if err := a.db.Exec(t.Context(), `UPDATE blob SET bytes = 'b'`); err != nil {
		t.Fatal(err)
	}
	if _, err := Join(t.Context(), h.open(), h.describe(t.TempDir())); err == nil || !strings.Contains(err.Error(), "a file in the database is damaged") {
		t.Errorf("a machine joins with a damaged file: %v", err)
	}
	if err := a.db.Exec(t.Context(), `DELETE FROM blob`); err != nil {
		t.Fatal(err)
	}
	late := h.describe(t.TempDir())
	for range 2 {
		if _, err := Join(t.Context(), h.open(), late); err == nil || !strings.Contains(err.Error(), "the database lacks 1 parts of the files of a generation, and there is nothing of the blog") {
			t.Errorf("a machine joins without the publication: %v", err)
		}
	}
	b.follow(t)
	h.addAuthor("# new\n")
	b.hasAuthors(t, "# new\n")
}

func testSweep(t *testing.T, h *house) {
	a := h.join(h.describe(t.TempDir()))
	for i := range 9 {
		a.mustPublish(t, "ada", map[string]string{"post.md": fmt.Sprint(i), "kept.md": "kept"})
	}
	blobs := func() (n int) {
		if err := a.db.QueryRow(t.Context(), `SELECT count(*) FROM blob`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if err := a.sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := blobs(); n != 10 {
		t.Errorf("%d blobs, though all are of this hour", n)
	}
	if err := a.db.Exec(t.Context(), `UPDATE blob SET used = used - interval '2 hours'`); err != nil {
		t.Fatal(err)
	}
	if err := a.sweep(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := blobs(); n != 6 { // five texts of a post, and one of the other
		t.Errorf("%d blobs are left", n)
	}
	late := h.join(h.describe(t.TempDir()))
	late.shows(t, 0, map[string]string{"post.md": "8", "kept.md": "kept"})
	a.mustPublish(t, "ada", map[string]string{"post.md": "0"}) // whose bytes have gone
}

func testLarge(t *testing.T, h *house) {
	a := h.join(h.describe(t.TempDir()))
	want := map[string]string{"large.bin": strings.Repeat("0123456789abcdef", 9<<20/16) + "end", "exact.bin": strings.Repeat("x", maxPart), "empty.txt": ""}
	a.mustPublish(t, "ada", want)
	h.join(h.describe(t.TempDir())).shows(t, 0, want)
}

// testUntold: a publication that no machine was told of is found at the next look.
func testUntold(t *testing.T, h *house) {
	a, b := h.join(h.describe(t.TempDir())), h.join(h.describe(t.TempDir()))
	a.mustPublish(t, "ada", map[string]string{"a.md": "a"})
	b.look = 200 * time.Millisecond
	b.follow(t)
	b.shows(t, 2*time.Second, map[string]string{"a.md": "a"})
	err := a.db.Exec(t.Context(), `INSERT INTO generation SELECT n+1, n, ''::bytea, author, at, how, record || '{"generation": 2}' FROM generation`)
	if err != nil {
		t.Fatal(err)
	}
	b.shows(t, 2*time.Second, map[string]string{})
}
