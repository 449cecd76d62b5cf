package main

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"os"
	"time"

	"github.com/charmbracelet/x/term"

	"postern/content/discover"
	"postern/content/live"
	"postern/content/problem"
	"postern/sshapp/check"
	"postern/sshapp/site"
)

// logHandler writes text for people on a terminal, and JSON elsewhere.
func logHandler(w io.Writer, addresses logAddresses) slog.Handler {
	options := &slog.HandlerOptions{ReplaceAttr: addresses.replace}
	if onTerminal(w) {
		return slog.NewTextHandler(w, options)
	}
	return slog.NewJSONHandler(w, options)
}

// onTerminal reports whether a standard stream is a terminal.
func onTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(f.Fd())
}

// printProblems prints what is wrong with a site when the server starts, as far as that is known without reading the text
// of posts, and what its author will miss in it.
func printProblems(w io.Writer, s *site.Site) {
	for _, p := range check.Fold(s.Library().Problems()) {
		fmt.Fprintln(w, p)
	}
	missed := func(f discover.LeftOut) bool { return f.Reason != discover.Expected }
	asIs := func(file string) string { return file }
	for _, line := range check.LeftOut(s.Library(), asIs, missed) {
		fmt.Fprintln(w, line)
	}
	if line := check.Generator(s.Library(), asIs); line != "" {
		fmt.Fprintln(w, line)
	}
	for _, p := range s.UpdateTheme() {
		fmt.Fprintln(w, p)
	}
	if warning := s.EmptyWarning(); warning != "" {
		fmt.Fprintln(w, warning)
	}
}

// logReload returns a function that logs a reload of a site, in one line and one for each problem that is new.
func logReload(log *slog.Logger, s *site.Site) func(live.Reload) {
	return func(r live.Reload) {
		for _, p := range r.Problems {
			level := slog.LevelWarn
			if p.Severity == problem.Error {
				level = slog.LevelError
			}
			log.Log(context.Background(), level, p.String())
		}
		if r.Err != nil {
			log.Error("follow", "error", r.Err)
			return
		}
		if warning := s.EmptyWarning(); warning != "" {
			log.Warn(warning)
		}
		log.Info("reloaded", "posts", len(s.Library().At(time.Now()).Posts()), "changed", len(r.Changed), "took", r.Took.Round(10*time.Microsecond).String())
	}
}
