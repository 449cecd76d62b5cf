package variables

import (
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
)

const (
	maxDataFile = 1 << 20  // bytes
	maxData     = 16 << 20 // of all files of data
)

// A DataFile is a file of data, which templates name site.data.
type DataFile struct {
	Path string
	name []string // the parts of the name that it has in site.data
}

// DataFiles returns the files in the directories _data above the posts, which root holds. files are all of the blog, sorted.
func DataFiles(files []string, root string) []DataFile {
	var all []DataFile
	for dir := root; ; dir = path.Dir(dir) {
		prefix := path.Join(dir, "_data") + "/"
		first, _ := slices.BinarySearch(files, prefix)
		for _, f := range files[first:] {
			name, ok := strings.CutPrefix(f, prefix)
			if !ok {
				break
			}
			if ext := path.Ext(name); ext == ".yml" || ext == ".yaml" || ext == ".json" {
				all = append(all, DataFile{f, strings.Split(strings.TrimSuffix(name, ext), "/")})
			}
		}
		if dir == "." {
			return all
		}
	}
}

// ReadData returns what files of data hold, each under its name. Those that can't be read or are too large have no value.
func ReadData(fsys fs.FS, files []DataFile) Value {
	all := map[string]any{}
	left := maxData
	for _, f := range files {
		data, ok := readData(fsys, f.Path, min(maxDataFile, left))
		if !ok {
			continue
		}
		left -= len(data)
		v, ok := ParseYAML(data)
		if !ok {
			continue
		}
		in := all
		for _, dir := range f.name[:len(f.name)-1] {
			if _, isDir := in[dir].(map[string]any); !isDir {
				in[dir] = map[string]any{}
			}
			in = in[dir].(map[string]any)
		}
		in[f.name[len(f.name)-1]] = v
	}
	return mapping(all)
}

// readData reads a file of no more than so many bytes.
func readData(fsys fs.FS, name string, most int) (data []byte, ok bool) {
	f, err := fsys.Open(name)
	if err != nil {
		return nil, false
	}
	defer f.Close()
	if data, err = io.ReadAll(io.LimitReader(f, int64(most)+1)); err != nil || len(data) > most {
		return nil, false
	}
	return data, true
}

func mapping(all map[string]any) Value {
	values := make(map[string]Value, len(all))
	for name, v := range all {
		switch v := v.(type) {
		case Value:
			values[name] = v
		case map[string]any:
			values[name] = mapping(v)
		}
	}
	return Mapping(values)
}
