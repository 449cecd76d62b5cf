//go:build unix

package publish

import (
	"os"
	"syscall"
)

// flock takes the lock that a file stands for, and waits for it. It is given back when the file is closed, or its process ends.
func flock(f *os.File) error { return syscall.Flock(int(f.Fd()), syscall.LOCK_EX) }

// runs reports whether a process runs.
func runs(pid int) bool { return syscall.Kill(pid, 0) != syscall.ESRCH }
