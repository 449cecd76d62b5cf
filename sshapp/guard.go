package sshapp

import (
	"fmt"
	"runtime/debug"
)

// A guard recovers from a panic in a reader's session, which would end the server.
type guard struct {
	failed error // the panic and its stack
}

// catch takes what recover returned, and reports whether that was a panic.
func (g *guard) catch(r any) bool {
	if r == nil {
		return false
	}
	g.failed = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
	return true
}
