//go:build !linux

package machine

// MaxConns returns a guess: the limit of open files is not looked up here.
func MaxConns() int { return 1000 }

// availableMemory returns 0: it is not looked up here.
func availableMemory() int64 { return 0 }
