// Package admission holds the limits before and around a connection: who is let in, and what one client, one address and all
// of them together can cost.
package admission

import "time"

// Limits bound what one client, one address and all of them together can cost. [DefaultLimits] returns the defaults. A limit
// of 0 is off, except for a terminal's size, which is always limited.
type Limits struct {
	Conns        int // connections in all; from three quarters of it on some are refused at random, more and more (as OpenSSH's MaxStartups)
	ConnsPerAddr int // connections of one address: an IPv4 address, or an IPv6 /64, which is what one subscriber gets
	ConnRate     int // new connections of one address in a second
	ConnBurst    int // new connections of one address at once, if none came for a while

	Handshakes    int           // connections that have not authenticated; from half of it on some of an address with several are closed at random, more and more, and past it one of the address with the most
	HandshakeTime time.Duration // from the accept to the end of authentication, and from a channel to its session, however slowly bytes come

	Channels    int // open channels of one connection: `ssh -M` opens a few
	SessionRate int // sessions that one connection may begin in a second

	Width, Height int // of a terminal, in cells: buffers are allocated for all of them, and a client may ask for 2³²−1

	EnvCount int // environment variables of one session
	EnvBytes int // of their names and values together
	Command  int // bytes of a command line
	User     int // bytes of a user name
	Term     int // bytes of a terminal's name; the longest in terminfo has 24

	Input    int           // bytes that were typed and wait to be worked on; more end the session
	KeyRate  int           // keys of one session that are worked on in a second; a held key repeats 30 to 60 times
	WireRate int           // bytes of one connection that are read in a second, after the first 128 KB; it bounds the cost of any flood
	Pictures int           // bytes of pictures that one session is sent, if its terminal keeps them; about eight photos
	Stall    time.Duration // without a byte taken by a client that is being sent something; the connection is closed

	KeepAlive time.Duration // without a byte of a client, until TCP asks whether it is still there: what lies between may forget a connection that is idle

	Idle time.Duration // of a session without input, or a connection without a session
	Life time.Duration // of a session

	Work   int64 // bytes of memory that work which isn't cheap may take at a time, by estimate; see [work.Queue]; never more than a quarter of Memory
	Memory int64 // bytes in use; connections are refused while three quarters of it are, garbage apart
}

// DefaultLimits returns limits for a small server on the open internet. Conns and Memory depend on the machine, and are off.
func DefaultLimits() Limits {
	return Limits{
		ConnsPerAddr:  32,
		ConnRate:      10,
		ConnBurst:     30,
		Handshakes:    256,
		HandshakeTime: 10 * time.Second,
		Channels:      4,
		SessionRate:   16,
		Width:         500,
		Height:        300,
		EnvCount:      32,
		EnvBytes:      4 << 10,
		Command:       64 << 10,
		User:          255,
		Term:          64,
		Input:         64 << 10,
		KeyRate:       200,
		WireRate:      16 << 10,
		Pictures:      1 << 20,
		Stall:         30 * time.Second,
		KeepAlive:     time.Minute,
		Idle:          time.Hour,
		Life:          24 * time.Hour,
		Work:          256 << 20,
	}
}

// Clamp returns a terminal's size within the limits.
func (l Limits) Clamp(columns, rows uint32) (width, height int) {
	return int(min(columns, uint32(l.Width))), int(min(rows, uint32(l.Height)))
}

// workMemory returns the limit of work's memory.
func (l Limits) workMemory() int64 {
	if l.Work == 0 || l.Memory == 0 {
		return l.Work
	}
	return min(l.Work, l.Memory/4)
}

// Exceeds reports whether n is more than a limit that is not off.
func Exceeds(n, limit int) bool { return limit > 0 && n > limit }
