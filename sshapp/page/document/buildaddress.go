package document

import "strings"

// Markdown finds the addresses that stand between blanks. In HTML, behind a bracket or beside letters of a script without
// blanks they are found here.

// textWithAddresses adds text in which the addresses are links.
func (b *builder) textWithAddresses(s string) {
	at := b.at
	for from := 0; from < len(s); {
		begin, end := nextAddress(s[from:])
		b.addText(s[from : from+begin])
		if begin < end {
			b.at = at + from + begin
			address := s[from+begin : from+end]
			opened := b.begin("a", attrs{href: address}, true)
			b.addText(address)
			if opened {
				b.end("a", true)
			}
		}
		from += end
	}
	b.at = at
}

// mayLink reports whether an address in the next text is to be a link.
func (b *builder) mayLink() bool {
	if b.link != 0 || b.roles&(Code|Math|AltText|Generated) != 0 {
		return false
	}
	for i := range b.open {
		if b.open[i].tag == "a" { // of a link that is refused
			return false
		}
	}
	return true
}

// nextAddress returns where in a text the first address begins and ends: both at its end if it has none.
func nextAddress(s string) (begin, end int) {
	for at := 0; ; {
		i := strings.Index(s[at:], "://")
		if i < 0 {
			return len(s), len(s)
		}
		at += i
		for begin = at; begin > 0 && isAlphanumeric(s[begin-1]); begin-- {
		}
		switch end = addressEnd(s, at+len("://")); strings.ToLower(s[begin:at]) {
		case "http", "https", "ftp":
			if hasDomain(s[at+len("://") : end]) {
				return begin, end
			}
		}
		at += len("://")
	}
}

// hasDomain reports whether an address without its scheme has a host that others can reach by its name, as "localhost:8000" and
// "127.0.0.1" have not.
func hasDomain(address string) bool {
	host := address
	if i := strings.IndexAny(host, "/?#:"); i >= 0 {
		host = host[:i]
	}
	dot := strings.LastIndexByte(host, '.')
	return dot > 0 && dot+1 < len(host) && isAlphanumeric(host[dot+1]) && host[dot+1] > '9'
}

// addressEnd returns where the address ends of which a part ends at an offset: without what ends the sentence around it, or a
// bracket around it.
func addressEnd(s string, from int) int {
	end := from
	for end < len(s) && s[end] > ' ' && s[end] < 0x7f && strings.IndexByte("<>\"{}|\\^`", s[end]) < 0 {
		end++
	}
	for end > from {
		switch c := s[end-1]; {
		case strings.IndexByte("?!.,:;*_~'", c) >= 0:
		case c == ')' && strings.Count(s[from:end], "(") < strings.Count(s[from:end], ")"):
		case c == ']' && strings.Count(s[from:end], "[") < strings.Count(s[from:end], "]"):
		default:
			return end
		}
		end--
	}
	return end
}

func isAlphanumeric(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9'
}
