package sanitize

import (
	"iter"
	"net/url"
	"slices"
	"strings"
)

// schemes are those of the addresses outside that a reader may be sent to. None of them runs a program or reads a file.
var schemes = []string{"http", "https", "mailto", "gemini", "gopher", "ssh", "ftp", "xmpp", "tel", "irc", "ircs"}

// Schemes yields the schemes of the addresses that a reader may be sent to, the most usual first.
func Schemes() iter.Seq[string] { return slices.Values(schemes) }

// IsAddress reports whether a reader may be sent to an address outside: its scheme is one of [Schemes], in any case, and what
// programs are told of it doesn't look like one of their options. To a client that a link starts, a host "-oProxyCommand=…" is a
// program to run.
func IsAddress(s string) bool {
	scheme, rest, ok := strings.Cut(s, ":")
	if !ok || !slices.Contains(schemes, strings.ToLower(scheme)) {
		return false
	}
	if plain, err := url.PathUnescape(rest); err == nil {
		rest = plain
	}
	rest = strings.Map(func(r rune) rune { // what browsers pass over
		if r <= ' ' {
			return -1
		}
		return r
	}, rest)
	rest = strings.TrimLeft(rest, `/\`)
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		rest = rest[:i]
	}
	for part := range strings.SplitSeq(rest, "@") {
		if strings.HasPrefix(part, "-") {
			return false
		}
	}
	return true
}
