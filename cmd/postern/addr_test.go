package main

import (
	"net"
	"os"
	"strings"
	"syscall"
	"testing"
)

func TestCheckAddr(t *testing.T) {
	for _, addr := range []string{":2222", "127.0.0.1:0", "[::1]:22", "localhost:2222", ":ssh", "blog.example.com:22"} {
		if err := checkAddr(addr); err != nil {
			t.Error(err)
		}
	}
	for addr, write := range map[string]string{
		"": ":2222", "localhost": "localhost:2222", "localhost:": "localhost:2222", "22": ":22", "99999": ":2222",
		":99999": ":2222", "localhost:x": "localhost:2222", "::1": "[::1]:2222", "[::1]": "[::1]:2222", "a:-1": "a:2222",
	} {
		err := checkAddr(addr)
		if err == nil || !strings.HasSuffix(err.Error(), "; write it as "+write) {
			t.Errorf("%q: %v; want it to say %s", addr, err, write)
		} else if err := checkAddr(write); err != nil {
			t.Errorf("what %q is to be written as: %v", addr, err)
		}
	}
}

func TestListenError(t *testing.T) {
	for errno, want := range map[syscall.Errno]string{
		syscall.EACCES:        "setcap cap_net_bind_service=+ep /usr/bin/postern",
		syscall.EADDRINUSE:    "another program listens on port 22",
		syscall.EADDRNOTAVAIL: "or :22 for all",
	} {
		refused := &net.OpError{Op: "listen", Net: "tcp", Err: os.NewSyscallError("bind", errno)}
		if err := listenError(":22", "/usr/bin/postern", refused); !strings.Contains(err.Error(), want) {
			t.Errorf("%v: %v, want %s", errno, err, want)
		}
	}
}
