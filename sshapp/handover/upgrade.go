package handover

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"strconv"
	"time"
)

// startTime is how long a new process may take to load its blog and serve.
const startTime = time.Minute

// Upgrade starts this program again for each signal, until a new process serves, and then closes retire. It hands ln over to
// the new process. While none serves, this process goes on.
func Upgrade(signals <-chan os.Signal, ln net.Listener, log *slog.Logger, retire chan<- struct{}) {
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

// Refuse logs for each signal that there is no upgrade in a container: it ends with its first process.
func Refuse(signals <-chan os.Signal, log *slog.Logger) {
	for range signals {
		log.Error("upgrade", "error", "the first process of a container can't hand over to another; restart the container")
	}
}

// upgrade starts this program again with the same arguments and the listening socket. It returns when the new process
// serves, or has failed to.
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
	_ = ready.SetReadDeadline(time.Now().Add(startTime))
	if _, err := ready.Read(make([]byte, 1)); err != nil {
		_ = cmd.Process.Kill()
		return fmt.Errorf("the new process doesn't serve: %w", errors.Join(err, cmd.Wait()))
	}
	notify("MAINPID=" + strconv.Itoa(cmd.Process.Pid))
	return cmd.Process.Release()
}
