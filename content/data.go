package content

import (
	"io/fs"
	"path"
	"slices"
	"strconv"
	"strings"

	"postern/content/variables"
)

const (
	maxDataFile = 1 << 20  // bytes
	maxData     = 16 << 20 // of all files of data
)

// readTemplates reads the generator's file and the files of data again if one of them has changed, and reports whether one has.
func (in *inputs) readTemplates(fsys fs.FS) (changed bool) {
	files := in.dataFiles()
	if !in.site.Jekyll && len(files) == 0 {
		changed = in.templates != nil
		in.templates = nil
		return changed
	}
	var key strings.Builder
	key.WriteString(in.configuration.generator)
	for _, f := range files {
		key.WriteString("\x00" + f.path)
		if info, err := fs.Stat(fsys, f.path); err == nil {
			key.WriteString(" " + strconv.FormatInt(info.Size(), 10) + " " + info.ModTime().UTC().String())
		}
	}
	if in.templates != nil && in.templates.key == key.String() {
		return false
	}
	site := map[string]variables.Value{"title": variables.Text(in.settings.Title), "description": variables.Text(in.settings.Description)}
	if file, text, _ := strings.Cut(in.configuration.generator, "\x00"); strings.HasPrefix(path.Base(file), "_config.") {
		if v, ok := variables.ParseYAML([]byte(text)); ok {
			for name, value := range v.All() {
				site[name] = value
			}
		}
	}
	site["data"] = readData(fsys, files)
	in.templates = &templates{key: key.String(), site: variables.Mapping(site)}
	return true
}

// A dataFile is a file of data, and the parts of the name that it has in site.data.
type dataFile struct {
	path string
	name []string
}

// dataFiles returns the files in the directories _data above the posts.
func (in *inputs) dataFiles() []dataFile {
	var files []dataFile
	for dir := in.site.Root; ; dir = path.Dir(dir) {
		prefix := path.Join(dir, "_data") + "/"
		first, _ := slices.BinarySearch(in.tree.Files, prefix)
		for _, f := range in.tree.Files[first:] {
			name, ok := strings.CutPrefix(f, prefix)
			if !ok {
				break
			}
			if ext := path.Ext(name); ext == ".yml" || ext == ".yaml" || ext == ".json" {
				files = append(files, dataFile{f, strings.Split(strings.TrimSuffix(name, ext), "/")})
			}
		}
		if dir == "." {
			return files
		}
	}
}

// isData reports whether a file is one of data.
func (in *inputs) isData(name string) bool {
	return slices.ContainsFunc(in.dataFiles(), func(f dataFile) bool { return f.path == name })
}

// readData reads files of data, each under its name.
func readData(fsys fs.FS, files []dataFile) variables.Value {
	all := map[string]any{}
	left := int64(maxData)
	for _, f := range files {
		info, err := fs.Stat(fsys, f.path)
		if err != nil || info.Size() > min(maxDataFile, left) {
			continue
		}
		data, _, err := readFile(fsys, f.path)
		if err != nil {
			continue
		}
		left -= int64(len(data))
		v, ok := variables.ParseYAML(data)
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

func mapping(all map[string]any) variables.Value {
	values := make(map[string]variables.Value, len(all))
	for name, v := range all {
		switch v := v.(type) {
		case variables.Value:
			values[name] = v
		case map[string]any:
			values[name] = mapping(v)
		}
	}
	return variables.Mapping(values)
}
