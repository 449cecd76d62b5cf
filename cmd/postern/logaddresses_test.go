package main

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strings"
	"testing"
)

func TestLogAddresses(t *testing.T) {
	reset := &net.OpError{
		Op: "read", Net: "tcp", Source: &net.TCPAddr{IP: net.IPv4(192, 0, 2, 1), Port: 22}, Addr: &net.TCPAddr{IP: net.IPv4(198, 51, 100, 7), Port: 40000},
		Err: errors.New("connection reset by peer"),
	}
	for _, test := range []struct {
		detail logAddresses
		value  any
		want   string
	}{
		{"full", "198.51.100.7:40000", "addr=198.51.100.7:40000 more=1"},
		{"full", reset, `addr="read tcp 192.0.2.1:22->198.51.100.7:40000: connection reset by peer" more=1`},
		{"short", "198.51.100.7:40000", "addr=198.51.100.0/24 more=1"},
		{"short", "[2001:db8:1:2:3::4]:40000", "addr=2001:db8:1::/48 more=1"},
		{"short", "[fe80::1%eth0]:40000", "addr=fe80::/48 more=1"},
		{"short", "[::ffff:198.51.100.7]:40000", "addr=198.51.100.0/24 more=1"},
		{"short", "203.0.113.66/32", "addr=203.0.113.0/24 more=1"},
		{"short", "2001:db8:1:2::/64", "addr=2001:db8:1::/48 more=1"},
		{"short", "198.51.100.7", "addr=198.51.100.0/24 more=1"},
		{"short", "pipe", `addr="" more=1`},
		{"none", "198.51.100.7:40000", "more=1"},
	} {
		if got := logged(t, test.detail, "addr", test.value); got != test.want {
			t.Errorf("%s of %v: %q, want %q", test.detail, test.value, got, test.want)
		}
	}
	for _, detail := range []logAddresses{"short", "none"} {
		if got := logged(t, detail, "error", fmt.Errorf("accept: %w", reset)); got != `error="accept: read: connection reset by peer" more=1` {
			t.Errorf("%s of an error: %q", detail, got)
		}
	}
	if detail := shortAddresses; detail.Set("some") == nil || detail.Set("none") != nil || detail != noAddresses {
		t.Errorf("%q", detail)
	}
}

// logged returns what a record says of an attribute and another.
func logged(t *testing.T, detail logAddresses, key string, value any) string {
	t.Helper()
	var b bytes.Buffer
	slog.New(slog.NewTextHandler(&b, &slog.HandlerOptions{ReplaceAttr: detail.replace})).Info("session", key, value, "more", 1)
	_, attrs, ok := strings.Cut(strings.TrimSpace(b.String()), "msg=session ")
	if !ok {
		t.Fatal(b.String())
	}
	return attrs
}
