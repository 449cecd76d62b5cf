// Package phrase has the words of the interface in the languages that it speaks. Code names a phrase by its English text, so that
// it can be read there; a phrase that a language lacks is said in English. Each language has a file in the directory languages:
// the English text at the beginning of a line, and below it, behind a tab, what the language says. A text that counts has two
// lines there, for one and for others, unless the language makes no difference. The words of formulas, which mean other things there,
// have files of their own in the directory languages/formulas.
package phrase

import (
	"embed"
	"fmt"
	"strings"
	"sync"
	"time"
)

// A Language is a language that the interface speaks. A nil Language is English. It is safe for concurrent use.
type Language struct {
	isOne    func(n int) bool // as CLDR's rules for cardinal numbers have it
	phrases  func() map[string]forms
	formulas *Language // the same language, with the phrases for formulas
}

// forms are what a language says for a phrase: for one of what is counted, and for others. Both are the same where nothing is.
type forms struct{ one, other string }

//go:embed languages/*.txt languages/formulas/*.txt
var files embed.FS

var languages = map[string]*Language{
	"de": newLanguage("de", isOne), "es": newLanguage("es", isOne), "it": newLanguage("it", isOne),
	"fr": newLanguage("fr", isUpToOne), "pt": newLanguage("pt", isUpToOne), "fa": newLanguage("fa", isUpToOne),
	"ja": newLanguage("ja", isNever), "ko": newLanguage("ko", isNever), "zh": newLanguage("zh", isNever),
}

func isOne(n int) bool     { return n == 1 }
func isUpToOne(n int) bool { return n == 0 || n == 1 }
func isNever(int) bool     { return false }

// newLanguage returns a language. Each of its files is read when it is first asked for a phrase.
func newLanguage(code string, one func(n int) bool) *Language {
	read := func(file string) func() map[string]forms {
		return sync.OnceValue(func() map[string]forms { return parse(file) })
	}
	return &Language{one, read(code), &Language{isOne: one, phrases: read("formulas/" + code)}}
}

// For returns the language of a BCP 47 tag in lower case; English for one that the interface doesn't speak.
func For(tag string) *Language {
	code, _, _ := strings.Cut(tag, "-")
	return languages[code]
}

// Formulas returns the language with its phrases for what formulas say.
func (l *Language) Formulas() *Language {
	if l == nil {
		return nil
	}
	return l.formulas
}

// parse reads a file of a language.
func parse(file string) map[string]forms {
	data, err := files.ReadFile("languages/" + file + ".txt")
	if err != nil {
		panic(err) // the files are part of the program, and a test reads them
	}
	phrases := map[string]forms{}
	english := ""
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		text, isTranslation := strings.CutPrefix(line, "\t")
		switch f, again := phrases[english]; {
		case line == "" || line[0] == '#':
		case !isTranslation:
			english = line
		case again:
			phrases[english] = forms{f.one, text}
		default:
			phrases[english] = forms{text, text}
		}
	}
	return phrases
}

// Say returns an English text in the language. With arguments, both are formats as [fmt.Sprintf] has them.
func (l *Language) Say(text string, args ...any) string {
	if l != nil {
		if f, ok := l.phrases()[text]; ok {
			text = f.other
		}
	}
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}

// Count returns what is said of n things. one and other are English formats for the number, such as "%d post" and "%d posts"; the
// language's file has the second.
func (l *Language) Count(n int, one, other string) string {
	f, single := forms{one, other}, n == 1
	if l != nil {
		if spoken, ok := l.phrases()[other]; ok {
			f, single = spoken, l.isOne(n)
		}
	}
	if single {
		return fmt.Sprintf(f.one, n)
	}
	return fmt.Sprintf(f.other, n)
}

// Date returns a day, which is written YYYY-MM-DD, as the language writes it. It is as written in English, and if it isn't a day.
func (l *Language) Date(day string) string {
	const layout = "2006-01-02"
	t, err := time.Parse(layout, day)
	if err != nil || l == nil {
		return day
	}
	month := t.Month().String()
	return strings.Replace(t.Format(l.Say(layout)), month, l.Say(month), 1)
}
