// Package language reads the codes of languages as blogs, files and locales write them, and finds the one that suits a reader.
package language

import (
	"strings"

	bcp47 "golang.org/x/text/language"

	"postern/content/sanitize"
)

// Tag writes a code as BCP 47 does, in lower case: pt_BR becomes pt-br.
func Tag(code string) string {
	code, _, _ = strings.Cut(code, ".") // de_DE.UTF-8
	code, _, _ = strings.Cut(code, "@") // ca_ES@valencia
	return strings.ToLower(strings.ReplaceAll(code, "_", "-"))
}

// IsValid reports whether a tag is well-formed and made of codes that are registered.
func IsValid(tag string) bool {
	_, err := bcp47.Parse(tag)
	return err == nil
}

// IsCode reports whether a name looks like a language of two letters, alone or with a region or script. Longer codes are taken
// for a language only where a file of the same name stands beside them, because too many topics have three letters; and codes
// that have been replaced, such as "in", are words.
func IsCode(s string) bool {
	base, region, hasRegion := strings.Cut(Tag(s), "-")
	if len(base) != 2 || !IsValid(base) || baseOf(base) != base && base != "tl" {
		return false
	}
	return !hasRegion || (len(region) == 2 || len(region) == 4) && sanitize.IsLetters(region) || region == "419"
}

// IsRightToLeft reports whether a tag is of a language that is written from right to left.
func IsRightToLeft(tag string) bool {
	if tag == "" {
		return false
	}
	script, _ := bcp47.Make(tag).Script()
	switch script.String() {
	case "Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm":
		return true
	}
	return false
}

func baseOf(tag string) string {
	base, _ := bcp47.Make(tag).Base()
	return base.String()
}

// Match returns which of some tags suits a reader's locale ("es_MX.UTF-8") best, as CLDR has it: the same language in the same
// region or script, or in one that is near; else the first in that language. It is empty if none is in that language.
func Match(locale string, tags []string) string {
	if locale == "" || len(tags) == 0 {
		return ""
	}
	want := bcp47.Make(Tag(locale))
	var known []bcp47.Tag
	var names []string
	for _, tag := range tags {
		if baseOf(tag) == baseOf(want.String()) {
			known, names = append(known, bcp47.Make(tag)), append(names, tag)
		}
	}
	if len(known) == 0 || want == bcp47.Und {
		return ""
	}
	_, i, _ := bcp47.NewMatcher(known).Match(want)
	return names[i]
}
