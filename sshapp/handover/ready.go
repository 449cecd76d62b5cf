package handover

import (
	"fmt"
	"net"
	"os"
	"strconv"
)

// readyFD is a variable that a process sets for its successor: the descriptor to write its version to once the successor
// serves.
const readyFD = "POSTERN_READY_FD"

// maxVersion bounds a version in bytes. A line that short reaches the reader of a pipe in one piece (pipe(7), PIPE_BUF).
const maxVersion = 256

// Ready tells systemd, and then the predecessor if there is one, that this process serves, and which version it is. The
// predecessor then names it to systemd as the main process.
func Ready(version string) {
	notify("READY=1")
	if fd, err := strconv.Atoi(os.Getenv(readyFD)); err == nil {
		f := os.NewFile(uintptr(fd), "ready")
		fmt.Fprintf(f, "%.*s\n", maxVersion-1, version)
		f.Close()
	}
	for _, name := range []string{readyFD, "LISTEN_FDS", "LISTEN_PID", "LISTEN_FDNAMES"} {
		os.Unsetenv(name)
	}
}

// notify tells systemd a state of the service (sd_notify(3)), if it has asked for that.
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
