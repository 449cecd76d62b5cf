//go:build unix

package handover

import (
	"errors"
	"net"
	"os"
	"syscall"
)

// duplicate returns a descriptor of the listening socket. The one of [net.TCPListener.File] won't do: it becomes blocking
// when it is passed on, and the mode belongs to the socket. This process would then wait in accept(2) where Close can't
// reach it, and take one more visitor who is the next process's.
func duplicate(l *net.TCPListener) (*os.File, error) {
	raw, err := l.SyscallConn()
	if err != nil {
		return nil, err
	}
	fd, dupErr := 0, error(nil)
	err = raw.Control(func(old uintptr) {
		syscall.ForkLock.RLock()
		defer syscall.ForkLock.RUnlock()
		if fd, dupErr = syscall.Dup(int(old)); dupErr == nil {
			syscall.CloseOnExec(fd)
		}
	})
	if err = errors.Join(err, dupErr); err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(fd), "listener"), nil
}
