package content

import (
	"fmt"
	"net"
	"net/url"
	"strings"

	"postern/content/problem"
)

// A Host is what readers type to come to a blog: a name or address, with a port if it isn't 22. Empty means that nobody has
// said it, and that the word HOST stands for it.
type Host string

// ParseHost takes a name, an IPv4 address, or an IPv6 address in brackets, with or without a port; or nothing.
func ParseHost(s string) (Host, error) {
	if !isHost.MatchString(s) || !isPort(portOf(s)) {
		return "", fmt.Errorf("host %s is none; write what readers type, such as blog.example.com or blog.example.com:2222", problem.Quote(s))
	}
	return Host(strings.TrimSuffix(s, ":22")), nil
}

// Split returns the name or address, without brackets, and the port, which is empty where nobody has said one.
func (h Host) Split() (name, port string) {
	name = string(h)
	if host, port, err := net.SplitHostPort(name); err == nil {
		return host, port
	}
	return strings.Trim(name, "[]"), ""
}

// Command returns the ssh command that comes here under a user name, which may be empty.
func (h Host) Command(user string) string {
	name, port := h.Split()
	option := ""
	if port != "" {
		option = "-p " + port + " "
	}
	if name == "" {
		name = "HOST"
	}
	if user != "" {
		name = user + "@" + name
	}
	return "ssh " + option + name
}

// Link returns the address of a post as a URL, which opens it: ssh://SLUG@HOST[:PORT].
func (h Host) Link(address string) string {
	if h == "" {
		h = "HOST"
	}
	return "ssh://" + url.PathEscape(address) + "@" + string(h)
}
