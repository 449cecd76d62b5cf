package sshapp

import "time"

// Limits bound what one client can cost. Every field has a default, in [DefaultLimits], and is there for a reason.
type Limits struct {
	Width, Height int // of a terminal, in cells: the cell buffers are allocated at once, and a client may ask for 2³²−1

	EnvCount int // variables in one session
	EnvBytes int // of their names and values together
	Command  int // bytes of a command line
	Term     int // bytes of a terminal's name; the longest in terminfo has 24
	Input    int // bytes typed that a session hasn't worked on yet; more end it

	KeysPerSecond int // how many keys of one session are worked on; a held key repeats 30 to 60 times a second
}

// DefaultLimits are what a small server on the open internet does well with.
func DefaultLimits() Limits {
	return Limits{
		Width: 500, Height: 300,
		EnvCount: 32, EnvBytes: 4 << 10,
		Command: 64 << 10,
		Term:    64,
		Input:   64 << 10,

		KeysPerSecond: 200,
	}
}

// clamp returns a size within the limits. A terminal that doesn't know its size yet says 0×0; that stays, and waits.
func (l Limits) clamp(columns, rows uint32) size {
	if columns == 0 || rows == 0 {
		return size{}
	}
	return size{int(min(columns, uint32(l.Width))), int(min(rows, uint32(l.Height)))}
}

// escapeTimeout is how long an escape that nothing follows waits to be taken for the Esc key. Over a network the bytes of
// one key come in one packet as a rule; 50 ms is what ultraviolet waits too.
const escapeTimeout = 50 * time.Millisecond
