package blog

import (
	"cmp"
	"strings"

	"postern/content"
)

// Locale returns the locale of messages in an environment (POSIX.1-2024, section 8.2); empty if it has none.
func Locale(getenv func(name string) string) string {
	return cmp.Or(getenv("LC_ALL"), getenv("LC_MESSAGES"), getenv("LANG"))
}

// ReaderLanguage returns the language of an edition that suits a reader's locale ("es_MX.UTF-8"): the same language and
// region, else the same language in the region used most; empty, which means the blog's own language, if there is neither.
func ReaderLanguage(now *content.Edition, locale string) string {
	locale, _, _ = strings.Cut(locale, ".")
	locale, _, _ = strings.Cut(locale, "@")
	locale = strings.ToLower(strings.ReplaceAll(locale, "_", "-"))
	base, _, _ := strings.Cut(locale, "-")
	near := ""
	for _, t := range now.Languages() {
		if t.Name == locale {
			return locale
		}
		if b, _, _ := strings.Cut(t.Name, "-"); b == base && near == "" {
			near = t.Name
		}
	}
	return near
}

// NextLanguage returns the language after lang, in the order from the most used to the least, and the first after the last. It is
// empty if no post has a language.
func NextLanguage(now *content.Edition, lang string) string {
	all := now.Languages()
	for i, t := range all {
		if t.Name == lang || lang == "" && t.Name == now.Settings().Language {
			return all[(i+1)%len(all)].Name
		}
	}
	if len(all) == 0 {
		return ""
	}
	return all[0].Name
}

// LanguageName returns the name of a language for readers, which is its tag. For "" it is the tag of the blog's own language.
func LanguageName(tag, own string) string { return cmp.Or(tag, own, "the blog's own language") }
