// Package backup writes the data directory of a server as a tar archive while the server may run, and puts it back. The archive
// has the published site with its history and what is saved, the keys of authors, and a copy of the database of readers. It has
// the secrets, which are the host key and what makes numbers of readers' keys, only if they are asked for.
package backup

import (
	"archive/tar"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"postern/content/publish"
	"postern/keys"
	"postern/sshapp/state"
)

// endFile is the last entry of an archive. One without it is not whole.
const endFile = ".postern-backup"

// secrets are the files that only their server needs.
var secrets = []string{keys.HostKeyFile, state.SecretFile}

// Write writes the data directory dir as an archive. Nobody can publish meanwhile, but readers notice nothing.
func Write(ctx context.Context, w io.Writer, dir string, withSecrets bool) error {
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no data directory %s; name the server's with --data", dir)
	case err != nil:
		return err
	case !info.IsDir():
		return fmt.Errorf("%s is not a directory", dir)
	}
	a := &archive{Writer: tar.NewWriter(w), ctx: ctx, dir: dir, withSecrets: withSecrets, links: map[string]entry{}}
	if err := a.addState(); err != nil {
		return err
	}
	release, err := publish.Hold(filepath.Join(dir, publish.Dir))
	if err != nil {
		return err
	}
	defer release()
	if err := filepath.WalkDir(dir, a.add); err != nil {
		return err
	}
	end := &tar.Header{Name: endFile, Typeflag: tar.TypeReg, Mode: 0o600, ModTime: time.Now()}
	return errors.Join(a.WriteHeader(end), a.Close())
}

// An archive is being written.
type archive struct {
	*tar.Writer
	ctx         context.Context
	dir         string
	withSecrets bool
	links       map[string]entry // by the path in a generation: the file of the generation that was added last
}

// An entry is a file that the archive has.
type entry struct {
	name string
	info fs.FileInfo
}

// addState adds a copy of the database, if there is one.
func (a *archive) addState() error {
	temporary, err := os.MkdirTemp("", "postern-backup-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temporary)
	file := filepath.Join(temporary, state.File)
	err = state.Backup(a.ctx, a.dir, file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return a.addFile(file, state.File)
}

// add adds what stands at a path.
func (a *archive) add(file string, e fs.DirEntry, err error) error {
	if errors.Is(err, fs.ErrNotExist) { // it was temporary
		return nil
	}
	if err := errors.Join(err, a.ctx.Err()); err != nil {
		return err
	}
	name, err := filepath.Rel(a.dir, file)
	if err != nil {
		return err
	}
	name = filepath.ToSlash(name)
	switch {
	case name == ".":
		return nil
	case a.leavesOut(name):
		if e.IsDir() {
			return fs.SkipDir
		}
		return nil
	case e.IsDir():
		return a.WriteHeader(&tar.Header{Name: name + "/", Typeflag: tar.TypeDir, Mode: 0o700})
	case e.Type() == fs.ModeSymlink:
		target, err := os.Readlink(file)
		if err != nil {
			return err
		}
		return a.WriteHeader(&tar.Header{Name: name, Typeflag: tar.TypeSymlink, Linkname: filepath.ToSlash(target), Mode: 0o777})
	case e.Type().IsRegular():
		return a.addFile(file, name)
	}
	return nil
}

// leavesOut reports whether a path is not archived: the database, of which there is a copy; secrets; what is on its way in.
func (a *archive) leavesOut(name string) bool {
	inSite, isSite := strings.CutPrefix(name, publish.Dir+"/")
	return strings.HasPrefix(name, state.File) || isSite && publish.IsTransient(inSite) ||
		slices.ContainsFunc(secrets, func(secret string) bool {
			return strings.HasPrefix(name, secret) && (!a.withSecrets || name != secret)
		})
}

// addFile adds a file under a name. One that two generations share becomes a link.
func (a *archive) addFile(file, name string) error {
	f, err := os.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	header := &tar.Header{Name: name, Typeflag: tar.TypeReg, Mode: 0o600, ModTime: info.ModTime(), Size: info.Size(), Format: tar.FormatPAX}
	if inside, ok := pathInGeneration(name); ok {
		before, shared := a.links[inside]
		a.links[inside] = entry{name, info}
		if shared && os.SameFile(before.info, info) {
			header.Typeflag, header.Linkname, header.Size = tar.TypeLink, before.name, 0
			return a.WriteHeader(header)
		}
	}
	if err := a.WriteHeader(header); err != nil {
		return err
	}
	_, err = io.CopyN(a, f, info.Size())
	if err == io.EOF {
		err = fmt.Errorf("%s has become shorter meanwhile", file)
	}
	return err
}

// pathInGeneration returns the path that a file has in its generation of the site.
func pathInGeneration(name string) (string, bool) {
	rest, ok := strings.CutPrefix(name, publish.Dir+"/gen/")
	if !ok {
		return "", false
	}
	_, inside, ok := strings.Cut(rest, "/")
	return inside, ok
}

// A Restored says what an archive had.
type Restored struct {
	Files   int
	Secrets bool // the host key is among them
}

// Restore puts an archive into the data directory dir, which must be empty, or not there yet. If it fails, what it has written
// stays there.
func Restore(r io.Reader, dir string) (done Restored, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return done, err
	}
	there, err := os.ReadDir(dir)
	if err != nil {
		return done, err
	}
	if len(there) > 0 {
		return done, fmt.Errorf("%s is not empty: it has %s; move it away, or name another directory with --data", dir, there[0].Name())
	}
	root, err := os.OpenRoot(dir) // nothing is written outside of it, whatever the archive says
	if err != nil {
		return done, err
	}
	defer root.Close()
	for in := tar.NewReader(r); ; {
		header, err := in.Next()
		if err == io.EOF {
			return done, errors.New("the archive is not whole, or not one of postern backup; what it had was restored")
		}
		if err != nil {
			return done, fmt.Errorf("not an archive of postern backup, or a damaged one: %w", err)
		}
		if header.Name == endFile {
			return done, nil
		}
		if err := restoreEntry(root, header, in); err != nil {
			return done, fmt.Errorf("%q: %w", header.Name, err)
		}
		if header.Typeflag != tar.TypeDir {
			done.Files++
		}
		done.Secrets = done.Secrets || header.Name == keys.HostKeyFile
	}
}

func restoreEntry(root *os.Root, header *tar.Header, data io.Reader) error {
	name := path.Clean(header.Name)
	if err := root.MkdirAll(path.Dir(name), 0o700); err != nil {
		return err
	}
	switch header.Typeflag {
	case tar.TypeDir:
		return root.MkdirAll(name, 0o700)
	case tar.TypeSymlink:
		if !filepath.IsLocal(path.Join(path.Dir(name), header.Linkname)) || path.IsAbs(header.Linkname) {
			return fmt.Errorf("it leads out of the directory, to %q", header.Linkname)
		}
		return root.Symlink(filepath.FromSlash(header.Linkname), name)
	case tar.TypeLink:
		return root.Link(path.Clean(header.Linkname), name)
	case tar.TypeReg:
		f, err := root.OpenFile(name, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		_, err = io.Copy(f, data)
		if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
			return err
		}
		return root.Chtimes(name, header.ModTime, header.ModTime)
	}
	return fmt.Errorf("it is of type %q, which no backup has", header.Typeflag)
}
