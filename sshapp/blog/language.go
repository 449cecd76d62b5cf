package blog

import (
	"cmp"

	"postern/content"
	"postern/content/language"
	"postern/sshapp/phrase"
)

// Locale returns the locale of messages in an environment (POSIX.1-2024, section 8.2); empty if it has none.
func Locale(getenv func(name string) string) string {
	return cmp.Or(getenv("LC_ALL"), getenv("LC_MESSAGES"), getenv("LANG"))
}

// ReaderLanguage returns the language of an edition that suits a reader's locale ("es_MX.UTF-8"); empty, which means the blog's
// own language, if none does.
func ReaderLanguage(now *content.Edition, locale string) string {
	var tags []string
	for _, t := range now.Languages() {
		tags = append(tags, t.Name)
	}
	return language.Match(locale, tags)
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
func LanguageName(words *phrase.Language, tag, own string) string {
	return cmp.Or(tag, own, words.Say("the blog's own language"))
}
