package sshapp

import (
	"fmt"
	"io"
	"strings"

	"charm.land/ssh"
)

// The exit codes of commands.
const (
	exitDone  = 0
	exitUsage = 2
)

// command answers a session without screens, as a Unix tool would: the answer on stdout, what was wrong on stderr.
func (s *server) command(sess ssh.Session) int {
	if channelOf(sess).tooLong {
		fmt.Fprintf(sess.Stderr(), "postern: a command has at most %d bytes\n", s.config.Limits.Command)
		return exitUsage
	}
	args := sess.Command()
	switch {
	case len(args) == 0 || len(args) == 1 && args[0] == "help":
		io.WriteString(sess, s.help())
		return exitDone
	case len(args) == 1 && args[0] == "version":
		fmt.Fprintf(sess, "postern %s\n", s.config.Version)
		return exitDone
	}
	fmt.Fprintf(sess.Stderr(), "postern: there is no command %q here; try: help\n", printable(args[0], 64))
	return exitUsage
}

func (s *server) help() string {
	settings := s.config.Blog.Edition().Settings()
	var b strings.Builder
	b.WriteString(settings.Title + "\n")
	if settings.Description != "" {
		b.WriteString(settings.Description + "\n")
	}
	b.WriteString(`
This is a blog to be read in a terminal.

  ssh HOST            opens it (with ssh -t, where ssh makes no terminal by itself)
  ssh HOST help       shows this
  ssh HOST version    shows which version of Postern serves it
`)
	return b.String()
}
