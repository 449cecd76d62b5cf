package main

import (
	"fmt"
	"net"

	"postern/content/settings"
)

// servedLine says what is served where, and how to reach it from this machine.
func servedLine(posts int, dir string, addr net.Addr) string {
	noun := "posts"
	if posts == 1 {
		noun = "post"
	}
	return fmt.Sprintf("%d %s of %s at %s; read them with: %s", posts, noun, dir, addr, sshCommand(addr))
}

// sshCommand returns the command that reaches an address from this machine.
func sshCommand(addr net.Addr) string {
	host, port, err := net.SplitHostPort(addr.String())
	if err != nil {
		return "ssh"
	}
	if ip := net.ParseIP(host); ip == nil || ip.IsUnspecified() || ip.IsLoopback() {
		host = "localhost"
	}
	h, _ := settings.ParseHost(net.JoinHostPort(host, port)) // never wrong for an address that is listened on
	return h.Command("")
}
