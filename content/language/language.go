// Package language reads the codes of languages as blogs, files and locales write them.
package language

import (
	"strings"

	"postern/content/sanitize"
)

// codes are the codes of ISO 639-1. Longer codes are taken for a language only where a file of the same name stands
// beside them, because too many topics have three letters.
const codes = " aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv " +
	"dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it " +
	"iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb " +
	"nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss " +
	"st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu "

// Tag writes a code as BCP 47 does, in lower case: pt_BR becomes pt-br.
func Tag(code string) string {
	code, _, _ = strings.Cut(code, ".") // de_DE.UTF-8
	return strings.ToLower(strings.ReplaceAll(code, "_", "-"))
}

// IsCode reports whether a name looks like a language of two letters, alone or with a region or script.
func IsCode(s string) bool {
	base, region, hasRegion := strings.Cut(Tag(s), "-")
	if len(base) != 2 || !strings.Contains(codes, " "+base+" ") {
		return false
	}
	return !hasRegion || (len(region) == 2 || len(region) == 4) && sanitize.IsLetters(region) || region == "419"
}
