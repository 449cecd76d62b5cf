package git

import (
	"context"
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
	in, out := &input{s, maxRequest}, output{s}
	options := &transport.UploadPackRequest{SkipDeltaCompression: true} // which would hold all objects in memory
	done := s.Turn.Do(work.Read, int64(count)*objectMemory, func() {
		err = transport.UploadPack(context.Background(), r, in, out, options) // the input and the output end with the client
	})
	if err == nil && !done {
		err = context.Cause(s.Context)
	}
	if err != nil {
		return fmt.Errorf("git-upload-pack: %w", err)
	}
	return nil
}
