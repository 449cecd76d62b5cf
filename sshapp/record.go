package sshapp

import (
	"log/slog"
	"runtime/debug"
	"time"

	"charm.land/ssh"
	"charm.land/wish/v2"

	"postern/sshapp/admission"
)

// A record is what a session leaves in the log.
type record struct {
	end     string   // how it ended
	posts   []string // the addresses that were read, without repeats
	frames  int64    // writes to a reader's terminal; 0 for a command
	keys    latency  // from the arrival of keys to the answer to them
	command string   // its name; empty where it is none of ours
	code    int      // a command's exit code
}

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
			log.Info("session", c.attributes(s, time.Since(began))...)
		}
	}
}

// attributes returns what is logged of a session that has ended.
func (c *channel) attributes(s ssh.Session, took time.Duration) []any {
	size := c.Size()
	attrs := []any{
		"addr", s.RemoteAddr().String(),
		"user", admission.LogText(s.User()),
		"client", admission.LogText(s.Context().ClientVersion()),
		"terminal", c.Getenv("TERM"),
		"width", size.Width, "height", size.Height,
		"seconds", took.Round(time.Millisecond).Seconds(),
		"bytes", c.written.Load(),
		"end", admission.LogText(c.record.end),
	}
	if c.identity.isAuthor() {
		attrs = append(attrs, "author", c.identity.author.Name)
	}
	if c.record.frames > 0 {
		attrs = append(attrs, "frames", c.record.frames)
	}
	if c.record.keys.count > 0 {
		attrs = append(attrs, "key_ms", float64(c.record.keys.median().Microseconds())/1000)
	}
	if len(c.record.posts) > 0 {
		attrs = append(attrs, "posts", c.record.posts)
	}
	if c.record.end == endCommand || c.record.command != "" {
		attrs = append(attrs, "command", c.record.command, "code", c.record.code)
	}
	return attrs
}

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
