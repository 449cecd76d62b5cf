package main

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"postern/sshapp"
)

// addLimits adds a flag for each limit, with its default and its reason. 0 turns one off.
func addLimits(flags *pflag.FlagSet, l *sshapp.Limits) {
	count := func(p *int, name, usage string) { flags.IntVar(p, name, *p, usage) }
	span := func(p *time.Duration, name, usage string) { flags.DurationVar(p, name, *p, usage) }

	count(&l.Conns, "max-conns", "most connections in all; from three quarters of it on they are refused at random, more and more")
	count(&l.ConnsPerAddr, "max-conns-per-addr", "most connections of one IPv4 address or IPv6 /64: an office shares one")
	count(&l.ConnRate, "conn-rate-per-addr", "new connections of one address in a second: each handshake takes 1 ms of a core")
	count(&l.ConnBurst, "conn-burst-per-addr", "how many of them may come at once, when none came for a while")
	count(&l.Handshakes, "max-handshakes", "most connections that have not authenticated; past it the oldest is closed")
	span(&l.HandshakeTime, "handshake-time", "time to authenticate, and to begin a session, however slowly bytes come")
	count(&l.Channels, "max-channels", "most sessions on one connection: ssh -M opens a few")
	count(&l.SessionRate, "session-rate", "sessions and commands that one connection may begin in a second")
	count(&l.Width, "max-width", "most columns of a terminal; memory is taken for every cell")
	count(&l.Height, "max-height", "most rows of a terminal; memory is taken for every cell")
	count(&l.EnvCount, "max-env", "most environment variables of a session")
	count(&l.EnvBytes, "max-env-bytes", "most bytes of them")
	count(&l.Command, "max-command", "most bytes of a command")
	count(&l.User, "max-user", "most bytes of a user name")
	count(&l.Term, "max-term", "most bytes of a terminal's name: the longest that is known has 24")
	count(&l.Input, "max-input", "most bytes typed that wait to be worked on; more end the session")
	count(&l.KeyRate, "key-rate", "keys of a session worked on in a second: a held key repeats 30 to 60 times")
	count(&l.WireRate, "wire-rate", "bytes read from a connection in a second, after the first 128 KB: it bounds what a flood costs")
	span(&l.Stall, "stall", "how long a client may take none of what it is sent")
	span(&l.Idle, "idle", "how long a session may be without input, or a connection without a session")
	span(&l.Life, "life", "how long a session may last")
	flags.Int64Var(&l.Memory, "memory", l.Memory, "most bytes of memory in use: from three quarters on the server saves, from nine tenths it refuses")
}

// checkLimits names the limits of a command line that can't be meant: less than none, and a terminal without a bound.
func checkLimits(flags *pflag.FlagSet) error {
	var errs []error
	flags.VisitAll(func(f *pflag.Flag) {
		switch value := f.Value.String(); {
		case strings.HasPrefix(value, "-"):
			errs = append(errs, fmt.Errorf("--%s %s is less than nothing; 0 turns a limit off", f.Name, value))
		case value == "0" && (f.Name == "max-width" || f.Name == "max-height"):
			errs = append(errs, fmt.Errorf("--%s must be at least 1: a terminal without a bound would take all memory", f.Name))
		}
	})
	return errors.Join(errs...)
}

// machineLimits returns the default limits, those that depend on the machine among them.
func machineLimits() sshapp.Limits {
	l := sshapp.DefaultLimits()
	l.Conns = maxConns()
	l.Memory = memoryLimit()
	return l
}

// maxAwake is how many terminals of 120×40 may be awake in a memory limit: one takes about 1.5 MB, and together they may
// take a quarter of it. Without a limit there is no bound.
func maxAwake(memory int64) int {
	const each, least = 1536 << 10, 16
	if memory == 0 {
		return 0
	}
	return max(least, int(memory/4/each))
}
