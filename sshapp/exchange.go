package sshapp

import (
	"encoding/binary"
	"errors"
	"io"
)

// SFTP lets a client ask for much before it takes an answer, and the library would read all of it ahead, and work on eight
// requests at once: a file that one of them opens would be read by another that has guessed its handle, without a lock
// between them. What must hold: a request is read when the one before it is answered, so that a session keeps one of them
// and its answer in memory, and no packet is longer than what SFTP is made for. A client's requests wait in the
// session's inbox meanwhile, so a picture of 150 MB takes 1.4 s on one machine, where four at a time took 1.2.

// maxPacket is the longest request, in bytes: what all servers should take (draft-ietf-secsh-filexfer-02, section 3).
const maxPacket = 34_000

var errLongPacket = errors.New("a request is longer than 34,000 bytes")

// An sftpStream is a session's stream of requests and of answers, one for each. It implements [io.ReadWriteCloser].
type sftpStream struct {
	requests *io.PipeReader
	answers  io.Writer
	done     <-chan struct{} // closed when nothing is to be read any more
	asked    chan struct{}   // holds a token while a request has no answer
	room     bool            // the token of a request that hasn't begun is held
	in, out  packetReader
}

func newSFTPStream(requests *io.PipeReader, answers io.Writer, done <-chan struct{}) *sftpStream {
	return &sftpStream{requests: requests, answers: answers, done: done, asked: make(chan struct{}, 1)}
}

// Read reads requests. Each waits for the answer to the one before.
func (e *sftpStream) Read(p []byte) (int, error) {
	if e.in.between() && !e.room {
		select {
		case e.asked <- struct{}{}:
			e.room = true // until something is read
		case <-e.done:
			return 0, io.ErrUnexpectedEOF
		}
	}
	n, err := e.requests.Read(p[:min(int64(len(p)), e.in.rest())])
	e.in.pass(p[:n])
	e.room = e.room && n == 0
	if e.in.left > maxPacket {
		return 0, errLongPacket
	}
	return n, err
}

// Write writes answers.
func (e *sftpStream) Write(p []byte) (int, error) {
	n, err := e.answers.Write(p)
	for range e.out.pass(p[:n]) {
		<-e.asked
	}
	return n, err
}

// Close ends the requests.
func (e *sftpStream) Close() error { return e.requests.Close() }

// A packetReader follows a stream of packets: 4 bytes that give a length, and so many bytes.
type packetReader struct {
	head [4]byte
	have int   // bytes of head
	left int64 // bytes of the packet
}

// between reports whether a packet has ended, and none begun.
func (f *packetReader) between() bool { return f.have == 0 && f.left == 0 }

// rest is how many bytes are left of the length, or else of the packet.
func (f *packetReader) rest() int64 {
	if f.left > 0 {
		return f.left
	}
	return int64(len(f.head) - f.have)
}

// pass takes bytes of the stream, and returns how many packets end in them.
func (f *packetReader) pass(p []byte) (ended int) {
	for len(p) > 0 {
		n := min(f.rest(), int64(len(p)))
		if f.left > 0 {
			if f.left -= n; f.left == 0 {
				ended++
			}
		} else if f.have += copy(f.head[f.have:], p[:n]); f.have == len(f.head) {
			f.have, f.left = 0, int64(binary.BigEndian.Uint32(f.head[:]))
			if f.left == 0 {
				ended++
			}
		}
		p = p[n:]
	}
	return ended
}
