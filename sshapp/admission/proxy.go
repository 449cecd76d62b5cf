package admission

import (
	"errors"
	"net"
	"net/netip"
	"slices"
	"time"

	"github.com/pires/go-proxyproto"
)

// BehindProxies returns a listener that reads the PROXY protocol's header (v1 or v2) of connections from trusted proxies, so
// that the limits and the log see the reader's address. Such a connection must send the header within the time. From all other
// addresses a header is refused, as any other text that is not SSH.
func BehindProxies(ln net.Listener, proxies []netip.Prefix, headerTime time.Duration) net.Listener {
	return &proxyproto.Listener{
		Listener:          ln,
		ReadHeaderTimeout: headerTime,
		ConnPolicy: func(o proxyproto.ConnPolicyOptions) (proxyproto.Policy, error) {
			tcp, ok := o.Upstream.(*net.TCPAddr)
			if !ok {
				return proxyproto.SKIP, nil
			}
			addr := tcp.AddrPort().Addr().Unmap()
			if slices.ContainsFunc(proxies, func(p netip.Prefix) bool { return p.Contains(addr) }) {
				return proxyproto.REQUIRE, nil
			}
			return proxyproto.SKIP, nil
		},
	}
}

// lacksHeader reports whether a connection of a trusted proxy, which has ended with an error, has begun with something else than
// a header. One that has ended without a byte has not.
func lacksHeader(c net.Conn, err error) bool {
	proxied, ok := c.(*proxyproto.Conn)
	if !ok || !errors.Is(err, proxyproto.ErrNoProxyProtocol) {
		return false
	}
	counted, ok := proxied.Raw().(*countedConn)
	return ok && counted.heard.Load()
}
