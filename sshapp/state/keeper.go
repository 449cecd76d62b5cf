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
	dir   string // the data directory
	begin func(dir string) (Store, error)
	log   *slog.Logger
	woken chan struct{} // holds a token when something has changed
	hurry chan struct{} // holds a token when it is to be saved at once

	saving sync.Mutex // held while something is saved or erased, so that nothing that was erased is saved again

	storeMu sync.Mutex // guards store; held while it is opened
	store   Store      // nil until it is opened

	mu       sync.Mutex // guards what follows; never held while the store is used
	secret   *Secret    // nil until it is read
	logged   time.Time  // when a failure of the store was logged last
	memories map[ID]*Memory
}

const (
	saveAfter  = 25 * time.Second // at most 30 s are lost with a killed process; saving itself takes a part of them
	logEvery   = time.Minute
	loadWait   = 500 * time.Millisecond // a reader waits no longer
	storeWait  = 10 * time.Second       // for everything else
	expireWait = 24 * time.Hour
	maxUnsaved = 1000 // readers who have left and whose changes could not be saved yet
)

// expiry returns the moment before which a reader must have been seen last to be erased now: 13 months ago.
func expiry(now time.Time) time.Time { return now.AddDate(0, -13, 0) }

// NewKeeper returns a keeper whose store is in a data directory. Nothing is opened before Run or the first visit.
func NewKeeper(dir string, log *slog.Logger) *Keeper {
	begin := func(dir string) (Store, error) { return OpenSQLite(dir) }
	return &Keeper{dir: dir, begin: begin, log: log, woken: make(chan struct{}, 1), hurry: make(chan struct{}, 1), memories: map[ID]*Memory{}}
}

// Run saves what changes, and erases readers who have been away for long, until ctx is done. Then it saves what is left and
// closes the store.
func (k *Keeper) Run(ctx context.Context) {
	defer k.close()
	expire := time.NewTimer(0)
	defer expire.Stop()
	save := time.NewTimer(0)
	save.Stop()
	waiting := false // save is running
	for {
		select {
		case <-ctx.Done():
			k.save(context.WithoutCancel(ctx))
			return
		case <-k.woken:
			if !waiting {
				save.Reset(saveAfter)
				waiting = true
			}
			continue
		case <-expire.C:
			k.expire(ctx)
			expire.Reset(expireWait)
			continue
		case <-k.hurry:
		case <-save.C:
		}
		save.Stop()
		if waiting = !k.save(ctx); waiting {
			save.Reset(saveAfter)
		}
	}
}

// wake has what has changed saved later.
func (k *Keeper) wake() { signal(k.woken) }

func signal(c chan struct{}) {
	select {
	case c <- struct{}{}:
	default:
	}
}

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
		ctx, cancel := context.WithTimeout(context.Background(), storeWait)
		defer cancel()
		var err error
		r, err = k.load(ctx, id)
		loaded <- err
	}()
	select {
	case err = <-loaded:
	case <-time.After(loadWait):
		err = fmt.Errorf("the database has not answered within %v", loadWait)
	}
	if err != nil && !errors.Is(err, ErrUnknown) {
		k.logFailure("state: what is kept of a reader can't be read; they read as others do", err)
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
	signal(k.hurry)
}

// Forget erases all that is kept of the reader, and returns when that is done. It ends with ctx.
func (m *Memory) Forget(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, storeWait)
	defer cancel()
	k := m.keeper
	k.saving.Lock()
	defer k.saving.Unlock()
	m.forget()
	s, err := k.open()
	if err == nil {
		err = s.Forget(ctx, m.id)
	}
	if err != nil {
		k.fail(err)
	}
	return err
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

// open returns the store. A damaged one is set aside, and another made.
func (k *Keeper) open() (Store, error) {
	k.storeMu.Lock()
	defer k.storeMu.Unlock()
	if k.store != nil {
		return k.store, nil
	}
	s, err := k.begin(k.dir)
	if errors.Is(err, ErrCorrupt) {
		aside, asideErr := SetAside(k.dir, time.Now())
		if asideErr != nil {
			return nil, errors.Join(err, asideErr)
		}
		k.log.Error("state: a damaged database was set aside, and a new one is begun", "file", aside, "error", err)
		s, err = k.begin(k.dir)
	}
	if err != nil {
		return nil, err
	}
	k.store = s
	return s, nil
}

func (k *Keeper) load(ctx context.Context, id ID) (Record, error) {
	s, err := k.open()
	if err != nil {
		return Record{}, err
	}
	return s.Load(ctx, id)
}

// close closes the store; the next use opens it again.
func (k *Keeper) close() {
	k.storeMu.Lock()
	defer k.storeMu.Unlock()
	if k.store != nil {
		_ = k.store.Close()
		k.store = nil
	}
}

// save saves what has changed, and drops the memories of readers who have left. It reports whether all was saved.
func (k *Keeper) save(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, storeWait)
	defer cancel()
	for _, m := range k.all() {
		if err := k.saveOne(ctx, m); err != nil {
			k.fail(err)
			k.dropLeft()
			return false
		}
	}
	k.dropLeft()
	return true
}

// saveOne saves what has changed in a memory.
func (k *Keeper) saveOne(ctx context.Context, m *Memory) error {
	k.saving.Lock()
	defer k.saving.Unlock()
	c, taken, ok := m.take()
	if !ok {
		return nil
	}
	s, err := k.open()
	if err == nil {
		err = s.Save(ctx, m.id, c)
	}
	if errors.Is(err, ErrUnknown) { // forgotten by another process
		m.forget()
		return nil
	}
	if err != nil {
		m.putBack(taken)
	}
	return err
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

// fail logs that the store has failed, and has it opened again if that may help.
func (k *Keeper) fail(err error) {
	k.logFailure("state: what readers want kept can't be saved; they read on, and it is tried again", err)
	k.close()
}

// logFailure logs that the store has failed, unless that was logged a short time ago.
func (k *Keeper) logFailure(text string, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if now := time.Now(); now.Sub(k.logged) >= logEvery {
		k.logged = now
		k.log.Error(text, "error", err)
	}
}

// expire erases the readers who have been away for long.
func (k *Keeper) expire(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, storeWait)
	defer cancel()
	s, err := k.open()
	n := 0
	if err == nil {
		n, err = s.Expire(ctx, expiry(time.Now()))
	}
	switch {
	case err != nil:
		k.fail(err)
	case n > 0:
		k.log.Info("state: readers were erased who have not come for 13 months", "readers", n)
	}
}
