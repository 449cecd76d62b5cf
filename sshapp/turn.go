package sshapp

import "sync"

// A turn is taken by whoever may work for a program: a command, a request of SFTP, an answer to a line. Programs ask as fast as
// they are answered, and an answer may take a tenth of a second. What must hold: together they take one core, of which each
// address gets its share, so that a reader's keys are answered at once whatever programs ask for; and nobody has the turn who
// waits for a client. It implements [sync.Locker].
type turn struct {
	own *sync.Mutex // of the address; taken first, so that one address never has two in the queue for the other
	all *sync.Mutex // of the server
}

// Lock waits for the turn.
func (t turn) Lock() {
	t.own.Lock()
	t.all.Lock()
}

// Unlock gives it back.
func (t turn) Unlock() {
	t.all.Unlock()
	t.own.Unlock()
}
