package publish

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"maps"
	"os"
	"slices"
)

// maxRecord bounds a line of the log in bytes: 100,000 paths of 1 KB.
const maxRecord = 128 << 20

// History returns what was published, oldest first: generations after since, 0 for all. Those in a row that are of one session
// are one, which has the number of the last.
func (s *Site) History(since int) ([]Publication, error) {
	records, err := s.Records(0)
	var all []Publication
	for len(records) > 0 {
		n := 1
		for n < len(records) && records[n-1].continues(records[n]) {
			n++
		}
		if last := records[n-1]; last.Generation > since {
			all = append(all, join(records[:n]))
		}
		records = records[n:]
	}
	return all, err
}

// continues reports whether a publication and the next one are of one session.
func (p Publication) continues(next Publication) bool {
	return p.Session != "" && p.Session == next.Session
}

// join returns publications, of which each differs from the one before, as one.
func join(parts []Publication) Publication {
	if len(parts) == 1 {
		return parts[0]
	}
	const added, changed, removed = 1, 2, 3
	whole := parts[len(parts)-1]
	whole.From, whole.Bytes = parts[0].From, 0
	what := map[string]int{} // by path
	for _, p := range parts {
		whole.Bytes += p.Bytes
		for _, path := range p.Added {
			if what[path] == removed {
				what[path] = changed
			} else {
				what[path] = added
			}
		}
		for _, path := range p.Changed {
			if what[path] != added {
				what[path] = changed
			}
		}
		for _, path := range p.Removed {
			if what[path] == added {
				delete(what, path)
			} else {
				what[path] = removed
			}
		}
	}
	lists := map[int][]string{}
	for _, path := range slices.Sorted(maps.Keys(what)) {
		lists[what[path]] = append(lists[what[path]], path)
	}
	whole.Added, whole.Changed, whole.Removed = lists[added], lists[changed], lists[removed]
	return whole
}

// Records returns the log: a publication for each generation after since, oldest first.
func (s *Site) Records(since int) ([]Publication, error) {
	var all []Publication
	err := s.eachRecord(func(p Publication) bool {
		if p.Generation > since {
			all = append(all, p)
		}
		return true
	})
	return all, err
}

// Record returns the publication of generation n from the log; the zero Publication if the log has none.
func (s *Site) Record(n int) (of Publication, err error) {
	err = s.eachRecord(func(p Publication) bool {
		if p.Generation == n {
			of = p
		}
		return p.Generation < n
	})
	return of, err
}

// eachRecord calls each with the publications of the log, oldest first, until it returns false.
func (s *Site) eachRecord(each func(Publication) bool) error {
	f, err := os.Open(s.path(logFile))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = readLog(f, func(p Publication) bool {
		p.From = p.Generation - 1
		return each(p)
	})
	return err
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

// appendLog adds records, and leaves the log as it was if that fails.
func (s *Site) appendLog(records []Publication) error {
	var lines bytes.Buffer
	for _, p := range records {
		line, err := json.Marshal(p)
		if err != nil {
			return err
		}
		lines.Write(append(line, '\n'))
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
	if _, err = f.Write(lines.Bytes()); err == nil {
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
