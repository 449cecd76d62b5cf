package content

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"postern/content/discover"
	"postern/content/frontmatter"
	"postern/content/outline"
	"postern/content/problem"
	"postern/content/sanitize"
)

// parse reads one file's bytes. They are kept as they are, beside what is made of them, for readers who ask for them.
func parse(f discover.File, data []byte, opt parseOptions) *source {
	s := &source{file: f, stem: sanitize.Slug(f.Name.Stem), full: sanitize.Slug(f.Name.Full)}
	p := &s.post
	p.Path = sanitize.FileName(f.Path)
	p.Sum = checksum(f.Path, data)

	r := frontmatter.Split(s.text(data))
	m, problems := r.Read(p.Path)
	s.problems = append(s.problems, problems...)
	body, unended := outline.WithoutRemarks(r.Body, strings.HasSuffix(f.Path, ".mdx"))
	p.Body, p.BodyLine = body, r.BodyLine
	if unended > 0 {
		s.report(problem.Error, frontmatter.Field{Line: r.BodyLine + unended - 1}, "a remark that begins here has no end: nothing behind it is shown",
			"end it as it begins, or write its mark as code")
	}
	s.hasFrontMatter = r.Form != frontmatter.None
	o := outline.Scan(p.Body)
	p.Words, s.headings, s.noText = o.Words, o.Headings, o.Empty

	s.readDates(m, opt)
	s.readNames(m, o)
	s.titleSlug = sanitize.Slug(p.Title)
	s.readLabels(m, opt)
	s.readReply(m)
	s.readAddresses(m, opt)
	s.readSwitches(m, opt)
	s.lintKeys(m, opt)
	s.lintValues(m)
	s.exclude(m)
	if len(data) == 0 {
		s.warn(0, "the file is empty", "write something, or take it out")
	}
	return s
}

// checksum returns what identifies a post in caches: it changes with its file's name and bytes.
func checksum(name string, data []byte) (sum [16]byte) {
	h := sha256.New()
	h.Write([]byte(name + "\x00"))
	h.Write(data)
	copy(sum[:], h.Sum(nil))
	return sum
}

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
		if n == 1 && r == utf8.RuneError {
			what, todo = fmt.Sprintf("the byte 0x%02X is not UTF-8, and is shown as \ufffd", text[at]), "save the file as UTF-8"
		}
		if more := sanitize.CountUnsafe(text[at:]) - 1; more > 0 {
			what += fmt.Sprintf(" (and %d more like it in this file)", more)
		}
		s.report(problem.Warning, f, what, todo)
		text = sanitize.Text(text)
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
