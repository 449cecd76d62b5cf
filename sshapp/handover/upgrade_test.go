package handover

import (
	"bytes"
	"context"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// childVariable has the test's own binary play a program that is started by an upgrade.
const childVariable = "POSTERN_TEST_CHILD"

func TestMain(m *testing.M) {
	switch os.Getenv(childVariable) {
	case "":
		os.Exit(m.Run())
	case "hangs":
		time.Sleep(time.Hour)
	case "ends":
		os.Exit(3)
	case "serves":
		if _, err := Listen(context.Background(), ""); err != nil {
			os.Exit(1)
		}
		Ready("v2.0.0")
	}
}

// upgraded sends a signal to an Upgrade that starts a child, and returns whether it retired and what it logged.
func upgraded(t *testing.T, child string) (retired bool, log string) {
	t.Helper()
	t.Setenv(childVariable, child)
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer ln.Close()
	program, err := Program()
	if err != nil {
		t.Fatal(err)
	}
	u := Upgrade{Program: program, Version: "v1.0.0", Listener: ln, StartTime: StartTime}
	if child == "hangs" {
		u.StartTime = 50 * time.Millisecond
	}
	var out bytes.Buffer
	u.Log = slog.New(slog.NewTextHandler(&out, nil))
	signals, retire := make(chan os.Signal, 1), make(chan struct{})
	signals <- syscall.SIGHUP
	close(signals)
	u.Run(signals, retire)
	select {
	case <-retire:
		return true, out.String()
	default:
		return false, out.String()
	}
}

func TestUpgrade(t *testing.T) {
	for _, test := range []struct {
		child   string
		retires bool
		says    string
	}{
		{"serves", true, "version=v1.0.0 new=v2.0.0"},
		{"ends", false, "the new process ended before it served: exit status 3"},
		{"hangs", false, "the new process didn't serve within 50ms, and was killed"},
	} {
		retired, log := upgraded(t, test.child)
		if retired != test.retires || !strings.Contains(log, test.says) || !strings.Contains(log, "binary=/") {
			t.Errorf("a child that %s: retired is %v, and it logs %s", test.child, retired, log)
		}
	}
}

// TestProgram: the path that the process was started by is kept, through links, and one that isn't its own isn't believed.
func TestProgram(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "postern")
	if err := os.Symlink(self, link); err != nil {
		t.Fatal(err)
	}
	started := os.Args[0]
	defer func() { os.Args[0] = started }()
	for name, want := range map[string]string{link: link, "/bin/sh": self, "no such program": self, "": self} {
		os.Args[0] = name
		if got, err := Program(); err != nil || got != want {
			t.Errorf("started as %q the program is %q, %v; want %q", name, got, err, want)
		}
	}
	t.Chdir(filepath.Dir(link))
	os.Args[0] = "./postern"
	if got, err := Program(); err != nil || got != link {
		t.Errorf("started as ./postern the program is %q, %v; want %q", got, err, link)
	}
}

// TestListenRefuses says what is wrong with what systemd hands over.
func TestListenRefuses(t *testing.T) {
	t.Setenv("LISTEN_FDS", "2")
	if _, err := Listen(t.Context(), ":0"); err == nil || !strings.Contains(err.Error(), "write one ListenStream=") {
		t.Errorf("two sockets: %v", err)
	}
	t.Setenv("LISTEN_PID", "1")
	l, err := Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatalf("sockets of another process: %v", err)
	}
	l.Close()
}
