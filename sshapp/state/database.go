package state

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"postern/sshapp/postgres"
)

// A Database is a store that is opened when it is used first, and again after it has failed. Whoever uses it goes on without it:
// a failure costs a line in the log, at most one a minute. It is safe for concurrent use.
type Database struct {
	begin    func() (Store, error)
	log      *slog.Logger
	failures atomic.Int64

	storeMu  sync.Mutex // guards what follows; held while the store is opened
	store    Store      // nil until it is opened
	unopened time.Time  // when it could not be opened last
	reason   error      // why

	loggedMu sync.Mutex // guards logged
	logged   time.Time  // when a failure was logged last
}

// reopenAfter is how long after a failure to open the store another try is made: who has waited for one doesn't wait for the next.
const reopenAfter = time.Second

// NewDatabase returns the database in a data directory. Nothing is opened before it is used. A damaged one is set aside, and
// another made.
func NewDatabase(dir string, log *slog.Logger) *Database {
	begin := func() (Store, error) { return OpenSQLite(dir) }
	return &Database{log: log, begin: func() (Store, error) {
		s, err := begin()
		if !errors.Is(err, ErrCorrupt) {
			return s, err
		}
		aside, asideErr := SetAside(dir, time.Now())
		if asideErr != nil {
			return nil, errors.Join(err, asideErr)
		}
		log.Error("state: a damaged database was set aside, and a new one is begun", "file", aside, "error", err)
		return begin()
	}}
}

// storeWait is how long one use of the store may take.
const storeWait = 10 * time.Second

// logEvery is how often a failure is logged at most.
const logEvery = time.Minute

// Use calls do with the store, and with a context that ends in time. An error is a failure of the store, unless it is [ErrUnknown]
// or [ErrFull], or says that the caller gave up. It is in words for readers and authors, who are not told where a shared database is.
func (d *Database) Use(ctx context.Context, do func(context.Context, Store) error) error {
	ctx, cancel := context.WithTimeout(ctx, storeWait)
	defer cancel()
	s, err := d.open()
	if err != nil {
		d.failed(err)
		return postgres.Explained(err)
	}
	err = do(ctx, s)
	if err == nil || errors.Is(err, ErrUnknown) || errors.Is(err, ErrFull) || errors.Is(err, context.Canceled) {
		return err
	}
	d.failed(err)
	d.close(s) // opening it again may help
	return postgres.Explained(err)
}

func (d *Database) open() (Store, error) {
	d.storeMu.Lock()
	defer d.storeMu.Unlock()
	if d.store != nil {
		return d.store, nil
	}
	if time.Since(d.unopened) < reopenAfter {
		return nil, d.reason
	}
	s, err := d.begin()
	if err != nil {
		d.unopened, d.reason = time.Now(), err
		return nil, err
	}
	d.store = s
	return s, nil
}

// close closes a store, unless that was done and another is open.
func (d *Database) close(s Store) {
	d.storeMu.Lock()
	defer d.storeMu.Unlock()
	if d.store == s {
		_ = s.Close()
		d.store = nil
	}
}

// Close closes the store; the next use opens it again.
func (d *Database) Close() {
	d.storeMu.Lock()
	defer d.storeMu.Unlock()
	if d.store != nil {
		_ = d.store.Close()
		d.store = nil
	}
}

// failed counts a failure, and logs it unless one was logged a short time ago.
func (d *Database) failed(err error) {
	d.failures.Add(1)
	d.loggedMu.Lock()
	defer d.loggedMu.Unlock()
	if now := time.Now(); now.Sub(d.logged) >= logEvery {
		d.logged = now
		d.log.Error("state: the database can't be used; blogs are read as before, and what is to be saved waits", "error", err)
	}
}

// Failures returns how often the database has failed.
func (d *Database) Failures() int64 { return d.failures.Load() }
