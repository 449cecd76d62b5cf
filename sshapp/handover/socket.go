// Package handover passes the listening socket from one process to the next, as systemd does to a service, and tells
// systemd which process serves.
package handover

import (
	"context"
	"fmt"
	"net"
	"os"
	"strconv"
)

// A process hands its listening socket to the next as systemd does to a service (sd_listen_fds(3)): as descriptor 3, with
// LISTEN_FDS=1. LISTEN_PID names the process that it is meant for. That can't be known before the process is started, so
// it is left out then, and heeded only where it is set.
const firstFD = 3

// Listen returns the socket that was handed over, or else one that listens on addr.
func Listen(ctx context.Context, addr string) (net.Listener, error) {
	n, _ := strconv.Atoi(os.Getenv("LISTEN_FDS"))
	switch {
	case n <= 0 || !forThisProcess(os.Getenv("LISTEN_PID")):
		config := net.ListenConfig{KeepAlive: -1} // the server says how connections are kept alive, once for each
		return config.Listen(ctx, "tcp", addr)
	case n > 1:
		return nil, fmt.Errorf("%d sockets were handed over, and one is served; write one ListenStream= in the socket unit", n)
	}
	f := os.NewFile(firstFD, "socket")
	defer f.Close()
	l, err := net.FileListener(f)
	if err != nil {
		return nil, fmt.Errorf("the socket that was handed over: %w", err)
	}
	if _, ok := l.(*net.TCPListener); !ok {
		return nil, fmt.Errorf("the socket that was handed over, %s, is not TCP; write a port for ListenStream= in the socket unit", l.Addr())
	}
	return l, nil
}

func forThisProcess(pid string) bool { return pid == "" || pid == strconv.Itoa(os.Getpid()) }
