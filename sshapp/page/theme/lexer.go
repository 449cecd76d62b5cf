package theme

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/lexers"
)

// lexerOf returns the lexer of a language, by its name, a short name, or the name or the extension of its files. It returns
// nil for a language that is unknown. For a name such as "diff-js" it returns the lexer of diffs.
//
// chroma's own lookup compares a name that it doesn't know with all patterns of file names each time, which takes 10 ms, and an
// author may write any number of such names.
func lexerOf(language string) chroma.Lexer {
	language = strings.ToLower(language)
	if lexer := lexerTable()[language]; lexer != nil || !strings.HasPrefix(language, "diff-") {
		return lexer
	}
	return lexerTable()["diff"]
}

// lexerTable has the lexers by what lexerOf finds them by, in lower case. As in chroma, a language's name comes before an
// extension, and of the languages that share an extension the one with the highest priority comes first.
var lexerTable = sync.OnceValue(func() map[string]chroma.Lexer {
	table := map[string]chroma.Lexer{}
	all := slices.Clone(lexers.GlobalLexerRegistry.Lexers)
	slices.Reverse(all)
	slices.SortStableFunc(all, func(a, b chroma.Lexer) int {
		return cmp.Compare(cmp.Or(a.Config().Priority, 1), cmp.Or(b.Config().Priority, 1))
	})
	addFiles := func(l chroma.Lexer, patterns []string) {
		for _, p := range patterns {
			table[strings.ToLower(strings.TrimPrefix(p, "*."))] = l
		}
	}
	for _, l := range all {
		addFiles(l, l.Config().AliasFilenames)
	}
	for _, l := range all {
		addFiles(l, l.Config().Filenames)
	}
	for _, name := range lexers.Names(true) {
		table[strings.ToLower(name)] = lexers.Get(name)
	}
	return table
})
