package admission

import (
	"bytes"
	"errors"
	"io"
	"net"
	"slices"
	"strings"
	"syscall"

	gossh "golang.org/x/crypto/ssh"

	"postern/content/sanitize"
)

// The log of connections that end before their client has authenticated.

// maxLogged bounds each string of a client in the log, in bytes. It is the longest version line (RFC 4253, section 4.2).
const maxLogged = 255

// LogText returns the beginning of what a client has sent as one line that is safe to show on a terminal, for the log.
func LogText(s string) string { return sanitize.Line(s[:min(len(s), maxLogged)]) }

// keepFirstLine keeps what the client sends first, which says what client it is.
func (c *Conn) keepFirstLine(p []byte) {
	if c.wholeLine {
		return
	}
	line, _, whole := bytes.Cut(p, []byte("\n"))
	c.firstLine = append(c.firstLine, line[:min(len(line), maxLogged-len(c.firstLine))]...)
	c.wholeLine = whole || len(c.firstLine) == maxLogged
}

// HandshakeFailed counts and logs that the connection has ended before its client has authenticated, with the library's error.
// One that its client has closed without a byte is a balancer's question whether the server is there, and is neither counted
// nor logged. Call it when nobody reads from the connection any more.
func (c *Conn) HandshakeFailed(err error) {
	c.mu.Lock()
	dropped, expired := c.dropped, c.expired
	c.mu.Unlock()
	if dropped {
		return // it is counted as refused
	}
	client := string(bytes.TrimSuffix(c.firstLine, []byte("\r")))
	reason, detail := failure(err, client)
	switch {
	case expired:
		reason, detail = "too slow", ""
	case lacksHeader(c.Conn, err):
		reason, detail = "no PROXY header", ""
	case client == "":
		return
	}
	attrs := []any{"addr", c.addr.String(), "client", LogText(client)}
	if detail != "" {
		attrs = append(attrs, "detail", LogText(detail))
	}
	c.gate.failures.add(reason, attrs...)
}

// failure returns why a handshake failed, one of a few reasons, and what else there is to say.
func failure(err error, client string) (reason, detail string) {
	var algorithm *gossh.AlgorithmNegotiationError
	var auth *gossh.ServerAuthError
	switch {
	case errors.As(err, &algorithm):
		what := strings.TrimPrefix(strings.TrimPrefix(algorithm.What, "client to server "), "server to client ")
		offers := slices.DeleteFunc(algorithm.RequestedAlgorithms, isExtension)
		return "no common " + what, "client offers " + strings.Join(offers, ", ")
	case errors.As(err, &auth):
		return "not authenticated", ""
	case !strings.HasPrefix(client, "SSH-"):
		return "not SSH", ""
	case errors.Is(err, io.EOF), errors.Is(err, net.ErrClosed), errors.Is(err, syscall.ECONNRESET):
		return "client left", ""
	}
	if op := (*net.OpError)(nil); errors.As(err, &op) {
		err = op.Err // without the addresses of both ends
	}
	return "protocol error", err.Error()
}

// isExtension reports whether a name among the key exchanges is no algorithm, but says that the client knows an extension of the
// protocol (RFC 8308, section 2.1).
func isExtension(name string) bool {
	return name == "ext-info-c" || strings.HasPrefix(name, "kex-strict-")
}
