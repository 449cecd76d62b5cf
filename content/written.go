package content

import (
	"io/fs"
	"strings"
)

// What an author wrote is kept as it is, beside what is made of it, for readers who ask for it. What must hold: a text
// that nothing had to be changed in is held once.

// A rawText is a file's bytes.
type rawText struct {
	text string
	crlf bool // each \n of text stands for \r\n
}

// shorten puts text, which is the same but for its line ends, in place of what is held, if that leads back.
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

// Stat describes a file that is no post, as it is now, by the path that [Target.File] gives. Whatever the library didn't find
// there when it was loaded is [fs.ErrNotExist].
func (l *Library) Stat(name string) (fs.FileInfo, error) {
	if !l.files.holds(name) {
		return nil, &fs.PathError{Op: "stat", Path: name, Err: fs.ErrNotExist}
	}
	return fs.Stat(l.fsys, name)
}

// Open opens a file that is no post, such as an image, by the path that [Target.File] gives. Whatever the library didn't
// find there when it was loaded is [fs.ErrNotExist]. The caller closes the file, and bounds what is read of it.
func (l *Library) Open(name string) (fs.File, error) {
	info, err := l.Stat(name)
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() { // it was one when the library was loaded; opening a pipe would wait for ever
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrInvalid}
	}
	return l.fsys.Open(name)
}
