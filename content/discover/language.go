package discover

import (
	"path"
	"strings"

	"postern/content/sanitize"
)

// languageCodes are the codes of ISO 639-1. Longer codes are taken for a language only where a file of the same name stands
// beside them, because too many topics have three letters.
const languageCodes = " aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv " +
	"dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it " +
	"iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb " +
	"nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss " +
	"st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu "

// LanguageTag writes a code as BCP 47 does, in lower case: pt_BR becomes pt-br.
func LanguageTag(code string) string {
	code, _, _ = strings.Cut(code, ".") // de_DE.UTF-8
	return strings.ToLower(strings.ReplaceAll(code, "_", "-"))
}

// IsLanguageCode reports whether a name looks like a language of two letters, alone or with a region or script.
func IsLanguageCode(s string) bool {
	base, region, hasRegion := strings.Cut(LanguageTag(s), "-")
	if len(base) != 2 || !strings.Contains(languageCodes, " "+base+" ") {
		return false
	}
	return !hasRegion || (len(region) == 2 || len(region) == 4) && sanitize.IsLetters(region) || region == "419"
}

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
			if IsLanguageCode(path.Base(dir)) {
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
		base, _, _ := strings.Cut(LanguageTag(code), "-")
		return IsLanguageCode(code) || len(base) <= 3 && len(base) > 1 && stems[strings.TrimSuffix(stem, ext)]
	}
}
