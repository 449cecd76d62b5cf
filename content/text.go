package content

import (
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"postern/content/frontmatter"
	"postern/content/problem"
	"postern/content/sanitize"
)

// text decodes a file: without a byte order mark, with lines that end in \n, and safe to show.
func (s *source) text(data []byte) string {
	text := string(data)
	s.written.text = text
	if strings.HasPrefix(text, "\xff\xfe") || strings.HasPrefix(text, "\xfe\xff") {
		text = decodeUTF16(text)
		s.warn(0, "the file is UTF-16", "save it as UTF-8")
	}
	if strings.IndexByte(text, '\r') >= 0 {
		text = strings.ReplaceAll(text, "\r\n", "\n")
		s.written.shorten(text)
		if strings.IndexByte(text, '\n') < 0 { // lines that end as on the first Macs
			text = strings.ReplaceAll(text, "\r", "\n")
		}
	}
	text = strings.TrimPrefix(text, "\ufeff")
	if at := sanitize.IndexUnsafe(text); at >= 0 {
		before := text[:at]
		f := frontmatter.Field{Line: 1 + strings.Count(before, "\n"), Column: at - strings.LastIndexByte(before, '\n')}
		r, n := utf8.DecodeRuneInString(text[at:])
		what, todo := fmt.Sprintf("the control character %U is shown as \ufffd", r), "take it out"
		switch {
		case sanitize.IsDirection(r):
			what = fmt.Sprintf("the control character %U is left out, since the text's direction is found without it", r)
		case n == 1 && r == utf8.RuneError:
			what, todo = fmt.Sprintf("the byte 0x%02X is not UTF-8, and is shown as \ufffd", text[at]), "save the file as UTF-8"
		}
		if more := sanitize.CountUnsafe(text[at:]) - 1; more > 0 {
			what += fmt.Sprintf(" (and %d more like it in this file)", more)
		}
		s.report(problem.Warning, f, what, todo)
		text = sanitize.Text(sanitize.DropDirections(text))
	}
	return text
}

func decodeUTF16(s string) string {
	units := make([]uint16, 0, len(s)/2)
	high, low := 1, 0
	if s[0] == 0xfe {
		high, low = 0, 1
	}
	for i := 2; i+1 < len(s); i += 2 {
		units = append(units, uint16(s[i+high])<<8|uint16(s[i+low]))
	}
	return string(utf16.Decode(units))
}

// shorten keeps text in place of what was written if they differ in nothing but line ends, so that most texts are held once.
func (w *rawText) shorten(text string) {
	if strings.ReplaceAll(text, "\n", "\r\n") == w.text {
		*w = rawText{text, true}
	}
}

// Raw returns the post's file as it was written, byte for byte. Where a broken file is shown as it was before, that is
// what it was then.
func (p *Post) Raw() string {
	text, crlf := p.Written()
	if crlf {
		return strings.ReplaceAll(text, "\n", "\r\n")
	}
	return text
}

// Written returns what Raw does as it is kept: each "\n" of text stands for "\r\n" if crlf is true.
func (p *Post) Written() (text string, crlf bool) {
	if p.source == nil {
		return p.Body, false
	}
	return p.source.written.text, p.source.written.crlf
}

// Text returns Raw as text that is safe to show: UTF-8 without a byte order mark, with lines that end in \n.
func (p *Post) Text() string { return (&source{}).text([]byte(p.Raw())) }
