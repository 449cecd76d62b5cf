//go:build !unix

package handover

import (
	"errors"
	"net"
	"os"
)

// duplicate fails: a process gets no sockets from the one that starts it here.
func duplicate(*net.TCPListener) (*os.File, error) {
	return nil, errors.New("a process can't hand its socket over on this system; restart the server")
}
