package git

import (
	"context"
	"errors"
	"fmt"

	"github.com/go-git/go-git/v6/plumbing/transport"

	"postern/sshapp/admission/work"
)

// Upload answers git-upload-pack: a clone or a fetch of all that is published, drafts among it.
func (s *Session) Upload() error {
	r, err := s.begin()
	if err != nil {
		return err
	}
	count, err := r.count()
	if err != nil {
		return err
	}
	client := s.stream()
	options := &transport.UploadPackRequest{SkipDeltaCompression: true} // which would hold all objects in memory
	done := s.Turn.Do(work.Read, int64(count)*objectMemory, func() {
		err = transport.UploadPack(context.Background(), r, &fetchRequest{stream: client}, client, options) // the stream ends with the client
	})
	if err == nil && !done {
		err = context.Cause(s.Context)
	}
	if errors.Is(err, errShallow) {
		return errShallow
	}
	if err = errors.Join(err, client.out.Flush()); err != nil {
		return fmt.Errorf("git-upload-pack: %w", err)
	}
	return nil
}
