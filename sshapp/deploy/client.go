package deploy

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
)

// A Client deploys a directory.
type Client struct {
	Dir   fs.FS
	Files []string // paths in Dir of what is to be published, sorted
	// Base is the generation that the directory was last known to be equal to. What somebody else has published since then is not
	// overwritten. 0, or one that the server doesn't have yet, is the one that readers see when the deployment begins.
	Base   int
	DryRun bool
	// Confirm is asked before the bytes of a file are sent. Nil is a yes.
	Confirm func(Preview) error
	// Sent is called as bytes are sent, with how many there are in all. May be nil.
	Sent func(sent, all int64)
}

// A Preview is what a deployment is about to change.
type Preview struct {
	Generation           int // that readers see now
	Added, Changed, Kept int // numbers of files
	Removed              []string
	Missing              []string // paths of the files whose bytes the server lacks, which are to be sent
	Bytes                int64    // of them
}

// A ConflictError says that nothing was published, since it would take back what others have published: after generation Since, and
// up to Now.
type ConflictError struct {
	error
	Since, Now int
}

// ErrNoAnswer says that whatever is at the other end is no server that takes deployments, or didn't let its client in.
var ErrNoAnswer = errors.New("the server does not answer as one that takes deployments")

// Deploy talks with a server until the directory is its site, or isn't. The result says what has changed or, with an error among its
// problems, why nothing has. An error says why nothing is known to have been published.
func (c *Client) Deploy(ctx context.Context, in io.Reader, out io.Writer) (Result, error) {
	s := newStream(in, out)
	var h hello
	switch err := s.receive(&h); {
	case err != nil:
		return Result{}, ErrNoAnswer
	case h.Error != "":
		return Result{}, errors.New(h.Error)
	case h.Version != version:
		return Result{}, fmt.Errorf("the server speaks version %d of deploying and this program version %d; update the older one", h.Version, version)
	}
	entries, err := c.entries(ctx)
	if err != nil {
		return Result{}, err
	}
	base := c.Base
	if base > h.Generation { // the server has begun anew
		base = 0
	}
	lines := []any{plan{Base: base, DryRun: c.DryRun, Files: len(entries)}}
	for _, e := range entries {
		lines = append(lines, e)
	}
	if err := s.send(lines...); err != nil {
		return Result{}, err
	}
	var a answer
	if err := s.receive(&a); err != nil {
		return Result{}, lost(err)
	}
	if a.Error != "" {
		return Result{}, errors.New(a.Error)
	}
	if err := c.confirm(h, a, entries); err != nil {
		return Result{}, err
	}
	if err := c.send(ctx, s, a.Missing, entries); err != nil && s.refuse.err == nil {
		return Result{}, err
	}
	var r Result
	if err := s.receive(&r); err != nil {
		return Result{}, lost(err)
	}
	switch {
	case r.Since != nil:
		return Result{}, &ConflictError{errors.New(r.Error), *r.Since, h.Generation}
	case r.Error != "":
		return Result{}, errors.New(r.Error)
	}
	return r, nil
}

func lost(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return errors.New("the connection was cut; nothing is known to have been published: look with `ssh author@HOST history`")
	}
	return err
}

// entries hashes the files.
func (c *Client) entries(ctx context.Context) ([]entry, error) {
	var all []entry
	for _, name := range c.Files {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		f, err := c.Dir.Open(name)
		if err != nil {
			return nil, err
		}
		hash, size, err := hashOf(f)
		f.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		all = append(all, entry{Path: name, Hash: hash[:], Size: size})
	}
	return all, nil
}

func (c *Client) confirm(h hello, a answer, entries []entry) error {
	p := Preview{Generation: h.Generation, Added: a.Added, Changed: a.Changed, Kept: a.Kept, Removed: a.Removed}
	for _, i := range a.Missing {
		if i < 0 || i >= len(entries) {
			return errors.New("the server asks for a file that was not offered")
		}
		p.Missing = append(p.Missing, entries[i].Path)
		p.Bytes += entries[i].Size
	}
	if c.Confirm == nil {
		return nil
	}
	return c.Confirm(p)
}

// send sends the bytes of the files that are missing there.
func (c *Client) send(ctx context.Context, s *stream, missing []int, entries []entry) error {
	var sent, all int64
	for _, i := range missing {
		all += entries[i].Size
	}
	for _, i := range missing {
		if err := ctx.Err(); err != nil {
			return err
		}
		f, err := c.Dir.Open(entries[i].Path)
		if err != nil {
			return err
		}
		n, err := io.Copy(s.out, io.LimitReader(f, entries[i].Size))
		f.Close()
		if err != nil {
			return err
		}
		if n < entries[i].Size {
			return fmt.Errorf("%s changed while it was read; deploy again", entries[i].Path)
		}
		if sent += n; c.Sent != nil {
			c.Sent(sent, all)
		}
	}
	return s.send(true)
}
