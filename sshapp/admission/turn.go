package admission

import "sync"

// A turn is the lock that is held while a program's request is worked on: a command, a request of SFTP, an answer to a line.
// Programs ask as fast as they are answered, and an answer may take a tenth of a second. Together they take one core, of which
// each address gets its share, so a reader's key is answered at once whatever programs ask for. Nobody may wait for a client
// while holding it. It implements [sync.Locker].
type turn struct {
	source *sync.Mutex // of the address; taken first, so that one address never has two waiting for the other
	server *sync.Mutex
}

// Lock waits for the turn.
func (t turn) Lock() {
	t.source.Lock()
	t.server.Lock()
}

// Unlock ends the turn.
func (t turn) Unlock() {
	t.server.Unlock()
	t.source.Unlock()
}
