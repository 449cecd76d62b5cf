package sanitize

import (
	"iter"
	"slices"
	"strings"
)

// schemes are those of the addresses outside that a reader may be sent to. None of them runs a program or reads a file.
var schemes = []string{"http", "https", "mailto", "gemini", "gopher", "ssh", "ftp", "xmpp", "tel", "irc", "ircs"}

// Schemes yields the schemes of the addresses that a reader may be sent to, the most usual first.
func Schemes() iter.Seq[string] { return slices.Values(schemes) }

// IsScheme reports whether a scheme, without its colon and in any case, is one of [Schemes].
func IsScheme(s string) bool { return slices.Contains(schemes, strings.ToLower(s)) }
