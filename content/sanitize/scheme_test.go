package sanitize

import "testing"

func TestIsAddress(t *testing.T) {
	for address, want := range map[string]bool{
		"https://example.com/-a?-b#-c":    true,
		"HTTPS://example.com":             true,
		"ssh://ann@blog.example.com":      true,
		"mailto:a-b@example.com":          true,
		"ssh://bread@-example.com":        false,
		"ssh://-oProxyCommand=touch%20x/": false,
		"ssh://%2DoProxyCommand=x":        false,
		"ssh:-oProxyCommand=x":            false,
		"ssh:\n//-oProxyCommand=x":        false,
		`ssh:\\-oProxyCommand=x`:          false,
		"ssh://-oProxyCommand=x@host":     false,
		"irc://-x":                        false,
		"javascript:alert(1)":             false,
		"example.com":                     false,
		"":                                false,
	} {
		if got := IsAddress(address); got != want {
			t.Errorf("%q: %t, want %t", address, got, want)
		}
	}
}
