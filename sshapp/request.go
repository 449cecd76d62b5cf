package sshapp

import (
	"strings"

	"postern/sshapp/admission"

	gossh "golang.org/x/crypto/ssh"
)

// The requests of a channel. No memory is used for a request beyond the limits, and none beyond them is passed on to Wish.

// filter answers the client's requests. It passes on to Wish those that open a session: one terminal, then one shell, command
// or subsystem. From then on it only takes sizes, and Wish's own loop ends. Input is kept until a session begins, so a channel
// has as much time for that as a connection has for its handshake.
func (c *channel) filter(requests <-chan *gossh.Request, passed chan<- *gossh.Request) {
	defer c.conn.CloseChannel()
	defer close(c.gone)
	defer c.startTimer.Stop()
	started := false
	for req := range requests {
		switch req.Type {
		case "window-change":
			reply(req, c.windowChange(req.Payload))
			continue
		case "env":
			reply(req, !started && c.setenv(req.Payload))
			continue
		case "pty-req":
			if !started && c.ptyRequest(req) {
				passed <- req
				continue
			}
		case "shell", "exec", "subsystem":
			if !started {
				c.boundCommand(req)
				passed <- req
				close(passed)
				started = true
				continue
			}
		}
		reply(req, false)
	}
	if !started {
		close(passed)
	}
}

func reply(req *gossh.Request, ok bool) {
	if req.WantReply {
		req.Reply(ok, nil)
	}
}

// windowChange takes a new size (RFC 4254, section 6.7). However many come, only the newest is kept.
func (c *channel) windowChange(payload []byte) bool {
	var m struct{ Columns, Rows, Width, Height uint32 }
	if gossh.Unmarshal(payload, &m) != nil {
		return false
	}
	if c.resize(m.Columns, m.Rows, m.Width, m.Height) {
		c.resized.Store(true)
		c.wake()
	}
	return true
}

// ptyRequest takes the terminal's name and size (RFC 4254, section 6.2), and rewrites the request with both within their
// bounds and without the terminal's modes, of which all but one mean nothing where there is no tty.
func (c *channel) ptyRequest(req *gossh.Request) bool {
	var m struct {
		Term                         string
		Columns, Rows, Width, Height uint32
		Modes                        string
	}
	if gossh.Unmarshal(req.Payload, &m) != nil {
		return false
	}
	c.mu.Lock()
	c.term = printable(m.Term, c.limits.Term)
	m.Term = c.term
	c.noEcho = !wantsEcho(m.Modes)
	c.size = defaultSize
	c.mu.Unlock()
	c.resize(m.Columns, m.Rows, m.Width, m.Height)
	s := c.Size()
	m.Columns, m.Rows, m.Width, m.Height, m.Modes = uint32(s.Width), uint32(s.Height), 0, 0, ""
	req.Payload = gossh.Marshal(&m)
	return true
}

// wantsEcho reports whether the server is to echo what is typed on a terminal with these modes (RFC 4254, section 8): unless
// ECHO is off.
func wantsEcho(modes string) bool {
	const end, echo, undefined, length = 0, 53, 160, 1 + 4
	for len(modes) >= length && modes[0] != end && modes[0] < undefined {
		if modes[0] == echo {
			return modes[1:length] != "\x00\x00\x00\x00"
		}
		modes = modes[length:]
	}
	return true
}

// acceptsEnv reports whether a variable of the client's environment is accepted: those that change what a reader sees. See
// AcceptEnv in sshd_config(5).
func acceptsEnv(name string) bool {
	switch name {
	case "LANG", "COLORTERM", "NO_COLOR":
		return true
	}
	return strings.HasPrefix(name, "LC_")
}

func (c *channel) setenv(payload []byte) bool {
	var m struct{ Name, Value string }
	if gossh.Unmarshal(payload, &m) != nil || !acceptsEnv(m.Name) {
		return false
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	used := 0
	for k, v := range c.env {
		used += len(k) + len(v)
	}
	if admission.Exceeds(len(c.env)+1, c.limits.EnvCount) || admission.Exceeds(used+len(m.Name)+len(m.Value), c.limits.EnvBytes) {
		return false
	}
	if c.env == nil {
		c.env = map[string]string{}
	}
	c.env[m.Name] = printable(m.Value, 0)
	return true
}

// boundCommand empties a command that is too long; the session answers it with a usage error.
func (c *channel) boundCommand(req *gossh.Request) {
	const length = 4 // of the string's own length (RFC 4251, section 5)
	if req.Type == "exec" && admission.Exceeds(len(req.Payload)-length, c.limits.Command) {
		c.commandTooLong = true
		req.Payload = gossh.Marshal(struct{ Command string }{})
	}
}
