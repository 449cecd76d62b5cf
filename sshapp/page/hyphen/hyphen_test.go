package hyphen

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// hyphenated returns a text with a hyphen at each point.
func hyphenated(d *Dictionary, text string) string {
	var b strings.Builder
	at := 0
	for _, i := range d.Points(text) {
		b.WriteString(text[at:i] + "-")
		at = i
	}
	return b.String() + text[at:]
}

func TestPoints(t *testing.T) {
	for _, tt := range []struct{ lang, text, want string }{
		{"de", "Donaudampfschifffahrtsgesellschaft", "Donau-dampf-schiff-fahrts-ge-sell-schaft"},
		{"de-at", "Straßenverkehrsordnung,", "Stra-ßen-ver-kehrs-ord-nung,"},
		{"de", "(Grundstücksverkehr/Übertragung)", "(Grund-stücks-ver-kehr/Über-tra-gung)"},
		{"de", "Abend", "Abend"},
		{"fi", "kansaneläkelaitoksen", "kan-sa-ne-lä-ke-lai-tok-sen"},
		{"nl", "achtendertig", "acht-en-der-tig"},
		{"nl", "arbeidsongeschiktheidsverzekering", "arbeids-on-ge-schikt-heids-ver-ze-ke-ring"},
		{"en", "internationalization", "inter-na-tion-al-iza-tion"},
		{"es-mx", "desarrollador", "desa-rro-lla-dor"},
		{"fr", "développement", "déve-lop-pe-ment"},
		{"it", "programmazione", "pro-gram-ma-zione"},
		{"pt-br", "desenvolvimento", "desen-vol-vi-mento"},
		{"sv", "Donaudampfschifffahrtsgesellschaft", "Donaudampfschifffahrtsgesellschaft"},
		{"", "Donaudampfschifffahrtsgesellschaft", "Donaudampfschifffahrtsgesellschaft"},
	} {
		if got := hyphenated(For(tt.lang), tt.text); strings.ReplaceAll(got, "-", "") != tt.text || got != tt.want {
			t.Errorf("%s: %q, want %q", tt.lang, got, tt.want)
		}
	}
}

// FuzzPoints: the points are between characters, ascending, and within the text.
func FuzzPoints(f *testing.F) {
	f.Add("Donaudampfschifffahrt")
	f.Add("ẞẞẞẞẞẞẞẞẞẞ\xffabcdefghij")
	f.Fuzz(func(t *testing.T, text string) {
		last := 0
		for _, i := range For("de").Points(text) {
			if i <= last || i >= len(text) || utf8.ValidString(text) && !utf8.RuneStart(text[i]) {
				t.Fatalf("%q is parted at %d behind %d", text, i, last)
			}
			last = i
		}
	})
}

func BenchmarkPoints(b *testing.B) {
	d := For("de")
	for b.Loop() {
		d.Points("Geschwindigkeitsbegrenzungen")
	}
}
