package sshapp

import (
	"fmt"
	"runtime/debug"
)

// A guard recovers from a panic in a reader's session, which would end the server.
type guard struct {
	failed error // the panic and its stack
}

// catch takes what recover returned. The first panic is kept: what follows it may have failed because of it.
func (g *guard) catch(r any) {
	if r != nil && g.failed == nil {
		g.failed = fmt.Errorf("panic: %v\n%s", r, debug.Stack())
	}
}
