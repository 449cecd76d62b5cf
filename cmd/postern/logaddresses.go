package main

import (
	"errors"
	"log/slog"
	"net"
	"net/netip"
	"slices"
	"strings"
)

// logAddresses says how much of the addresses of clients the log has. It implements [pflag.Value].
type logAddresses string

const (
	fullAddresses  logAddresses = "full"
	shortAddresses logAddresses = "short" // the network: a /24 of IPv4, or a /48 of IPv6, which is what a site is given (RFC 6177)
	noAddresses    logAddresses = "none"
)

func (a logAddresses) String() string { return string(a) }
func (a logAddresses) Type() string   { return "full|short|none" }

func (a *logAddresses) Set(text string) error {
	value := logAddresses(text)
	if !slices.Contains([]logAddresses{fullAddresses, shortAddresses, noAddresses}, value) {
		return errors.New("not full, short or none")
	}
	*a = value
	return nil
}

// replace is the ReplaceAttr of a [slog.HandlerOptions]: it shortens addresses, or takes them out.
func (a logAddresses) replace(_ []string, attr slog.Attr) slog.Attr {
	err, _ := attr.Value.Any().(error)
	var op *net.OpError
	switch {
	case a == fullAddresses:
	case attr.Key == "addr" && a == noAddresses:
		return slog.Attr{}
	case attr.Key == "addr":
		attr.Value = slog.StringValue(shortAddress(attr.Value.String()))
	case errors.As(err, &op): // its text names both ends
		attr.Value = slog.StringValue(strings.ReplaceAll(err.Error(), op.Error(), op.Op+": "+op.Err.Error()))
	}
	return attr
}

// shortAddress returns the network of an address, with or without a port, or of a prefix. It is empty for anything else.
func shortAddress(text string) string {
	addr, err := netip.ParseAddr(text)
	if with, failed := netip.ParseAddrPort(text); failed == nil {
		addr, err = with.Addr(), nil
	}
	if prefix, failed := netip.ParsePrefix(text); failed == nil {
		addr, err = prefix.Addr(), nil
	}
	if err != nil {
		return ""
	}
	bits := 48
	if addr = addr.Unmap().WithZone(""); addr.Is4() {
		bits = 24
	}
	return netip.PrefixFrom(addr, bits).Masked().String()
}
