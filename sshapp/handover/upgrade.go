package handover

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// StartTime is how long a new process may take to load its blog and serve. 10,000 posts take 2 s on a slow machine.
const StartTime = 10 * time.Second

// An Upgrade replaces this process with a new one of the program that lies at the same path by then.
type Upgrade struct {
	Program   string        // the path, from [Program]
	Version   string        // of this process
	Listener  net.Listener  // handed over to the new process
	StartTime time.Duration // after which a new process that doesn't serve is killed
	Log       *slog.Logger
}

// Run starts the program again for each signal, with the arguments of this process, until a new process serves, and then
// closes retire. While none serves, this process goes on.
func (u Upgrade) Run(signals <-chan os.Signal, retire chan<- struct{}) {
	log := u.Log.With("binary", u.Program, "version", u.Version)
	for range signals {
		version, err := u.start()
		if err != nil {
			log.Error("not upgraded; this process goes on", "error", err)
			continue
		}
		log.Info("upgraded; this process serves its readers until they leave", "new", version)
		close(retire)
		return
	}
}

// Refuse logs for each signal that there is no upgrade in a container: it ends with its first process.
func Refuse(signals <-chan os.Signal, log *slog.Logger) {
	for range signals {
		log.Error("not upgraded", "error", "the first process of a container can't hand over to another; restart the container")
	}
}

// start starts a new process with the listening socket, and returns its version once it serves.
func (u Upgrade) start() (version string, err error) {
	l, ok := u.Listener.(*net.TCPListener)
	if !ok {
		return "", errors.New("only a TCP socket can be handed over")
	}
	socket, err := duplicate(l)
	if err != nil {
		return "", err
	}
	defer socket.Close()
	ready, tell, err := os.Pipe()
	if err != nil {
		return "", err
	}
	defer ready.Close()

	cmd := exec.Command(u.Program, os.Args[1:]...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	cmd.ExtraFiles = []*os.File{socket, tell}
	cmd.Env = append(os.Environ(), "LISTEN_FDS=1", readyFD+"="+strconv.Itoa(firstFD+1))
	err = cmd.Start()
	tell.Close()
	if err != nil {
		return "", err
	}
	_ = ready.SetReadDeadline(time.Now().Add(u.StartTime))
	var line [maxVersion]byte
	n, err := ready.Read(line[:])
	if err != nil {
		_ = cmd.Process.Kill()
		ended := cmd.Wait()
		if errors.Is(err, os.ErrDeadlineExceeded) {
			return "", fmt.Errorf("the new process didn't serve within %v, and was killed", u.StartTime)
		}
		return "", fmt.Errorf("the new process ended before it served: %w", ended)
	}
	notify("MAINPID=" + strconv.Itoa(cmd.Process.Pid))
	return strings.TrimSpace(string(line[:n])), cmd.Process.Release()
}
