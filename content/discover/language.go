package discover

import (
	"path"
	"strings"

	"postern/content/language"
	"postern/content/sanitize"
)

// languageFinder decides which names in a site mean a language: a suffix that is a known code, or that stands beside
// the same name without it; and a directory that stands beside others like it, which together are at least half of
// the directories with posts there.
func languageFinder(files []string) func(code, of string) bool {
	stems := make(map[string]bool, len(files))
	children := map[string]map[string]bool{}
	for _, f := range files {
		stems[strings.TrimSuffix(f, path.Ext(f))] = true
		for dir := path.Dir(f); dir != "."; dir = path.Dir(dir) {
			parent := path.Dir(dir)
			if children[parent] == nil {
				children[parent] = map[string]bool{}
			}
			if children[parent][dir] {
				break
			}
			children[parent][dir] = true
		}
	}
	dirs := map[string]bool{}
	for _, c := range children {
		var codes []string
		for dir := range c {
			if language.IsCode(path.Base(dir)) {
				codes = append(codes, dir)
			}
		}
		if len(codes) >= 2 && 2*len(codes) >= len(c) {
			for _, dir := range codes {
				dirs[dir] = true
			}
		}
	}
	return func(code, of string) bool {
		if dirs[of] {
			return true
		}
		ext := "." + code
		stem := strings.TrimSuffix(of, path.Ext(of))
		if !strings.HasSuffix(stem, ext) || !sanitize.IsLetters(strings.NewReplacer("-", "", "_", "").Replace(code)) {
			return false
		}
		tag := language.Tag(code)
		base, _, _ := strings.Cut(tag, "-")
		return language.IsCode(code) || len(base) <= 3 && len(base) > 1 && language.IsValid(tag) && stems[strings.TrimSuffix(stem, ext)]
	}
}
