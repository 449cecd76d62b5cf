package git

import (
	"bufio"
	"errors"
	"math"
)

// maxRequest bounds what a client asks for, in bytes: the names of 80,000 commits that it has.
const maxRequest = 4 << 20

var errRequest = errors.New("what git asks for is too long")

// A stream is what a session's client sends, up to so many bytes, and what it is sent. The library writes a few bytes at a
// time, so they are kept until there are many, or the client's answer is waited for. Others have their turn while it reads and
// writes.
type stream struct {
	session *Session
	left    int64 // bytes that may be read
	out     *bufio.Writer
}

func (s *Session) stream() *stream {
	return &stream{s, maxRequest, bufio.NewWriterSize(pausedWriter{s}, 32<<10)}
}

// allowPack has the client send as much as it likes from now on: the quota bounds it.
func (s *stream) allowPack() { s.left = math.MaxInt64 }

// Read implements [io.Reader].
func (s *stream) Read(p []byte) (n int, err error) {
	if s.left <= 0 {
		return 0, errRequest
	}
	if err := s.out.Flush(); err != nil {
		return 0, err
	}
	err = s.session.pause(func() (err error) {
		n, err = s.session.In.Read(p[:min(int64(len(p)), s.left)])
		return err
	})
	s.left -= int64(n)
	return n, err
}

// Write implements [io.Writer].
func (s *stream) Write(p []byte) (int, error) { return s.out.Write(p) }

// Close implements [io.Closer]. It does nothing: the library closes what it has read a request from.
func (s *stream) Close() error { return nil }

// A pausedWriter writes to the client.
type pausedWriter struct{ *Session }

func (w pausedWriter) Write(p []byte) (n int, err error) {
	err = w.pause(func() (err error) {
		n, err = w.Out.Write(p)
		return err
	})
	return n, err
}
