package discover

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"postern/content/date"
	"postern/content/language"
	"postern/content/sanitize"
)

// A Name is what a file's path alone says of its post. It is made before the file is read, and holds whatever is in it.
type Name struct {
	Stem     string // the file's or bundle's name without extension, language and date; never empty
	Full     string // the same with its date
	Lang     string // from a suffix such as .fr, or from a directory
	Day      string // the date in the name or in the path, as written; empty for none
	Siblings string // the same for every translation: the path without language and extension
}

// ParseName reads a slash-separated path. isLanguage says which of its directories and suffixes mean a language.
func ParseName(file string, isLanguage func(code, of string) bool) Name {
	dir, base := path.Split(norm.NFC.String(file))
	stem := strings.TrimSuffix(base, path.Ext(base))
	var n Name
	if i := strings.LastIndexByte(stem, '.'); i > 0 && isLanguage(stem[i+1:], file) {
		n.Lang, stem = language.Tag(stem[i+1:]), stem[:i]
	}
	var dirs []string
	for parent, rest := "", dir; rest != ""; {
		part, after, _ := strings.Cut(rest, "/")
		if parent = path.Join(parent, part); isLanguage(part, parent) {
			if n.Lang == "" {
				n.Lang = language.Tag(part)
			}
		} else {
			dirs = append(dirs, part)
		}
		rest = after
	}
	if stem == "index" && len(dirs) > 0 {
		stem = dirs[len(dirs)-1]
		dirs = dirs[:len(dirs)-1]
	}
	n.Siblings = path.Join(append(dirs, stem)...)
	n.Full = stem
	if n.Day, n.Stem = date.CutFromName(stem); n.Day == "" {
		n.Day = date.InPath(dir)
	}
	if n.Day == "" {
		n.Day = date.InPath(stem)
	}
	return n
}

// Untitled is the title of a file whose name says nothing.
const Untitled = "Untitled"

// Title makes a title out of a file's name.
func Title(stem string) string {
	s := sanitize.Line(strings.NewReplacer("-", " ", "_", " ").Replace(stem))
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return Untitled
	}
	return string(unicode.ToUpper(r)) + s[n:]
}
