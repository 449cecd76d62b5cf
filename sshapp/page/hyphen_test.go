package page

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"postern/content"
	"postern/sshapp/page/linebreak"
	"postern/sshapp/page/theme"
)

const german = "Die Donaudampfschifffahrtsgesellschaft veröffentlicht regelmäßig Geschwindigkeitsbegrenzungen und Straßenverkehrsordnungen, " +
	"deren *Bundesausbildungsförderungsgesetz* den [Zusammenhang mit Arbeitsunfähigkeitsbescheinigungen](https://example.com/grundstuecksverkehr) herstellt. " +
	"`Arbeitsunfähigkeitsbescheinigung` steht auf https://example.com/Arbeitsunfähigkeitsbescheinigung/lang.\n\n" +
	"| Wort | Bedeutung |\n|--|--|\n| Rechtsschutzversicherung | Versicherungsgesellschaften |\n"

// TestHyphens: in narrow columns of German words are parted. Without the hyphens the text is what it is in a pipe, no line is too
// wide, and a parted word is found whole.
func TestHyphens(t *testing.T) {
	post := &content.Post{Body: german, Language: "de", Sum: [16]byte{1}}
	words := func(lines []string) string {
		text := strings.Join(lines, "\n")
		return strings.Join(strings.Fields(strings.NewReplacer(linebreak.Hyphen+"\n", "", "─", "", "│", "").Replace(text)), " ")
	}
	const widest = 60 // column in which words are parted
	prose := func(p *Page) []string { return p.Plain()[:p.Blocks[0].Last+1] }
	whole := words(prose(New(post, 200, theme.Terminal())))
	for width := MinMeasure; width <= 80; width++ {
		p := New(post, width, theme.Terminal())
		for _, l := range p.Lines {
			if n := ansi.StringWidth(l); n > width {
				t.Errorf("%d cells at a width of %d: %q", n, width, l)
			}
		}
		text := strings.Join(prose(p), "\n")
		if parted := strings.Contains(text, linebreak.Hyphen+"\n"); parted && width > widest || !parted && width < 36 {
			t.Errorf("at a width of %d words are parted: %t\n%s", width, parted, text)
		}
		// An address and code are cut where they must be.
		if got := words(prose(p)); width >= 40 && got != whole && !strings.HasPrefix(got, whole[:strings.Index(whole, "Arbeitsunfähigkeitsbescheinigung steht")]) {
			t.Errorf("at a width of %d the words are\n%s\nand not\n%s", width, got, whole)
		}
		for _, word := range []string{"Donaudampfschifffahrtsgesellschaft", "Straßenverkehrsordnungen", "regelmäßig Geschwindigkeitsbegrenzungen und"} {
			if NewText(nil, p.Lines).Find(nil, word).Len() != 1 && width >= 36 {
				t.Errorf("at a width of %d %s isn't found:\n%s", width, word, strings.Join(p.Plain(), "\n"))
			}
		}
	}
	for _, p := range []*Page{New(post, 24, theme.Plain()), New(post, 24, Spoken()), New(&content.Post{Body: german, Language: "sv"}, 24, theme.Terminal())} {
		if strings.Contains(strings.Join(p.Lines, ""), linebreak.Hyphen) {
			t.Errorf("a word is parted:\n%s", strings.Join(p.Plain(), "\n"))
		}
	}
}

// BenchmarkHyphens typesets 2,500 words of German in a narrow column.
func BenchmarkHyphens(b *testing.B) {
	para := "Der Herbst kam früh in diesem Jahr, und die Landesregierung hatte noch immer keine Antwort auf die Frage, wie die " +
		"Straßenbahn durch das Naturschutzgebiet geführt werden sollte. Die Bürgermeisterin sagte den Zeitungen, dass sie auf eine " +
		"Verständigung hoffe, aber kaum jemand in der kleinen Stadt glaubte daran."
	body := strings.Repeat(para+"\n\n", 2500/len(strings.Fields(para)))
	for _, language := range []string{"de", "sv"} {
		b.Run(fmt.Sprintf("lang=%s", language), func(b *testing.B) {
			post := &content.Post{Body: body, Language: language}
			for b.Loop() {
				New(post, 36, theme.Terminal())
			}
		})
	}
}
