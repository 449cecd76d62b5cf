package keys

import (
	"bytes"
	"crypto/rsa"
	"errors"
	"fmt"
	"net/netip"
	"path"
	"strings"
	"time"

	"github.com/gliderlabs/ssh"
	gossh "golang.org/x/crypto/ssh"
)

// An Author is a line of the authors' file: a key, whose it is, and what its options restrict (sshd(8), "AUTHORIZED_KEYS FILE
// FORMAT").
type Author struct {
	Name    string // the comment behind the key
	Key     ssh.PublicKey
	Command string    // the only command that the key may run; empty if it may run any
	From    []string  // of which addresses one must match; empty for any
	Expires time.Time // from when on the key is not valid; zero for never
	Line    int       // in the file, from 1
}

// A LineError says what is wrong with a line of the authors' file, which lets nobody in.
type LineError struct {
	Line int
	Err  error
}

func (e LineError) Error() string { return fmt.Sprintf("line %d: %v", e.Line, e.Err) }
func (e LineError) Unwrap() error { return e.Err }

// ParseAuthors reads an authors' file. Lines that are not valid are returned beside the others.
func ParseAuthors(data []byte) (authors []Author, problems []LineError) {
	n := 0
	for line := range bytes.Lines(data) {
		n++
		line = bytes.TrimSpace(line)
		if len(line) == 0 || line[0] == '#' {
			continue
		}
		a, err := parseAuthor(line)
		if a.Line = n; err != nil {
			problems = append(problems, LineError{n, err})
			continue
		}
		authors = append(authors, a)
	}
	return authors, problems
}

func parseAuthor(line []byte) (Author, error) {
	key, comment, options, _, err := ssh.ParseAuthorizedKey(line)
	if err != nil {
		return Author{}, errors.New(`no key can be read; write a line such as "ssh-ed25519 AAAA… name"`)
	}
	a := Author{Name: strings.TrimSpace(comment), Key: key}
	if err := checkName(a.Name); err != nil {
		return a, err
	}
	if err := checkStrength(key); err != nil {
		return a, err
	}
	for _, option := range options {
		if err := a.restrict(option); err != nil {
			return a, err
		}
	}
	return a, nil
}

// maxName bounds an author's name in bytes.
const maxName = 100

func checkName(name string) error {
	switch {
	case name == "":
		return errors.New("the key has no name; write who it belongs to behind it")
	case len(name) > maxName:
		return fmt.Errorf("the name is longer than %d bytes", maxName)
	case strings.ContainsFunc(name, func(r rune) bool {
		return r < ' ' || r >= 0x7f && r < 0xa0 || r == '\ufffd' || r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
	}):
		return fmt.Errorf("the name %q holds a control character", name)
	}
	return nil
}

// minRSA is the least size of an RSA key in bits, as NIST SP 800-131A asks for.
const minRSA = 2048

// checkStrength refuses keys that can be forged or that are too costly to verify.
func checkStrength(key ssh.PublicKey) error {
	switch key.Type() {
	case gossh.KeyAlgoED25519, gossh.KeyAlgoSKED25519, gossh.KeyAlgoECDSA256, gossh.KeyAlgoECDSA384, gossh.KeyAlgoECDSA521, gossh.KeyAlgoSKECDSA256:
		return nil
	case gossh.KeyAlgoRSA:
		public, ok := key.(gossh.CryptoPublicKey).CryptoPublicKey().(*rsa.PublicKey)
		if !ok {
			return errors.New("the RSA key can't be read")
		}
		if bits := public.N.BitLen(); bits < minRSA || bits > 16384 {
			return fmt.Errorf("an RSA key of %d bits is not accepted; make a new one with ssh-keygen -t ed25519", bits)
		}
		return nil
	}
	return fmt.Errorf("a key of type %s is not accepted; make a new one with ssh-keygen -t ed25519", key.Type())
}

// never are the options that forbid what a key can't do here in any case.
var never = map[string]bool{"restrict": true, "no-port-forwarding": true, "no-agent-forwarding": true, "no-x11-forwarding": true, "no-user-rc": true}

// restrict takes an option in. One that isn't known might restrict the key in a way that isn't held here, so it is an error.
func (a *Author) restrict(option string) error {
	name, value, _ := strings.Cut(option, "=")
	value = strings.ReplaceAll(strings.TrimSuffix(strings.TrimPrefix(value, `"`), `"`), `\"`, `"`)
	switch name = strings.ToLower(name); {
	case never[name]:
	case value == "":
		return fmt.Errorf("the option %q is not supported; take it out, or the key is not accepted", name)
	case name == "command":
		a.Command = value
	case name == "from":
		for pattern := range strings.SplitSeq(value, ",") {
			if err := checkPattern(pattern); err != nil {
				return err
			}
			a.From = append(a.From, pattern)
		}
	case name == "expiry-time":
		at, err := parseExpiry(value)
		if err != nil {
			return err
		}
		a.Expires = at
	default:
		return fmt.Errorf("the option %q is not supported; take it out, or the key is not accepted", name)
	}
	return nil
}

// checkPattern accepts an address, a prefix, or a text of addresses' characters with * and ?, each with ! before it or without. Names of hosts
// are not looked up.
func checkPattern(pattern string) error {
	p := strings.TrimPrefix(pattern, "!")
	if _, err := netip.ParsePrefix(p); err == nil {
		return nil
	}
	if p != "" && strings.Trim(p, "0123456789abcdefABCDEF.:*?") == "" {
		return nil
	}
	return fmt.Errorf("from=%q is not an address, a prefix such as 192.0.2.0/24, or a pattern of addresses", pattern)
}

// parseExpiry reads YYYYMMDD[Z] or YYYYMMDDHHMM[SS][Z], local time without the Z.
func parseExpiry(s string) (time.Time, error) {
	in := time.Local
	digits, utc := strings.CutSuffix(s, "Z")
	if utc {
		in = time.UTC
	}
	for _, layout := range []string{"20060102", "200601021504", "20060102150405"} {
		if len(layout) == len(digits) {
			if at, err := time.ParseInLocation(layout, digits, in); err == nil {
				return at, nil
			}
		}
	}
	return time.Time{}, fmt.Errorf("expiry-time=%q is not a time; write YYYYMMDD or YYYYMMDDHHMM", s)
}

// Permits says why the key may not be used from an address at a time; nil if it may.
func (a Author) Permits(from netip.Addr, now time.Time) error {
	if !a.Expires.IsZero() && !now.Before(a.Expires) {
		return errors.New("the key has expired")
	}
	if len(a.From) > 0 && !matches(a.From, from) {
		return fmt.Errorf("the key may not be used from %s", from.Unmap())
	}
	return nil
}

// matches reports whether one of patterns matches an address, and none with ! does (ssh_config(5), PATTERNS). Nothing matches
// an address that isn't known.
func matches(patterns []string, addr netip.Addr) (ok bool) {
	if !addr.IsValid() {
		return false
	}
	addr = plain(addr)
	for _, pattern := range patterns {
		p, not := strings.CutPrefix(pattern, "!")
		matched := matchesOne(p, addr)
		if matched && not {
			return false
		}
		ok = ok || matched
	}
	return ok
}

// matchesOne compares addresses by value, since one address has many spellings, and only a pattern with * or ? as text.
func matchesOne(pattern string, addr netip.Addr) bool {
	if prefix, err := netip.ParsePrefix(pattern); err == nil {
		return plainPrefix(prefix).Contains(addr)
	}
	if a, err := netip.ParseAddr(pattern); err == nil {
		return plain(a) == addr
	}
	ok, _ := path.Match(strings.ToLower(pattern), addr.String())
	return ok
}

// plain returns an address as IPv4 if it is IPv4 within IPv6, and without its zone.
func plain(addr netip.Addr) netip.Addr { return addr.Unmap().WithZone("") }

// plainPrefix returns a prefix as one of IPv4 if it is one within IPv6.
func plainPrefix(p netip.Prefix) netip.Prefix {
	if p.Addr().Is4In6() && p.Bits() >= 96 {
		return netip.PrefixFrom(p.Addr().Unmap(), p.Bits()-96)
	}
	return p
}
