package state

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"
)

// A Keeper has the memories of the readers who are here, and saves what changes in them: some time later, and when a reader
// leaves. When the store fails, the log has a line a minute, readers read on, and what has changed is saved when the store
// works again. It does nothing for who has proved no key. It is safe for concurrent use.
type Keeper struct {
	dir      string // the data directory, which has the secret
	database *Database
	log      *slog.Logger
	saver    Saver

	saving sync.Mutex // held while something is saved or erased, so that nothing that was erased is saved again
	full   time.Time  // when it was logged last that the store has no room; guarded by saving

	mu       sync.Mutex // guards what follows; never held while the store is used
	secret   *Secret    // nil until it is read
	memories map[ID]*Memory
}

const (
	loadWait   = 500 * time.Millisecond // a reader waits no longer
	expireWait = 24 * time.Hour
	maxUnsaved = 1000 // readers who have left and whose changes could not be saved yet
)

// expiry returns the moment before which a reader must have been seen last to be erased now: 13 months ago.
func expiry(now time.Time) time.Time { return now.AddDate(0, -13, 0) }

// NewKeeper returns a keeper whose secret is in a data directory. The database is not used before Run or the first visit.
func NewKeeper(dir string, db *Database, log *slog.Logger) *Keeper {
	return &Keeper{dir: dir, database: db, log: log, saver: NewSaver(), memories: map[ID]*Memory{}}
}

// Run saves what changes, and erases readers who have been away for long, until ctx is done. Then it saves what is left.
func (k *Keeper) Run(ctx context.Context) { k.saver.Run(ctx, k.save, k.expire) }

// Visit returns the memory of a reader who has proved a public key, in SSH's wire format. reads says that the session is for
// reading, and not a command. The caller calls [Memory.Leave]. It waits for the store, but not for long; the error says why what
// is kept of the reader can't be read now.
func (k *Keeper) Visit(key []byte, reads bool) (*Memory, error) {
	secret, err := k.readSecret()
	if err != nil {
		return nil, err
	}
	id := secret.ID(key)
	if m := k.join(id, nil); m != nil {
		m.visit(reads)
		return m, nil
	}
	loaded := make(chan error, 1)
	var r Record
	go func() {
		var err error
		r, err = k.load(context.Background(), id)
		loaded <- err
	}()
	select {
	case err = <-loaded:
	case <-time.After(loadWait):
		err = fmt.Errorf("the database has not answered within %v", loadWait)
		k.database.failed(err)
	}
	if err != nil && !errors.Is(err, ErrUnknown) {
		return nil, err
	}
	m := k.join(id, &Memory{id: id, keeper: k, agreed: err == nil, record: r})
	m.visit(reads)
	return m, nil
}

// join counts a session of a reader. If no session of theirs is open, the memory is the one that was loaded, or nil.
func (k *Keeper) join(id ID, loaded *Memory) *Memory {
	k.mu.Lock()
	defer k.mu.Unlock()
	m := k.memories[id]
	if m == nil {
		if m = loaded; m == nil {
			return nil
		}
		k.memories[id] = m
	}
	m.sessions++
	return m
}

// Leave ends a session of the reader. What has changed is saved, but not waited for.
func (m *Memory) Leave() {
	if m == nil {
		return
	}
	k := m.keeper
	k.mu.Lock()
	m.sessions--
	k.mu.Unlock()
	k.saver.Now()
}

// Forget erases all that is kept of the reader, and returns when that is done. It ends with ctx.
func (m *Memory) Forget(ctx context.Context) error {
	k := m.keeper
	k.saving.Lock()
	defer k.saving.Unlock()
	m.forget()
	return k.database.Use(ctx, func(ctx context.Context, s Store) error { return s.Forget(ctx, m.id) })
}

func (k *Keeper) readSecret() (Secret, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.secret == nil {
		s, err := ReadSecret(k.dir)
		if err != nil {
			return s, err
		}
		k.secret = &s
	}
	return *k.secret, nil
}

func (k *Keeper) load(ctx context.Context, id ID) (r Record, err error) {
	err = k.database.Use(ctx, func(ctx context.Context, s Store) (err error) {
		r, err = s.Load(ctx, id)
		return err
	})
	return r, err
}

// save saves what has changed, and drops the memories of readers who have left. It reports whether all was saved.
func (k *Keeper) save(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, storeWait)
	defer cancel()
	saved := true
	for _, m := range k.all() {
		if ctx.Err() != nil {
			saved = false
			break
		}
		if err := k.saveOne(ctx, m); err != nil { // which may be about this reader alone
			saved = false
		}
	}
	k.dropLeft()
	return saved
}

// saveOne saves what has changed in a memory.
func (k *Keeper) saveOne(ctx context.Context, m *Memory) error {
	k.saving.Lock()
	defer k.saving.Unlock()
	c, taken, ok := m.take()
	if !ok {
		return nil
	}
	err := k.database.Use(ctx, func(ctx context.Context, s Store) error { return s.Save(ctx, m.id, c) })
	if errors.Is(err, ErrFull) {
		k.logFull()
	}
	if errors.Is(err, ErrUnknown) || errors.Is(err, ErrFull) { // forgotten by another process, or not taken in
		m.forget()
		return nil
	}
	if err != nil {
		m.putBack(taken)
	}
	return err
}

// logFull logs that a reader was not taken in, unless that was logged a short time ago. k.saving must be held.
func (k *Keeper) logFull() {
	if now := time.Now(); now.Sub(k.full) >= logEvery {
		k.full = now
		k.log.Warn("state: there is no room to remember more readers; who agrees now reads on, and is not remembered")
	}
}

func (k *Keeper) all() []*Memory {
	k.mu.Lock()
	defer k.mu.Unlock()
	all := make([]*Memory, 0, len(k.memories))
	for _, m := range k.memories {
		all = append(all, m)
	}
	return all
}

// dropLeft drops the memories of readers who have left and whose changes are saved, and of some others if there are too many.
func (k *Keeper) dropLeft() {
	k.mu.Lock()
	defer k.mu.Unlock()
	unsaved := 0
	for id, m := range k.memories {
		if m.sessions > 0 {
			continue
		}
		m.mu.Lock()
		dirty := m.change.any
		m.mu.Unlock()
		if dirty {
			unsaved++
		}
		if !dirty || unsaved > maxUnsaved {
			delete(k.memories, id)
		}
	}
}

// expire erases the readers who have been away for long. It returns when to call it again.
func (k *Keeper) expire(ctx context.Context) time.Duration {
	n := 0
	err := k.database.Use(ctx, func(ctx context.Context, s Store) (err error) {
		n, err = s.Expire(ctx, expiry(time.Now()))
		return err
	})
	if err == nil && n > 0 {
		k.log.Info("state: readers were erased who have not come for 13 months", "readers", n)
	}
	return expireWait
}
