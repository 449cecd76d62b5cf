package content

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"postern/content/date"
	"postern/content/sanitize"
)

// A fileName is what a file's path alone says of its post. It is made before the file is read, and holds whatever is in it.
type fileName struct {
	stem string // the file's or bundle's name without extension, language and date; never empty
	full string // the same with its date
	lang string // from a suffix such as .fr, or from a directory
	day  string // the date in the name or in the path, as written; empty for none
	kin  string // the same for every translation: the path without language and extension
}

// parseName reads a slash-separated path. isLanguage says which of its directories and suffixes mean a language.
func parseName(file string, isLanguage func(code, of string) bool) fileName {
	dir, base := path.Split(norm.NFC.String(file))
	stem := strings.TrimSuffix(base, path.Ext(base))
	var n fileName
	if i := strings.LastIndexByte(stem, '.'); i > 0 && isLanguage(stem[i+1:], file) {
		n.lang, stem = languageTag(stem[i+1:]), stem[:i]
	}
	var kin []string
	for parent, rest := "", dir; rest != ""; {
		part, after, _ := strings.Cut(rest, "/")
		if parent = path.Join(parent, part); isLanguage(part, parent) {
			if n.lang == "" {
				n.lang = languageTag(part)
			}
		} else {
			kin = append(kin, part)
		}
		rest = after
	}
	if stem == "index" && len(kin) > 0 {
		stem = kin[len(kin)-1]
		kin = kin[:len(kin)-1]
	}
	n.kin = path.Join(append(kin, stem)...)
	n.full = stem
	if n.day, n.stem = date.CutFromName(stem); n.day == "" {
		n.day = date.InPath(dir)
	}
	if n.day == "" {
		n.day = date.InPath(stem)
	}
	return n
}

// headline makes a title out of a file's name.
func headline(stem string) string {
	s := sanitize.Line(strings.NewReplacer("-", " ", "_", " ").Replace(stem))
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return "Untitled"
	}
	return string(unicode.ToUpper(r)) + s[n:]
}
