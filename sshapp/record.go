package sshapp

import (
	"log/slog"
	"runtime/debug"
	"strings"
	"time"

	"charm.land/ssh"
	"charm.land/wish/v2"

	"postern/content/sanitize"
)

// A record is what a session leaves in the log.
type record struct {
	end     string   // how it ended
	posts   []string // the addresses that were read
	command string   // its name; empty where it is none of ours
	code    int      // a command's exit code
}

// maxLogged bounds each string of a client in the log, in bytes.
const maxLogged = 255

// recorded logs one line for each session, when it has ended.
func recorded(log *slog.Logger) wish.Middleware {
	return func(next ssh.Handler) ssh.Handler {
		return func(s ssh.Session) {
			began := time.Now()
			c := channelOf(s)
			c.startTimer.Stop()
			c.conn.BeginSession()
			defer c.conn.EndSession()
			next(s)
			size := c.Size()
			attrs := []any{
				"addr", s.RemoteAddr().String(),
				"user", clip(s.User()),
				"client", clip(s.Context().ClientVersion()),
				"terminal", clip(c.Getenv("TERM")),
				"width", size.Width, "height", size.Height,
				"seconds", time.Since(began).Round(time.Millisecond).Seconds(),
				"bytes", c.written.Load(),
				"end", c.record.end,
			}
			if c.identity.isAuthor() {
				attrs = append(attrs, "author", c.identity.author.Name)
			}
			if len(c.record.posts) > 0 {
				attrs = append(attrs, "posts", strings.Join(c.record.posts, " "))
			}
			if c.record.end == endCommand || c.record.command != "" {
				attrs = append(attrs, "command", c.record.command, "code", c.record.code)
			}
			log.Info("session", attrs...)
		}
	}
}

// clip returns a string of a client for the log: short, and safe on the terminal of whoever reads it, which JSON is not.
func clip(s string) string { return sanitize.Line(s[:min(len(s), maxLogged)]) }

// recovered ends a session, and only that, when its handler panics.
func recovered(log *slog.Logger) wish.Middleware {
	return func(next ssh.Handler) ssh.Handler {
		return func(s ssh.Session) {
			defer func() {
				if r := recover(); r != nil {
					channelOf(s).record.end = endPanic
					log.Error("a session failed", "panic", r, "stack", string(debug.Stack()))
					_ = s.Exit(1)
				}
			}()
			next(s)
		}
	}
}
