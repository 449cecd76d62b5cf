package sshapp

import (
	"bytes"
	"errors"
	"strings"
	"testing"

	gossh "golang.org/x/crypto/ssh"
)

func TestCommands(t *testing.T) {
	tests := []struct {
		command        string
		code           int
		stdout, stderr string // what they hold
	}{
		{"help", 0, "ssh HOST", ""},
		{"version", 0, "postern test\n", ""},
		{"linear", 2, "", "type ssh -t HOST linear"},
		{"linear x", 2, "", "linear takes nothing"},
		{"nonsense", 2, "", `no command "nonsense"`},
		{"help me", 2, "", "try: ssh HOST help"},
		{strings.Repeat("x", 70<<10), 2, "", "at most 65536 bytes"},
		{"\x1b]0;title\x07", 2, "", `no command "\x1b]0;title\a"`},
	}
	bubble(t, func(t *testing.T) {
		h := open(t, nil)
		for _, tt := range tests {
			client := h.dial("")
			session, err := client.NewSession()
			if err != nil {
				t.Fatal(err)
			}
			var stdout, stderr bytes.Buffer
			session.Stdout, session.Stderr = &stdout, &stderr
			err = session.Run(tt.command)
			code := 0
			if exit := (*gossh.ExitError)(nil); errors.As(err, &exit) {
				code = exit.ExitStatus()
			} else if err != nil {
				t.Errorf("%.20q: %v", tt.command, err)
			}
			if code != tt.code || !strings.Contains(stdout.String(), tt.stdout) || !strings.Contains(stderr.String(), tt.stderr) {
				t.Errorf("%.20q: code %d, stdout %q, stderr %q", tt.command, code, stdout.String(), stderr.String())
			}
			if tt.code != 0 && stdout.Len() > 0 {
				t.Errorf("%.20q: an error, and %q on stdout", tt.command, stdout.String())
			}
			if all := stdout.String() + stderr.String(); strings.ContainsAny(all, "\x1b\r\x07") {
				t.Errorf("%.20q: control characters in a pipe: %q", tt.command, all)
			}
		}
	})
}

func TestShellWithoutTerminalShowsHelp(t *testing.T) {
	bubble(t, func(t *testing.T) {
		h := open(t, nil)
		session, err := h.dial("").NewSession()
		if err != nil {
			t.Fatal(err)
		}
		var stdout bytes.Buffer
		session.Stdout = &stdout
		if err := session.Shell(); err != nil {
			t.Fatal(err)
		}
		if err := session.Wait(); err != nil {
			t.Error(err)
		}
		if !strings.Contains(stdout.String(), "ssh HOST help") || strings.Contains(stdout.String(), "\x1b") {
			t.Errorf("it says %q", stdout.String())
		}
	})
}
