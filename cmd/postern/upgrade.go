package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"strconv"
	"syscall"
	"time"
)

// A process hands its listening socket to the next as systemd does to a service (sd_listen_fds(3)): as descriptor 3, with
// LISTEN_FDS=1. LISTEN_PID, which says whom it is meant for, can't be known before a process is started; it is left out
// then, and only believed when it is there.
const firstFD = 3

// readyFD is in the environment of a process that was started by its predecessor: the descriptor at which it says that it
// serves.
const readyFD = "POSTERN_READY_FD"

// listen returns the socket that was handed over, or one at addr.
func listen(ctx context.Context, addr string) (net.Listener, error) {
	if n, _ := strconv.Atoi(os.Getenv("LISTEN_FDS")); n > 0 && forThisProcess(os.Getenv("LISTEN_PID")) {
		f := os.NewFile(firstFD, "handed over")
		defer f.Close()
		return net.FileListener(f)
	}
	return new(net.ListenConfig).Listen(ctx, "tcp", addr)
}

func forThisProcess(pid string) bool { return pid == "" || pid == strconv.Itoa(os.Getpid()) }

// tellReady says that this process serves: to systemd, and then to its predecessor, who names it to systemd as the main one.
func tellReady() {
	notify("READY=1")
	if fd, err := strconv.Atoi(os.Getenv(readyFD)); err == nil {
		f := os.NewFile(uintptr(fd), "ready")
		f.Write([]byte{1})
		f.Close()
	}
	for _, name := range []string{readyFD, "LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES"} {
		os.Unsetenv(name)
	}
}

// patience is how long a new process may take to load its blog and serve.
const patience = time.Minute

// upgrade starts this program anew, with the same arguments and the listening socket, and returns when the new process
// serves. Until then, and if it never does, this one goes on.
func upgrade(ln net.Listener) error {
	l, ok := ln.(*net.TCPListener)
	if !ok {
		return errors.New("only a TCP socket can be handed over")
	}
	socket, err := duplicate(l)
	if err != nil {
		return err
	}
	defer socket.Close()
	ready, tell, err := os.Pipe()
	if err != nil {
		return err
	}
	defer ready.Close()

	self, err := os.Executable()
	if err != nil {
		return err
	}
	cmd := exec.Command(self, os.Args[1:]...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	cmd.ExtraFiles = []*os.File{socket, tell}
	cmd.Env = append(os.Environ(), "LISTEN_FDS=1", readyFD+"="+strconv.Itoa(firstFD+1))
	err = cmd.Start()
	tell.Close()
	if err != nil {
		return err
	}
	_ = ready.SetReadDeadline(time.Now().Add(patience))
	if _, err := ready.Read(make([]byte, 1)); err != nil {
		_ = cmd.Process.Kill()
		return fmt.Errorf("the new process doesn't serve: %w", errors.Join(err, cmd.Wait()))
	}
	notify("MAINPID=" + strconv.Itoa(cmd.Process.Pid))
	return cmd.Process.Release()
}

// duplicate returns a descriptor of the listening socket. The one of [net.TCPListener.File] becomes blocking when it is
// passed on, and since the mode belongs to the socket, this process would wait in accept(2), out of the reach of a Close,
// for a visitor who is not its own any more.
func duplicate(l *net.TCPListener) (*os.File, error) {
	raw, err := l.SyscallConn()
	if err != nil {
		return nil, err
	}
	fd, failed := 0, error(nil)
	err = raw.Control(func(old uintptr) {
		syscall.ForkLock.RLock()
		defer syscall.ForkLock.RUnlock()
		if fd, failed = syscall.Dup(int(old)); failed == nil {
			syscall.CloseOnExec(fd)
		}
	})
	if err = errors.Join(err, failed); err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(fd), "listener"), nil
}

// upgradeOn upgrades for each signal until one succeeds, and closes retire then.
func upgradeOn(signals <-chan os.Signal, ln net.Listener, log *slog.Logger, retire chan<- struct{}) {
	for range signals {
		if err := upgrade(ln); err != nil {
			log.Error("upgrade", "error", err)
			continue
		}
		log.Info("upgraded; this process serves its readers until they leave")
		close(retire)
		return
	}
}

// refuseUpgrades says that nothing is done, where a new process could not take this one's place.
func refuseUpgrades(signals <-chan os.Signal, log *slog.Logger) {
	for range signals {
		log.Error("upgrade", "error", "the first process of a container can't hand over to another; restart the container")
	}
}

// notify tells systemd a state of the service (sd_notify(3)), where it wants to know.
func notify(state string) {
	path := os.Getenv("NOTIFY_SOCKET")
	if path == "" {
		return
	}
	c, err := net.Dial("unixgram", path)
	if err != nil {
		return
	}
	defer c.Close()
	c.Write([]byte(state))
}
