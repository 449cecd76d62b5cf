package publish

import (
	"fmt"
	"io/fs"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// What a path may be. The bounds are well below those of file systems (255 bytes a name on ext4, 4,096 a path), so that a
// tree can be laid out wherever the data directory is.
const (
	maxPath  = 1024 // bytes
	maxName  = 240  // bytes, of one part
	maxDepth = 32   // parts
)

// CheckPath says what is wrong with a path of a file that is to be saved or published, slash-separated and relative to the
// root of the tree; nil if nothing is.
func CheckPath(name string) error {
	switch {
	case len(name) > maxPath:
		return fmt.Errorf("a path of %d bytes is too long; write at most %d", len(name), maxPath)
	case !utf8.ValidString(name):
		return fmt.Errorf("the path %q is not valid UTF-8", name)
	case strings.ContainsFunc(name, func(r rune) bool {
		return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) && r != '\u200c' && r != '\u200d'
	}):
		return fmt.Errorf("the path %q holds a control character", name)
	case !fs.ValidPath(name) || name == "." || strings.Contains(name, `\`):
		return fmt.Errorf("the path %q is not valid; write one that is relative to the root, without \"..\" and \"\\\"", name)
	case strings.Count(name, "/") >= maxDepth:
		return fmt.Errorf("the path %q has more than %d parts", name, maxDepth)
	}
	for part := range strings.SplitSeq(name, "/") {
		if len(part) > maxName {
			return fmt.Errorf("the name %q is too long; write at most %d bytes", part, maxName)
		}
		if isDotGit(part) {
			return fmt.Errorf("the path %q is Git's own; leave it out", name)
		}
	}
	return nil
}

// isDotGit reports whether a name is that of Git's own directory on some file system: nobody could clone a site with such a
// path. HFS+ ignores the joiners, and NTFS what follows a colon, and dots and spaces at the end (CVE-2014-9390).
func isDotGit(name string) bool {
	name, _, _ = strings.Cut(strings.NewReplacer("\u200c", "", "\u200d", "").Replace(name), ":")
	name = strings.TrimRight(name, ". ")
	return strings.EqualFold(name, ".git") || strings.EqualFold(name, "git~1")
}

// sameName returns a key that is the same for paths that differ in case or normal form only: they are one file on some of
// the authors' machines.
func sameName(name string) string { return norm.NFC.String(cases.Fold().String(norm.NFC.String(name))) }

// checkTree says what is wrong with a tree of these paths as a whole.
func checkTree(paths []string) error {
	files := make(map[string]string, len(paths))
	for _, p := range paths {
		key := sameName(p)
		if other, ok := files[key]; ok {
			return fmt.Errorf("the names %q and %q differ in case or in the form of an accent only; rename one of them", other, p)
		}
		files[key] = p
	}
	for key, p := range files {
		for i, c := range key {
			if c != '/' {
				continue
			}
			if other, ok := files[key[:i]]; ok {
				return fmt.Errorf("%q is a file, so %q can't be in it", other, p)
			}
		}
	}
	return nil
}
