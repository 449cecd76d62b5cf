package content

import (
	"net"
	"net/url"
)

// A Host is what readers type to come to a blog: a name or address, with a port if it isn't 22. Empty means that nobody has
// said it, and that the word HOST stands for it.
type Host string

// Command returns the ssh command that comes here under a user name, which may be empty.
func (h Host) Command(user string) string {
	name, command := string(h), "ssh "
	if host, port, err := net.SplitHostPort(name); err == nil {
		name, command = host, "ssh -p "+port+" "
	}
	if user != "" {
		command += user + "@"
	}
	if name == "" {
		name = "HOST"
	}
	return command + name
}

// Link returns the address of a post as a URL, which opens it: ssh://SLUG@HOST[:PORT].
func (h Host) Link(address string) string {
	if h == "" {
		h = "HOST"
	}
	return "ssh://" + url.PathEscape(address) + "@" + string(h)
}
