package content

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"time"

	"postern/content/discover"
	"postern/content/problem"
)

// MaxFile bounds a post's file, in bytes: the largest of 13,264 real posts has 4 MB.
const MaxFile = 8 << 20

var errChanging = errors.New("it changed while it was read")

// readFile reads a post's file, never more than its bound, and again if it changed meanwhile.
func readFile(fsys fs.FS, name string) (data []byte, at fileStamp, err error) {
	for range 3 {
		if data, at, err = readOnce(fsys, name); !errors.Is(err, errChanging) {
			break
		}
	}
	return data, at, err
}

func readOnce(fsys fs.FS, name string) ([]byte, fileStamp, error) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, fileStamp{}, errors.New("can't be read: " + problem.Reason(err))
	}
	defer f.Close()
	before, err := f.Stat()
	if err != nil {
		return nil, fileStamp{}, errors.New("can't be read: " + problem.Reason(err))
	}
	at := fileStamp{before.Size(), before.ModTime(), time.Now()}
	switch {
	case !before.Mode().IsRegular():
		return nil, at, errors.New("it is not a regular file")
	case before.Size() > MaxFile:
		return nil, at, fmt.Errorf("it is larger than %d MB", MaxFile>>20)
	}
	data := make([]byte, 0, before.Size()+1)
	for {
		n, err := f.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, at, errors.New("can't be read: " + problem.Reason(err))
		}
		if len(data) == cap(data) {
			if len(data) > MaxFile {
				return nil, at, fmt.Errorf("it is larger than %d MB", MaxFile>>20)
			}
			data = append(data, 0)[:len(data)]
		}
	}
	if after, err := f.Stat(); err != nil || after.Size() != before.Size() || !after.ModTime().Equal(before.ModTime()) || int64(len(data)) != after.Size() {
		return data, at, errChanging
	}
	return data, at, nil
}

// A fileStamp tells whether a file has changed since it was read.
type fileStamp struct {
	size     int64
	modified time.Time
	read     time.Time // when the file was read
}

// stampOf returns the stamp of a file that isn't a post, and isn't compared by the time at which it was read.
func stampOf(info fs.FileInfo) fileStamp {
	return fileStamp{size: info.Size(), modified: info.ModTime().UTC()}
}

// settled is how long a file must have been left alone before its time of change is believed: some file systems keep
// it to two seconds, and a file may change twice within that.
const settled = 2 * time.Second

// same reports whether the file is surely what it was. One whose times can't tell is not.
func (s fileStamp) same(f discover.TreeFile) bool {
	return !s.modified.IsZero() && s.size == f.Size && s.modified.Equal(f.Modified) && s.read.Sub(s.modified) > settled
}

// isYoung reports whether a file had only just changed when it was read.
func isYoung(modified, readAt time.Time) bool {
	age := readAt.Sub(modified)
	return age >= 0 && age < settled
}
