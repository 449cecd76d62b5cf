package sshapp

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/pkg/sftp"

	"postern/sshapp/admission/work"
	"postern/sshapp/blog"
	"postern/sshapp/files"
)

// maxHandles bounds the files that one SFTP session has open; sftp and scp open one at a time, sshfs some. Each takes half a
// kilobyte and no descriptor.
const maxHandles = 64

var (
	errManyOpen = errors.New("too many files are open")
	errGone     = errors.New("the client is gone")
	errFailed   = errors.New("something went wrong here, and it is not your fault")
)

// A sftpHandler is one SFTP session's view of the blog's files. The library calls it from goroutines of its own, where a panic
// would end the server: it ends the request instead.
type sftpHandler struct {
	tree     fs.ReadDirFS
	readOnly error      // why the client can't write; nil for an author
	turn     *work.Turn // in which requests are answered: one at a time, as they are read
	log      *slog.Logger
	stderr   io.Writer
	told     sync.Once // why the client can't write
	open     atomic.Int32
	posts    blog.OpenedPosts // that were fetched; used by one goroutine

	count func(name string) // counts that a whole file was read
}

func (g *sftpHandler) handlers() sftp.Handlers {
	return sftp.Handlers{FileGet: g, FilePut: g, FileCmd: g, FileList: g}
}

// treeName returns the name in a tree of a path that the library has made absolute and clean.
func treeName(path string) string {
	if name := strings.TrimPrefix(path, "/"); name != "" {
		return name
	}
	return "."
}

// Fileread implements [sftp.FileReader].
func (g *sftpHandler) Fileread(r *sftp.Request) (reader io.ReaderAt, err error) {
	err = g.answer(work.Open, func() (err error) {
		reader, err = g.openFile(r)
		return err
	})
	return reader, err
}

// answer works on a request in the session's turn.
func (g *sftpHandler) answer(kind work.Kind, f func() error) (err error) {
	defer g.guard(&err)
	if !g.turn.Do(kind, 0, func() { err = f() }) {
		err = errGone
	}
	return err
}

func (g *sftpHandler) openFile(r *sftp.Request) (io.ReaderAt, error) {
	name := treeName(r.Filepath)
	f, err := g.tree.Open(name)
	if err != nil {
		return nil, notExist(err)
	}
	content, ok := f.(io.ReaderAt)
	if !ok {
		return nil, errors.New("it is a directory")
	}
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if err := g.openHandle(); err != nil {
		return nil, err
	}
	if address, ok := strings.CutPrefix(name, files.PostsDir+"/"); ok {
		g.posts.Add(strings.TrimSuffix(address, ".md"))
	}
	return &openFile{sftpHandler: g, file: f, content: content, name: name, size: info.Size()}, nil
}

// Filewrite implements [sftp.FileWriter].
func (g *sftpHandler) Filewrite(*sftp.Request) (io.WriterAt, error) { return nil, g.refuse() }

// refuse refuses to write. Clients don't show a reason that is in an answer, so the first time it is on stderr.
func (g *sftpHandler) refuse() error {
	g.told.Do(func() { fmt.Fprintf(g.stderr, "postern: %v\n", g.readOnly) })
	return sftp.ErrSSHFxPermissionDenied
}

// Filecmd implements [sftp.FileCmder].
func (g *sftpHandler) Filecmd(*sftp.Request) error { return g.refuse() }

// Filelist implements [sftp.FileLister].
func (g *sftpHandler) Filelist(r *sftp.Request) (lister sftp.ListerAt, err error) {
	err = g.answer(work.List, func() (err error) {
		lister, err = g.list(r)
		return err
	})
	return lister, err
}

func (g *sftpHandler) list(r *sftp.Request) (sftp.ListerAt, error) {
	switch r.Method {
	case "List":
		entries, err := g.tree.ReadDir(treeName(r.Filepath))
		if err != nil {
			return nil, notExist(err)
		}
		if err := g.openHandle(); err != nil {
			return nil, err
		}
		return &openDir{g, entries}, nil
	case "Stat":
		info, err := fs.Stat(g.tree, treeName(r.Filepath))
		if err != nil {
			return nil, notExist(err)
		}
		return single{info}, nil
	}
	return nil, sftp.ErrSSHFxOpUnsupported // there are no links to read
}

// notExist is the error for a name that leads nowhere: that there is no such file, whatever is odd about the name.
func notExist(err error) error {
	if errors.Is(err, fs.ErrInvalid) {
		return fs.ErrNotExist
	}
	return err
}

// openHandle takes one of the session's handles.
func (g *sftpHandler) openHandle() error {
	if g.open.Add(1) > maxHandles {
		g.open.Add(-1)
		return errManyOpen
	}
	return nil
}

// Close gives a handle back.
func (g *sftpHandler) Close() error {
	g.open.Add(-1)
	return nil
}

func (g *sftpHandler) guard(err *error) {
	if r := recover(); r != nil {
		g.log.Error("a request failed", "panic", r, "stack", string(debug.Stack()))
		*err = errFailed
	}
}

// An openFile is a handle of a file.
type openFile struct {
	*sftpHandler
	file    fs.File
	content io.ReaderAt
	name    string
	size    int64
	counted bool
}

// Close closes the file.
func (f *openFile) Close() error {
	_ = f.sftpHandler.Close()
	return f.file.Close()
}

// ReadAt implements [io.ReaderAt]. An offset past the end, or below 0 as the library takes those past 2⁶³ for, is the end.
func (f *openFile) ReadAt(p []byte, at int64) (n int, err error) {
	err = f.answer(work.Read, func() (err error) {
		n, err = f.content.ReadAt(p, at)
		return err
	})
	if n > 0 && at+int64(n) >= f.size && !f.counted {
		f.counted = true
		f.count(f.name)
	}
	return n, err
}

// An openDir is a handle of a directory.
type openDir struct {
	*sftpHandler
	entries []fs.DirEntry
}

// ListAt implements [sftp.ListerAt].
func (d *openDir) ListAt(infos []os.FileInfo, at int64) (n int, err error) {
	err = d.answer(work.List, func() (err error) {
		n, err = d.describe(infos, at)
		return err
	})
	return n, err
}

// describe describes entries from one on.
func (d *openDir) describe(infos []os.FileInfo, from int64) (n int, err error) {
	for from+int64(n) < int64(len(d.entries)) && n < len(infos) && d.turn.Step() {
		if infos[n], err = d.entries[from+int64(n)].Info(); err != nil {
			return n, notExist(err)
		}
		n++
	}
	if n < len(infos) {
		return n, io.EOF
	}
	return n, nil
}

// single is a list of one.
type single struct{ os.FileInfo }

// ListAt implements [sftp.ListerAt].
func (s single) ListAt(infos []os.FileInfo, at int64) (int, error) {
	return copy(infos, []os.FileInfo{s.FileInfo}), io.EOF
}
