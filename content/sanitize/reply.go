package sanitize

import (
	"net/mail"
	"strings"
)

// ReplyURL returns the URL that opens what an author wants to be written to by: a mail address, or an address that
// [IsAddress] accepts. It is not ok for anything else.
func ReplyURL(text string) (url string, ok bool) {
	text = Line(text)
	if a, err := mail.ParseAddress(text); err == nil && a.Name == "" && !strings.HasPrefix(a.Address, "-") {
		return "mailto:" + a.Address, true
	}
	if strings.Contains(text, " ") || !IsAddress(text) {
		return "", false
	}
	return text, true
}
