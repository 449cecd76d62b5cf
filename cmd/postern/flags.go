package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"postern/content/publish"
	"postern/sshapp/admission"
	"postern/sshapp/machine"
)

// addData adds the flag for the directory of the server's own data.
func addData(flags *pflag.FlagSet, dir *string) {
	flags.StringVar(dir, "data", defaultData(), "directory of the server's own data: its host key, who may publish, the published site, what readers had kept")
}

// defaultData returns the directory that systemd gives the service (StateDirectory= in systemd.exec(5)), or else the one
// that the XDG Base Directory Specification names, or else one in the working directory.
func defaultData() string {
	if dir := os.Getenv("STATE_DIRECTORY"); dir != "" {
		return dir
	}
	if dir := os.Getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "postern")
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "postern-data"
	}
	return filepath.Join(home, ".local", "state", "postern")
}

// addSite adds the flags for the limits of the published site.
func addSite(flags *pflag.FlagSet, l *publish.Limits) {
	flags.IntVar(&l.Keep, "keep", l.Keep, "published generations of the site to keep, for undo; at least 2")
	flags.Var(size[int64]{&l.Bytes}, "site-bytes", "most bytes of the published site; as many again for what is saved, what comes in, older generations, and the history in Git")
	flags.IntVar(&l.Files, "site-files", l.Files, "most files of the published site")
}

// addLimits adds a flag for each limit, with its default and its reason.
func addLimits(flags *pflag.FlagSet, l *admission.Limits) {
	count := func(p *int, name, usage string) { flags.IntVar(p, name, *p, usage) }
	bytes := func(p *int, name, usage string) { flags.Var(size[int]{p}, name, usage) }
	duration := func(p *time.Duration, name, usage string) { flags.DurationVar(p, name, *p, usage) }

	count(&l.Conns, "max-conns", "most connections in all; from three quarters of it on they are refused at random, more and more")
	count(&l.ConnsPerAddr, "max-conns-per-addr", "most connections of one IPv4 address or IPv6 /64: an office shares one")
	count(&l.ConnRate, "conn-rate-per-addr", "new connections of one address in a second: each handshake takes 1 ms of a core")
	count(&l.ConnBurst, "conn-burst-per-addr", "new connections of one address at once, after a pause")
	count(&l.Handshakes, "max-handshakes", "most connections that have not authenticated; past it the address with the most of them loses one")
	duration(&l.HandshakeTime, "handshake-time", "time to authenticate, and to begin a session, however slowly bytes come")
	count(&l.Channels, "max-channels", "most sessions on one connection: ssh -M opens a few")
	count(&l.SessionRate, "session-rate", "sessions and commands that one connection may begin in a second")
	count(&l.Width, "max-width", "most columns of a terminal; memory is taken for every cell")
	count(&l.Height, "max-height", "most rows of a terminal; memory is taken for every cell")
	count(&l.EnvCount, "max-env", "most environment variables of a session")
	bytes(&l.EnvBytes, "max-env-bytes", "most bytes of their names and values together")
	bytes(&l.Command, "max-command", "most bytes of a command")
	bytes(&l.User, "max-user", "most bytes of a user name")
	bytes(&l.Term, "max-term", "most bytes of a terminal's name: the longest that is known has 24")
	bytes(&l.Input, "max-input", "most typed bytes that wait to be handled; more end the session")
	count(&l.KeyRate, "key-rate", "keys of a session handled in a second: a held key repeats 30 to 60 times")
	bytes(&l.WireRate, "wire-rate", "bytes read from a connection in a second, after the first 128 KB: it bounds what a flood costs")
	bytes(&l.Pictures, "picture-bytes", "most bytes of pictures that a session is sent, if its terminal keeps them")
	duration(&l.Stall, "stall", "how long a client may read nothing of what it is sent")
	duration(&l.KeepAlive, "keepalive", "how long a client may be silent until TCP asks whether it is there: balancers forget idle connections, some after 350s")
	duration(&l.Idle, "idle", "how long a session may be without input, or a connection without a session")
	duration(&l.Life, "life", "how long a session may last")
	flags.Var(size[int64]{&l.Work}, "work-memory", "most bytes of memory that work such as typesetting takes at a time, and never more than a quarter of --memory")
	flags.Var(size[int64]{&l.Memory}, "memory", "most bytes of memory in use: from three quarters on, garbage apart, connections are refused")
}

// minMemory is the least limit of memory, in bytes, that leaves room for readers: a server without any takes half of it.
const minMemory = 32 << 20

// checkLimits returns an error for each flag that is negative, for a terminal's size that is 0, and for too little memory.
// For other limits 0 means that there is none.
func checkLimits(flags *pflag.FlagSet, l admission.Limits) error {
	var errs []error
	if flags.Changed("memory") && l.Memory > 0 && l.Memory < minMemory {
		errs = append(errs, fmt.Errorf("--memory %s is too little: the server takes %s; write a unit, such as 512MiB", formatSize(l.Memory), formatSize(minMemory)))
	}
	flags.VisitAll(func(f *pflag.Flag) {
		switch value := f.Value.String(); {
		case strings.HasPrefix(value, "-"):
			errs = append(errs, fmt.Errorf("--%s %s is negative; 0 turns a limit off", f.Name, value))
		case value == "0" && (f.Name == "max-width" || f.Name == "max-height"):
			errs = append(errs, fmt.Errorf("--%s must be at least 1: a terminal without a bound would take all memory", f.Name))
		}
	})
	return errors.Join(errs...)
}

// defaultLimits returns the default limits, with those that depend on the machine.
func defaultLimits() admission.Limits {
	l := admission.DefaultLimits()
	l.Conns = machine.MaxConns()
	l.Memory = machine.MemoryLimit()
	return l
}
