package settings

import (
	"fmt"
	"net"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"postern/content/problem"
)

// A Host is what readers type to come to a blog: a name or address, with a port if it isn't 22. Empty means that it isn't
// known, and that the word HOST stands for it.
type Host string

// ParseHost takes a name, an IPv4 address, or an IPv6 address in brackets, with or without a port; or nothing.
func ParseHost(s string) (Host, error) {
	if fault := hostFault(s); fault != "" {
		return "", fmt.Errorf("host %s is not valid: %s; %s", problem.Quote(s), fault, hostHint)
	}
	return Host(strings.TrimSuffix(s, ":22")), nil
}

var isHost = regexp.MustCompile(`^$|^([A-Za-z0-9_][A-Za-z0-9_.-]{0,252}|\[[0-9A-Fa-f:.]{2,45}\])(:[0-9]{1,5})?$`)

const hostHint = "write what readers type, such as blog.example.com or blog.example.com:2222"

// hostFault says why a host is not valid; empty if it is.
func hostFault(s string) string {
	switch {
	case !isHost.MatchString(s):
		return "it is neither a name nor an address, which is in brackets if it is an IPv6 one"
	case portOf(s) < 0:
		return "its port is not a number from 1 to 65535"
	}
	return ""
}

// portOf returns the port in a host: 0 if there is none, -1 if it is not valid.
func portOf(host string) int {
	_, port, err := net.SplitHostPort(host)
	if err != nil {
		return 0
	}
	if n, err := strconv.Atoi(port); err == nil && n >= 1 && n <= 65535 {
		return n
	}
	return -1
}

// Split returns the name or address, without brackets, and the port, which is empty if there is none.
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

// CopyCommand returns the scp command that fetches a file to where the reader is. The path begins with a slash.
func (h Host) CopyCommand(path string) string {
	name, port := h.Split()
	switch {
	case name == "":
		name = "HOST"
	case strings.Contains(name, ":"):
		name = "[" + name + "]"
	}
	option := ""
	if port != "" {
		option = "-P " + port + " "
	}
	from := name + ":" + path
	if !isPlainWord.MatchString(from) {
		from = "'" + strings.ReplaceAll(from, "'", `'\''`) + "'"
	}
	return "scp " + option + from + " ."
}

// isPlainWord matches what means itself in any shell.
var isPlainWord = regexp.MustCompile(`^[A-Za-z0-9_./:@%+-]+$`)

// Link returns the address of a post as a URL, which opens it: ssh://SLUG@HOST[:PORT].
func (h Host) Link(address string) string {
	if h == "" {
		h = "HOST"
	}
	return "ssh://" + url.PathEscape(address) + "@" + string(h)
}
