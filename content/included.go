package content

import (
	"cmp"
	"crypto/sha256"
	"io"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
)

// Posts name files whose text is part of them, such as {{code "x.go"}}. What must hold: only a file that the library holds is read,
// so none outside of the blog's directory and none whose name begins with a dot; and the bounds below.
const (
	maxIncluded    = 256 << 10 // bytes of one file
	maxIncludes    = 100       // of one post
	maxAllIncluded = 32 << 20  // bytes of all of a library's
)

// includeTag is a tag that may name a file to be included.
var includeTag = regexp.MustCompile(`\{\{-?\s*(?:code|play|raw\s+\(\s*file)\s([^}\n]{1,300})|\{%-?\s*include_code\s([^%\n]{1,300})`)

// complete gives a post what it has from other files: the blog's own language, the texts that it includes, and
// the values of its templates' variables.
func (l *Library) complete(p *Post) {
	p.Language = cmp.Or(p.Lang, l.settings.Language)
	if !strings.Contains(p.Body, "{{") && !strings.Contains(p.Body, "{%") {
		return
	}
	p.templates = l.templates
	p.included = l.include(p)
	h := sha256.New()
	h.Write(p.Sum[:])
	if p.templates != nil {
		h.Write([]byte(p.templates.key))
	}
	for _, name := range slices.Sorted(maps.Keys(p.included)) {
		h.Write([]byte(name + "\x00" + p.included[name]))
	}
	copy(p.Sum[:], h.Sum(nil))
}

// include returns the texts of the files that a post includes, by the names that it has for them.
func (l *Library) include(p *Post) map[string]string {
	var texts map[string]string
	for _, m := range includeTag.FindAllStringSubmatch(p.Body, maxIncludes) {
		for _, name := range strings.FieldsFunc(m[1]+m[2], func(r rune) bool { return strings.ContainsRune(" \t\"'`()", r) }) {
			file, ok := l.includedFile(p, name)
			if _, known := texts[name]; known || !ok {
				continue
			}
			if text, ok := l.readIncluded(file); ok {
				if texts == nil {
					texts = map[string]string{}
				}
				texts[name] = text
			}
		}
	}
	return texts
}

// includedFile finds a file by the name that a post has for it: from its own directory, that of the blog, or Hexo's for code.
func (l *Library) includedFile(p *Post, name string) (file string, ok bool) {
	for _, dir := range []string{path.Dir(p.source.file.Path), ".", "source/downloads/code"} {
		if file = path.Join(dir, name); l.files.holds(file) {
			return file, true
		}
	}
	return "", false
}

// An includedText is the text of a file that posts include.
type includedText struct {
	text  string
	stamp fileStamp
}

// readIncluded returns the text of a file, which is read once for all posts.
func (l *Library) readIncluded(file string) (text string, ok bool) {
	if known, ok := l.includes[file]; ok {
		return known.text, true
	}
	f, err := l.Open(file)
	if err != nil {
		return "", false
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || info.Size() > min(maxIncluded, maxAllIncluded-l.includedBytes) {
		return "", false
	}
	data, err := io.ReadAll(io.LimitReader(f, maxIncluded))
	if err != nil {
		return "", false
	}
	l.includedBytes += int64(len(data))
	if l.includes == nil {
		l.includes = map[string]includedText{}
	}
	text = (&source{}).text(data)
	l.includes[file] = includedText{text, stampOf(info)}
	return text, true
}

// sameIncludes reports whether the files that the posts include are what they were.
func (l *Library) sameIncludes(fsys fs.FS) bool {
	for file, known := range l.includes {
		if info, err := fs.Stat(fsys, file); err != nil || stampOf(info) != known.stamp {
			return false
		}
	}
	return true
}

// Included returns the text of a file that the post includes, by the name that the post has for it. It reports false for a file that
// isn't there, or is too large.
func (p *Post) Included(name string) (text string, ok bool) {
	text, ok = p.included[name]
	return text, ok
}
