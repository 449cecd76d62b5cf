package sshapp

import "postern/sshapp/state"

// remember returns the memory of a channel's reader, nil for who has proved no key, and otherwise why who came under a reserved
// name reads as everybody does. visits says that the session is for reading, and not a command.
func (s *server) remember(c *channel, visits bool) (m *state.Memory, refusal string) {
	switch {
	case c.identity.member == nil:
		return nil, c.identity.refusal
	case s.config.Readers == nil:
		return nil, "this blog remembers nobody"
	}
	m, err := s.config.Readers.Visit(c.identity.member, visits)
	if err != nil { // which the keeper has logged
		return nil, "what is kept of you can't be read now"
	}
	return m, ""
}
