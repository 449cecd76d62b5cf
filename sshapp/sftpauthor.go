package sshapp

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"github.com/pkg/sftp"

	"postern/content"
	"postern/sshapp/admission/work"
	"postern/sshapp/command"
	"postern/sshapp/upload"
)

// A sftpAuthor is one SFTP session of an author, who writes the site. The library calls it from several goroutines, but never
// at the same time, since an [sftpStream] reads no request before the one before is answered.
type sftpAuthor struct {
	*sftpHandler
	site    *upload.Workspace
	context context.Context
}

func (a *sftpAuthor) handlers() sftp.Handlers {
	return sftp.Handlers{FileGet: a, FilePut: a, FileCmd: a, FileList: a}
}

// readOnly says why a client can't write; nil for an author of a site that is published into.
func (s *server) readOnly(c *channel) error {
	switch {
	case c.identity.asAuthor:
		return errors.New(c.identity.refusal)
	case !c.identity.isAuthor():
		return fmt.Errorf("readers can't write; who may publish connects as %s", content.AuthorName)
	case s.config.Publisher == nil:
		return command.ErrKeptByHand
	}
	return nil
}

// write works on a request that changes something. Clients don't show what is in an answer, so what is wrong is on stderr too.
func (a *sftpAuthor) write(f func() error) error {
	err := a.answer(work.Write, f)
	if err == nil || errors.Is(err, fs.ErrNotExist) {
		return err
	}
	fmt.Fprintf(a.stderr, "postern: %v\n", err)
	return err
}

// Filewrite implements [sftp.FileWriter].
func (a *sftpAuthor) Filewrite(r *sftp.Request) (io.WriterAt, error) { return a.OpenFile(r) }

// OpenFile implements [sftp.OpenFileWriter].
func (a *sftpAuthor) OpenFile(r *sftp.Request) (sftp.WriterAtReaderAt, error) {
	var f *upload.File
	err := a.write(func() (err error) {
		if err := a.openHandle(); err != nil {
			return err
		}
		flags := r.Pflags()
		err = a.apart(func() error { // it may copy the file
			f, err = a.site.Create(treeName(r.Filepath), upload.How{Create: flags.Creat, Exclusive: flags.Excl, Truncate: flags.Trunc})
			return err
		})
		if err != nil {
			_ = a.sftpHandler.Close()
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	return &writtenFile{a, f, false}, nil
}

// Filecmd implements [sftp.FileCmder]. Times and modes are accepted and not kept.
func (a *sftpAuthor) Filecmd(r *sftp.Request) error {
	name := treeName(r.Filepath)
	switch r.Method {
	case "Mkdir":
		return a.write(func() error { return a.site.Mkdir(name) })
	case "Rmdir":
		return a.write(func() error { return a.site.Rmdir(name) })
	case "Remove":
		return a.change(func() error { return a.site.Remove(a.context, name) })
	case "Rename":
		return a.rename(r, false)
	case "Setstat":
		if !r.AttrFlags().Size {
			return nil
		}
		return a.change(func() error { return a.site.Truncate(a.context, name, int64(r.Attributes().Size)) })
	}
	return sftp.ErrSSHFxOpUnsupported // links
}

// PosixRename implements [sftp.PosixRenameFileCmder]: it replaces what has the name.
func (a *sftpAuthor) PosixRename(r *sftp.Request) error { return a.rename(r, true) }

func (a *sftpAuthor) rename(r *sftp.Request, replace bool) error {
	return a.change(func() error {
		return a.site.Rename(a.context, treeName(r.Filepath), treeName(r.Target), replace)
	})
}

// change works on a request that may publish something.
func (a *sftpAuthor) change(f func() error) error {
	return a.write(func() error { return a.apart(f) })
}

// apart does something out of turn that waits for the disk, or for other publications.
func (a *sftpAuthor) apart(f func() error) (err error) {
	a.turn.Pause(func() { err = f() })
	return err
}

// A writtenFile is a handle of a file that is being written.
type writtenFile struct {
	*sftpAuthor
	file *upload.File
	cut  bool // the connection ended, so the file may not be whole
}

// TransferError implements [sftp.TransferError].
func (f *writtenFile) TransferError(error) { f.cut = true }

// ReadAt implements [io.ReaderAt].
func (f *writtenFile) ReadAt(p []byte, at int64) (n int, err error) {
	err = f.answer(work.Read, func() (err error) {
		n, err = f.file.ReadAt(p, at)
		return err
	})
	return n, err
}

// WriteAt implements [io.WriterAt].
func (f *writtenFile) WriteAt(p []byte, at int64) (n int, err error) {
	err = f.write(func() (err error) {
		n, err = f.file.WriteAt(p, at)
		return err
	})
	return n, err
}

// Close saves and publishes the file.
func (f *writtenFile) Close() error {
	_ = f.sftpAuthor.sftpHandler.Close()
	if f.cut || f.context.Err() != nil {
		f.file.Discard()
		return errGone
	}
	return f.change(func() error { return f.file.Close(f.context) })
}
