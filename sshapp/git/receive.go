package git

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/go-git/go-git/v6/plumbing/format/packfile"
	"github.com/go-git/go-git/v6/plumbing/transport"

	"postern/content/publish"
	"postern/content/sanitize"
	"postern/sshapp/admission/work"
)

// errNotPublished is the error of a push that was refused. The client has been told why.
var errNotPublished = errors.New("nothing was published")

// Receive answers git-receive-pack: a push, which is published whole or not at all.
func (s *Session) Receive() error {
	r, err := s.begin()
	if err != nil {
		return err
	}
	upload, err := s.Publisher.Store.NewUpload()
	if err != nil {
		return err
	}
	defer upload.Close()
	apart := filepath.Join(upload.Dir(), "objects")
	if err := os.Mkdir(apart, 0o700); err != nil {
		return err
	}
	client := s.stream()
	p := &push{repository: r.over(apart), base: r, session: s, upload: upload, client: client}
	defer p.release()
	err = transport.ReceivePack(context.Background(), p, client, client, &transport.ReceivePackRequest{ // the stream ends with the client
		Hooks: transport.ReceivePackHooks{PreReceive: p.preReceive, PostReceive: p.postReceive},
	})
	err = errors.Join(err, client.out.Flush())
	if err != nil && !p.refused {
		err = errors.New("git-receive-pack: " + sanitize.Text(err.Error()))
	}
	return err
}

// A push is what an author's git sends. Its objects are apart from the repository until it is accepted.
type push struct {
	*repository // the base, with what the push brings over it
	base        *repository
	session     *Session
	upload      *publish.Upload
	client      *stream
	unlock      func() // of the repository; nil before it is locked
	generation  int    // that the tip is equal to, once the push is accepted
	refused     bool
}

// release lets others push.
func (p *push) release() {
	if p.unlock != nil {
		p.unlock()
	}
}

// PackfileWriter has [transport.ReceivePack] write the pack into a file, which is taken apart when it is closed.
func (p *push) PackfileWriter() (io.WriteCloser, error) {
	_, w, err := p.upload.Create()
	if err != nil {
		return nil, err
	}
	p.client.allowPack()
	return &packWriter{w, p}, nil
}

// A packWriter is the file of a pack.
type packWriter struct {
	*publish.Writer
	push *push
}

// Close implements [io.Closer]. It makes objects of the pack, unless that would be over the quota.
func (w *packWriter) Close() error {
	err := w.unpack()
	return errors.Join(err, w.Truncate(0), w.Writer.Close())
}

func (w *packWriter) unpack() error {
	p := w.push
	size, err := measurePack(io.NewSectionReader(w, 0, w.Size()), p.site.Limits().Bytes, p.session.step)
	if err != nil || size.objects == 0 {
		return err
	}
	done := p.session.Turn.Do(work.Write, size.memory(), func() {
		_, err = packfile.NewParser(io.NewSectionReader(w, 0, w.Size()), packfile.WithStorage(p)).Parse()
	})
	if err == nil && !done {
		err = context.Cause(p.session.Context)
	}
	return cmp.Or(err, p.objects.err)
}

// preReceive publishes what was pushed, before the branch leads to it. The client is told why if that is refused.
func (p *push) preReceive(_ context.Context, info *transport.PreReceiveInfo) error {
	err := p.accept(info)
	if err == nil {
		return nil
	}
	p.refused = true
	for line := range strings.Lines(err.Error()) {
		fmt.Fprintln(info.Progress, sanitize.Line(line))
	}
	return errNotPublished
}

// postReceive notes that the branch leads to what was published.
func (p *push) postReceive(_ context.Context, info *transport.PostReceiveInfo) error {
	if len(info.Commands) == 0 {
		return nil
	}
	return p.setGeneration(p.generation)
}
