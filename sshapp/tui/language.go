package tui

import (
	"cmp"
	"strings"

	"postern/content"
)

// Locale returns what an environment says of its reader's language (POSIX.1-2024, section 8.2).
func Locale(getenv func(name string) string) string {
	return cmp.Or(getenv("LC_ALL"), getenv("LC_MESSAGES"), getenv("LANG"))
}

// Language returns which of an edition's languages a reader's own means, as LANG tells it ("es_MX.UTF-8"): that very one,
// else one that differs in the region; empty, which is the blog's own, if there is none.
func Language(now *content.Edition, own string) string {
	own, _, _ = strings.Cut(own, ".")
	own, _, _ = strings.Cut(own, "@")
	own = strings.ToLower(strings.ReplaceAll(own, "_", "-"))
	base, _, _ := strings.Cut(own, "-")
	near := ""
	for _, t := range now.Languages() {
		if t.Name == own {
			return own
		}
		if b, _, _ := strings.Cut(t.Name, "-"); b == base && near == "" {
			near = t.Name
		}
	}
	return near
}

// nextLanguage returns the language after another one, in the order of their use.
func nextLanguage(now *content.Edition, lang string) string {
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

// languageName is how a header calls a language: by its tag, which readers of it know.
func languageName(tag, own string) string { return cmp.Or(tag, own, "the blog's own language") }
