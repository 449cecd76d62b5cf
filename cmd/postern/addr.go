package main

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"strings"
	"syscall"
)

// defaultAddr is not port 22: that takes a privilege, and a machine's own sshd has it as a rule.
const defaultAddr = ":2222"

// checkAddr returns an error for an address without a port, or with one that doesn't exist.
func checkAddr(addr string) error {
	host, port, err := net.SplitHostPort(addr)
	switch {
	case addr == "":
		return fmt.Errorf("--addr is empty; write it as %s", defaultAddr)
	case strings.Trim(addr, "0123456789") == "" && validPort(addr):
		return fmt.Errorf("--addr %q is not valid: it has no colon; write it as :%s", addr, addr)
	case strings.Trim(addr, "0123456789") == "":
		return fmt.Errorf("--addr %q is not valid: a port is at most 65535; write it as %s", addr, defaultAddr)
	case err != nil || port == "":
		bare := strings.TrimSuffix(strings.Trim(addr, "[]"), ":")
		return fmt.Errorf("--addr %q is not valid: it has no port; write it as %s", addr, net.JoinHostPort(bare, "2222"))
	case !validPort(port):
		return fmt.Errorf("--addr %q is not valid: there is no port %s; write it as %s", addr, port, net.JoinHostPort(host, "2222"))
	}
	return nil
}

func validPort(port string) bool {
	_, err := net.LookupPort("tcp", port)
	return err == nil
}

// listenError says why the program at a path can't listen on an address, and what to do.
func listenError(addr, program string, err error) error {
	_, port, _ := net.SplitHostPort(addr)
	switch {
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("--addr %s: this user may not listen on port %s; let systemd open it (ListenStream=%s in postern.socket), "+
			"run setcap cap_net_bind_service=+ep %s, or write a port above 1023", addr, port, port, program)
	case errors.Is(err, syscall.EADDRINUSE):
		return fmt.Errorf("--addr %s: another program listens on port %s, such as the machine's own sshd; write another port or address", addr, port)
	case errors.Is(err, syscall.EADDRNOTAVAIL):
		return fmt.Errorf("--addr %s: this machine doesn't have that address; write one of its own, or :%s for all", addr, port)
	}
	return err
}
