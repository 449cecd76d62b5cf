package content

import (
	"crypto/sha256"
	"fmt"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"postern/content/discover"
	"postern/content/frontmatter"
	"postern/content/outline"
	"postern/content/problem"
	"postern/content/sanitize"
)

// A source is one file, parsed: all that can be said of it without looking at the others. It is immutable, and kept
// from one load to the next for as long as its file stays as it is.
type source struct {
	file discover.File
	post Post // without slug and kind, which depend on others

	stem     string           // the slug that its file's name makes, without the date
	full     string           // the same with the date
	claims   []string         // the slugs that the front matter claims, the one that counts first
	claimed  problem.Position // where that one stands
	former   []former         // the addresses that it had before, as the front matter says
	titled   string           // the slug that its title makes
	headings string           // the texts of the body's headings, a line each
	layout   string           // the template's name: "post", "page"
	fronted  bool             // there is a front matter
	hollow   bool             // there is no text
	misdated bool             // a date is meant, and none can be read
	leftOut  string           // why it is no post; empty if it is one
	problems []problem.Problem
	kept     bool // the file is broken, and this is what it was before
	unread   bool // nobody knows the file's bytes
	written  rawText
}

// broken reports whether something that the author wrote is not shown as they meant it.
func (s *source) broken() bool {
	_, wrong := problem.FirstError(s.problems)
	return wrong
}

// A dialect is what the site decides about how its files are read.
type dialect struct {
	zone   string // of dates that name none
	in     *time.Location
	jekyll bool // tags in one string are parted at blanks
}

// same reports whether files read in two dialects say the same. Two locations of one name are never one pointer.
func (d dialect) same(other dialect) bool { return d.zone == other.zone && d.jekyll == other.jekyll }

// parse reads one file's bytes.
func parse(f discover.File, data []byte, d dialect) *source {
	s := &source{file: f, stem: sanitize.Slug(f.Name.Stem), full: sanitize.Slug(f.Name.Full)}
	p := &s.post
	p.Path = sanitize.FileName(f.Path)
	p.Sum = checksum(f.Path, data)

	r := frontmatter.Split(s.text(data))
	m, problems := r.Read(p.Path)
	s.problems = append(s.problems, problems...)
	p.Body, p.BodyLine = r.Body, r.BodyLine
	s.fronted = r.Form != frontmatter.None
	o := outline.Scan(p.Body)
	p.Words, s.headings, s.hollow = o.Words, o.Headings, o.Empty

	s.dates(m, d)
	s.names(m, o)
	s.titled = sanitize.Slug(p.Title)
	s.labels(m, d)
	s.switches(m, d)
	s.slips(m, d)
	s.doubts(m)
	s.exclude(m)
	if len(data) == 0 {
		s.warn(0, "the file is empty", "write something, or take it out")
	}
	return s
}

// checksum is what a post is known by in caches: it changes with its file's name and bytes.
func checksum(name string, data []byte) (sum [16]byte) {
	h := sha256.New()
	h.Write([]byte(name + "\x00"))
	h.Write(data)
	copy(sum[:], h.Sum(nil))
	return sum
}

func (s *source) report(severity problem.Severity, f frontmatter.Field, message, hint string) {
	s.problems = append(s.problems, problem.Problem{File: s.post.Path, Line: f.Line, Column: f.Column, Severity: severity, Message: message, Hint: hint})
}

func (s *source) warn(line int, message, hint string) {
	s.report(problem.Warning, frontmatter.Field{Line: line}, message, hint)
}

// text decodes a file: without a byte order mark, with lines that end in \n, and clean.
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
