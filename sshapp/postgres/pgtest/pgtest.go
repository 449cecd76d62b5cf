// Package pgtest runs a PostgreSQL server for tests.
package pgtest

import (
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"
)

// A Server is a PostgreSQL server in a directory of its own, which only a socket leads to.
type Server struct {
	t       testing.TB
	dir     string
	program string // the directory of PostgreSQL's programs
}

// databases numbers the databases of this process.
var databases atomic.Int64

// Start starts a server, which ends with the test. The test is skipped where there is no PostgreSQL.
func Start(t testing.TB) *Server {
	t.Helper()
	s := &Server{t: t}
	for _, pattern := range []string{"/usr/lib/postgresql/*/bin/initdb", "/usr/local/bin/initdb", "/usr/bin/initdb"} {
		if found, _ := filepath.Glob(pattern); len(found) > 0 {
			s.program = filepath.Dir(found[len(found)-1])
			break
		}
	}
	if s.program == "" {
		t.Skip("there is no PostgreSQL here (Debian's package postgresql)")
	}
	var err error
	if s.dir, err = os.MkdirTemp("", "pg"); err != nil { // t.TempDir is too long for a socket
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(s.dir) })
	if uid, gid, ok := unprivileged(); ok {
		if err := os.Chown(s.dir, uid, gid); err != nil {
			t.Fatal(err)
		}
	}
	s.run("initdb", "-D", s.data(), "-A", "trust", "-U", "postern", "-E", "UTF8", "--no-sync", "--no-instructions")
	s.Up()
	t.Cleanup(func() { _ = s.command("pg_ctl", "-D", s.data(), "-m", "immediate", "stop").Run() })
	return s
}

func (s *Server) data() string { return filepath.Join(s.dir, "data") }

// Up starts the server again after [Server.Down].
func (s *Server) Up() {
	s.t.Helper()
	options := fmt.Sprintf("-c listen_addresses='' -c unix_socket_directories='%s' -c fsync=off -c max_connections=50", s.dir)
	s.run("pg_ctl", "-D", s.data(), "-o", options, "-l", filepath.Join(s.dir, "log"), "-w", "start")
}

// Down stops the server in one of pg_ctl's modes: smart, fast, immediate.
func (s *Server) Down(mode string) {
	s.t.Helper()
	s.run("pg_ctl", "-D", s.data(), "-m", mode, "stop")
}

// Database makes an empty database and returns its URL.
func (s *Server) Database() string {
	s.t.Helper()
	name := "blog" + strconv.FormatInt(databases.Add(1), 10)
	conn, err := pgx.Connect(s.t.Context(), s.url("postgres"))
	if err != nil {
		s.t.Fatal(err)
	}
	defer conn.Close(s.t.Context())
	if _, err := conn.Exec(s.t.Context(), "CREATE DATABASE "+name); err != nil {
		s.t.Fatal(err)
	}
	return s.url(name)
}

func (s *Server) url(database string) string {
	return fmt.Sprintf("postgres://postern@/%s?host=%s", database, s.dir)
}

func (s *Server) run(name string, args ...string) {
	s.t.Helper()
	// pg_ctl leaves a server behind that holds a pipe open, so output goes to a file.
	out, err := os.Create(filepath.Join(s.dir, "out"))
	if err != nil {
		s.t.Fatal(err)
	}
	defer out.Close()
	cmd := s.command(name, args...)
	cmd.Stdout, cmd.Stderr = out, out
	if err := cmd.Run(); err != nil {
		said, _ := os.ReadFile(out.Name())
		s.t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, said)
	}
}

// command returns a command of PostgreSQL's, which refuses to run as root.
func (s *Server) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(s.program, name), args...)
	cmd.Dir = s.dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if uid, gid, ok := unprivileged(); ok {
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	}
	return cmd
}

// unprivileged returns the user whom root runs the server as.
func unprivileged() (uid, gid int, ok bool) {
	if os.Geteuid() != 0 {
		return 0, 0, false
	}
	nobody, err := user.Lookup("nobody")
	if err != nil {
		return 0, 0, false
	}
	uid, _ = strconv.Atoi(nobody.Uid)
	gid, _ = strconv.Atoi(nobody.Gid)
	return uid, gid, true
}
