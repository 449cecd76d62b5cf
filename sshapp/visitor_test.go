package sshapp

import (
	"errors"
	"io"
	"slices"
	"sync"
	"time"

	gossh "golang.org/x/crypto/ssh"
)

// A visitor is a connected reader who sees nothing of what is sent but when and how much.
type visitor struct {
	client   *gossh.Client
	session  *gossh.Session
	keyboard io.Writer
	seen     arrivals
}

// newVisitor opens the screens for a client, and waits for the first frame.
func newVisitor(client *gossh.Client, width, height int) (*visitor, error) {
	v := &visitor{client: client, seen: arrivals{last: make(chan time.Time, 1)}}
	var err error
	if v.session, err = client.NewSession(); err != nil {
		return nil, err
	}
	v.session.Stdout = &v.seen
	if v.keyboard, err = v.session.StdinPipe(); err != nil {
		return nil, err
	}
	if err := v.session.RequestPty("xterm-256color", height, width, gossh.TerminalModes{}); err != nil {
		return nil, err
	}
	if err := v.session.Shell(); err != nil {
		return nil, err
	}
	select {
	case <-v.seen.last:
		return v, nil
	case <-time.After(10 * time.Second):
		return nil, errors.New("no frame in 10 s")
	}
}

// press types a key and returns how long its frame took.
func (v *visitor) press(key string) (time.Duration, bool) {
	select {
	case <-v.seen.last:
	default:
	}
	began := time.Now()
	if _, err := io.WriteString(v.keyboard, key); err != nil {
		return 0, false
	}
	select {
	case at := <-v.seen.last:
		return at.Sub(began), true
	case <-time.After(5 * time.Second):
		return 0, false
	}
}

// arrivals notes when bytes came, and how many.
type arrivals struct {
	last chan time.Time

	mu sync.Mutex
	n  int64
}

func (a *arrivals) Write(p []byte) (int, error) {
	now := time.Now()
	a.mu.Lock()
	a.n += int64(len(p))
	a.mu.Unlock()
	select {
	case a.last <- now:
	default:
	}
	return len(p), nil
}

func received(visitors []*visitor) int64 {
	var n int64
	for _, v := range visitors {
		v.seen.mu.Lock()
		n += v.seen.n
		v.seen.mu.Unlock()
	}
	return n
}

type quantiles struct{ p50, p99 time.Duration }

func quantile(d []time.Duration) quantiles {
	if len(d) == 0 {
		return quantiles{}
	}
	slices.Sort(d)
	return quantiles{d[len(d)/2], d[len(d)*99/100]}
}
