package language

import "testing"

func TestIsCode(t *testing.T) {
	for code, want := range map[string]bool{
		"en": true, "pt-br": true, "pt_BR": true, "zh-hant": true, "es-419": true, "tl": true,
		"in": false, "sh": false, "js": false, "xx": false, "deu": false, "en-x1": false, "": false,
	} {
		if got := IsCode(code); got != want {
			t.Errorf("%q: %t", code, got)
		}
	}
}

func TestIsValid(t *testing.T) {
	for tag, want := range map[string]bool{"en": true, "pt-br": true, "deu": true, "de-1996": true, "portugese": false, "xx": false, "english": false, "": false} {
		if got := IsValid(tag); got != want {
			t.Errorf("%q: %t", tag, got)
		}
	}
}

func TestIsRightToLeft(t *testing.T) {
	for tag, want := range map[string]bool{"fa": true, "ar-eg": true, "he": true, "ur": true, "ckb": true, "az-arab": true, "az": false, "en": false, "": false, "tr": false} {
		if got := IsRightToLeft(tag); got != want {
			t.Errorf("%q: %t", tag, got)
		}
	}
}

func TestMatch(t *testing.T) {
	tags := []string{"en", "pt-br", "pt-pt", "zh-cn", "zh-tw", "da"}
	for locale, want := range map[string]string{
		"en_GB.UTF-8": "en", "pt_PT": "pt-pt", "pt_AO": "pt-pt", "pt": "pt-br", "zh_HK.UTF-8": "zh-tw", "zh_SG": "zh-cn",
		"nb_NO": "", "fr_FR": "", "C": "", "C.UTF-8": "", "": "", "POSIX": "",
	} {
		if got := Match(locale, tags); got != want {
			t.Errorf("%q: %q, not %q", locale, got, want)
		}
	}
}
