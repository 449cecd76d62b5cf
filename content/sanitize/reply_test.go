package sanitize_test

import (
	"testing"

	"postern/content/sanitize"
)

func TestReplyURL(t *testing.T) {
	for text, want := range map[string]string{
		"ana@example.com":             "mailto:ana@example.com",
		" ana+blog@example.com ":      "mailto:ana+blog@example.com",
		"mailto:ana@example.com":      "mailto:ana@example.com",
		"https://example.com/write":   "https://example.com/write",
		"xmpp:ana@example.com":        "xmpp:ana@example.com",
		"Ana <ana@example.com>":       "",
		"ana":                         "",
		"write to me":                 "",
		"javascript:alert(1)":         "",
		"mailto:-oProxyCommand=x":     "",
		"ana@example.com\nBcc: x@y.z": "",
		"":                            "",
	} {
		if got, ok := sanitize.ReplyURL(text); got != want || ok != (want != "") {
			t.Errorf("%q: %q, %v; want %q", text, got, ok, want)
		}
	}
}
