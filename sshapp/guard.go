package sshapp

import (
	"fmt"
	"runtime/debug"
)

// A guard keeps the panic that a reader's session has ended with, so that the server doesn't.
type guard struct {
	failed error // the panic and its stack
}

// catch keeps what was recovered from, if it was a panic.
func (g *guard) catch(r any) bool {
	if r == nil {
		return false
	}
	g.failed = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
	return true
}
