package publish

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
)

// maxRecord bounds a line of the log in bytes: 100,000 paths of 1 KB.
const maxRecord = 128 << 20

// History returns what was published, oldest first: generations after since, 0 for all.
func (s *Site) History(since int) ([]Publication, error) {
	f, err := os.Open(s.path(logFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var all []Publication
	_, err = readLog(f, func(p Publication) bool {
		if p.Generation > since {
			all = append(all, p)
		}
		return true
	})
	return all, err
}

// readLog calls each with the log's records until it returns false. It returns how many bytes of whole records it took; a
// line that is not whole, as a power cut leaves one, ends the log.
func readLog(r io.Reader, each func(Publication) bool) (size int64, err error) {
	lines := bufio.NewReaderSize(r, 64<<10)
	for {
		line, err := readLine(lines)
		if errors.Is(err, io.EOF) {
			return size, nil
		}
		if err != nil {
			return size, err
		}
		var p Publication
		if json.Unmarshal(line, &p) != nil || !each(p) {
			return size, nil
		}
		size += int64(len(line))
	}
}

// readLine returns a line with its end; io.EOF where none is whole any more.
func readLine(r *bufio.Reader) ([]byte, error) {
	var line []byte
	for {
		part, err := r.ReadSlice('\n')
		line = append(line, part...)
		if err == nil {
			return line, nil
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return nil, err
		}
		if len(line) > maxRecord {
			return nil, errors.New("a line of the log is too long")
		}
	}
}

// appendLog adds a record, and leaves the log as it was if that fails.
func (s *Site) appendLog(p *Publication) error {
	line, err := json.Marshal(p)
	if err != nil {
		return err
	}
	f, err := os.OpenFile(s.path(logFile), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if _, err = f.Write(append(line, '\n')); err == nil {
		err = f.Sync()
	}
	if err != nil {
		_ = f.Truncate(info.Size())
		return err
	}
	return nil
}

// trimLog takes the records after generation n out, and a line that is not whole.
func (s *Site) trimLog(n int) error {
	data, err := os.ReadFile(s.path(logFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	size, err := readLog(bytes.NewReader(data), func(p Publication) bool { return p.Generation <= n })
	if err != nil || size == int64(len(data)) {
		return err
	}
	return os.Truncate(s.path(logFile), size)
}
