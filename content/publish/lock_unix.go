//go:build unix

package publish

import (
	"errors"
	"os"
	"syscall"
)

// flock takes the lock that a file stands for, and waits for it. It is given back when the file is closed, or its process ends.
func flock(f *os.File) error { return syscall.Flock(int(f.Fd()), syscall.LOCK_EX) }

// flockShared takes the lock together with others who do so, and flockAlone without any. ok is false if somebody else has it: they
// don't wait.
func flockShared(f *os.File) (ok bool, err error) { return tryFlock(f, syscall.LOCK_SH) }
func flockAlone(f *os.File) (ok bool, err error)  { return tryFlock(f, syscall.LOCK_EX) }

func tryFlock(f *os.File, how int) (ok bool, err error) {
	err = syscall.Flock(int(f.Fd()), how|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		return false, nil
	}
	return err == nil, err
}

// runs reports whether a process runs.
func runs(pid int) bool { return syscall.Kill(pid, 0) != syscall.ESRCH }
