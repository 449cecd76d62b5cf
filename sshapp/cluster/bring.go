package cluster

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/jackc/pgx/v5"

	"postern/content/publish"
	"postern/sshapp/postgres"
)

// Bring brings the site of a machine that was alone into an empty database, and has the machine join there. The data directory
// keeps what it has. Before anything of the site is there, Bring calls first, which brings what else there is. Until Bring has
// succeeded, the data directory is that of a machine alone, and Bring can be called again, whatever it had done. It returns how many
// generations there are.
func Bring(ctx context.Context, db *postgres.DB, m Machine, first func() error) (generations int, err error) {
	if Joined(m.Data) {
		return 0, fmt.Errorf("the data directory %s shares its site through a database already", m.Data)
	}
	release, err := publish.Hold(filepath.Join(m.Data, publish.Dir))
	if err != nil {
		return 0, err
	}
	defer release()
	site, err := publish.View(filepath.Join(m.Data, publish.Dir))
	if err != nil {
		return 0, err
	}
	log, err := site.Records(0)
	if err != nil {
		return 0, err
	}
	n := &Node{Machine: m, db: db, look: lookEvery}
	if err := db.Migrate(ctx, "site", migrations); err != nil {
		return 0, err
	}
	there, err := n.hasBrought(ctx, log)
	if err != nil {
		return 0, err
	}
	if there {
		return len(log), n.introduce(ctx, func(pgx.Tx) error { return nil })
	}
	all, err := hashAll(site, log)
	if err != nil {
		return 0, err
	}
	if err := first(); err != nil {
		return 0, err
	}
	return len(log), n.introduce(ctx, func(tx pgx.Tx) error { return bringAll(ctx, tx, site, all) })
}

// hasBrought reports whether the database has the site already that a log is of. It must be empty otherwise.
func (n *Node) hasBrought(ctx context.Context, log []publish.Publication) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, postgres.Wait)
	defer cancel()
	var generations, hostKeys int
	err := n.db.QueryRow(ctx, `SELECT (SELECT count(*) FROM generation), (SELECT count(*) FROM host_key)`).Scan(&generations, &hostKeys)
	if err != nil || generations == 0 && hostKeys == 0 {
		return false, err
	}
	if len(log) > 0 {
		newest := log[len(log)-1]
		there, err := n.record(ctx, newest.Generation)
		if err == nil && same(there, newest) {
			return true, nil
		}
		if err != nil && !errors.Is(err, pgx.ErrNoRows) {
			return false, err
		}
	}
	return false, fmt.Errorf("the database has a blog already, with %d generations and %d host keys; name an empty one", generations, hostKeys)
}

// A brought generation is one on its way into the database.
type brought struct {
	publish.Publication
	files, changed tree // nil for a generation that isn't kept any more
}

// hashAll reads all generations. It may take longer than the database lets a transaction wait.
func hashAll(site *publish.Site, log []publish.Publication) ([]brought, error) {
	last := &hashed{}
	var all []brought
	for _, p := range log {
		root, err := site.FS(p.Generation)
		if missing := (publish.NoGenerationError{}); errors.As(err, &missing) {
			all = append(all, brought{Publication: p})
			continue
		}
		if err != nil {
			return nil, err
		}
		now, changed, err := last.next(root)
		if err := errors.Join(err, root.Close()); err != nil {
			return nil, err
		}
		all = append(all, brought{p, now.files, changed})
		last = now
	}
	return all, nil
}

// bringAll puts all generations into the database; of those that aren't kept any more the records.
func bringAll(ctx context.Context, tx pgx.Tx, site *publish.Site, all []brought) error {
	for _, b := range all {
		if b.files != nil {
			if err := bringBlobs(ctx, tx, site, b); err != nil {
				return err
			}
		}
		if err := putGeneration(ctx, tx, b.Publication, b.files); err != nil {
			return err
		}
	}
	return nil
}

func bringBlobs(ctx context.Context, tx pgx.Tx, site *publish.Site, b brought) error {
	root, err := site.FS(b.Generation)
	if err != nil {
		return err
	}
	defer root.Close()
	return putBlobs(ctx, tx, b.changed, root.FS())
}

// hashed is a generation whose files were read.
type hashed struct {
	files tree
	infos map[string]fs.FileInfo
}

// next reads the generation after. Files that both share are read once; those that are new are changed.
func (h *hashed) next(root *os.Root) (now *hashed, changed tree, err error) {
	now, changed = &hashed{files: tree{}, infos: map[string]fs.FileInfo{}}, tree{}
	err = fs.WalkDir(root.FS(), ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		now.infos[path] = info
		if was, ok := h.infos[path]; ok && os.SameFile(was, info) {
			now.files[path] = h.files[path]
			return nil
		}
		now.files[path], err = hashFile(root.FS(), path)
		changed[path] = now.files[path]
		return err
	})
	return now, changed, err
}

// Fetch brings the site of a database into a data directory without one, and has the machine leave the others, once rest has
// brought what else there is. Until then it can be called again. It returns how many generations there are.
func Fetch(ctx context.Context, db *postgres.DB, m Machine, rest func() error) (generations int, err error) {
	n, err := Join(ctx, db, m)
	if err != nil {
		return 0, err
	}
	site, err := publish.View(filepath.Join(m.Data, publish.Dir))
	if err != nil {
		return 0, err
	}
	newest, err := n.number(ctx, newestGeneration)
	if err != nil {
		return 0, err
	}
	here, err := site.Generation()
	if err != nil {
		return 0, err
	}
	if here != newest {
		return 0, fmt.Errorf("generation %d was brought, and the newest is %d; do it again", here, newest)
	}
	if err := rest(); err != nil {
		return 0, err
	}
	return newest, os.Remove(filepath.Join(m.Data, databaseFile))
}
