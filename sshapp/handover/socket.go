// Package handover passes the listening socket from one process to the next, as systemd does to a service, and tells
// systemd which process serves.
package handover

import (
	"context"
	"errors"
	"net"
	"os"
	"strconv"
	"syscall"
)

// A process hands its listening socket to the next as systemd does to a service (sd_listen_fds(3)): as descriptor 3, with
// LISTEN_FDS=1. LISTEN_PID names the process that it is meant for. That can't be known before the process is started, so
// it is left out then, and heeded only where it is set.
const firstFD = 3

// Listen returns the socket that was handed over, or else one that listens on addr.
func Listen(ctx context.Context, addr string) (net.Listener, error) {
	if n, _ := strconv.Atoi(os.Getenv("LISTEN_FDS")); n > 0 && forThisProcess(os.Getenv("LISTEN_PID")) {
		f := os.NewFile(firstFD, "socket")
		defer f.Close()
		return net.FileListener(f)
	}
	return new(net.ListenConfig).Listen(ctx, "tcp", addr)
}

func forThisProcess(pid string) bool { return pid == "" || pid == strconv.Itoa(os.Getpid()) }

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
