package phrase

import (
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"postern/sshapp/cell"
)

// sayers are the funcs that are given English text to say, and which of their arguments that is.
var sayers = map[string][]int{
	"Say": {0}, "say": {0}, "usagef": {0}, "errorf": {0}, "message": {0}, "notice": {0}, "backWith": {0}, "Count": {2}, "readNextLabel": {0}, "bind": {1, 2}, "newBinding": {0, 1},
}

// said returns the texts that the code says, with the name of the func that says each, and all its texts: some are said by a name that
// a constant or a field has.
func said(t *testing.T) (texts map[string]string, all map[string]bool) {
	t.Helper()
	texts, all = map[string]string{}, map[string]bool{}
	var files []string
	for _, pattern := range []string{"../*.go", "../*/*.go", "../*/*/*.go"} {
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) == 0 {
			t.Fatal("no code", err)
		}
		files = append(files, found...)
	}
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(f, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.BasicLit:
				if s, ok := literal(n); ok {
					all[s] = true
				}
			case *ast.KeyValueExpr:
				if name, ok := n.Key.(*ast.Ident); ok && (name.Name == "help" || name.Name == "summary") {
					if s, ok := literal(n.Value); ok {
						texts[s] = name.Name
					}
				}
			case *ast.CallExpr:
				for _, i := range sayers[calledName(n)] {
					if i < len(n.Args) {
						if s, ok := literal(n.Args[i]); ok && wordy.MatchString(s) {
							texts[s] = calledName(n)
						}
					}
				}
			}
			return true
		})
	}
	return texts, all
}

// wordy matches a text with more than a verb of a format and the names of keys.
var wordy = regexp.MustCompile(`\p{L}{3}`)

func literal(e ast.Expr) (string, bool) {
	l, ok := e.(*ast.BasicLit)
	if !ok || l.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(l.Value)
	return s, err == nil
}

func calledName(c *ast.CallExpr) string {
	switch f := c.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}

// TestFiles: each language has the same phrases, the code has each of them, and what is said for one has its verbs.
func TestFiles(t *testing.T) {
	texts, all := said(t)
	written := testFiles(t, "", all)
	testFiles(t, "formulas/", withTables(all))
	for text := range texts {
		if written[text] == nil {
			t.Logf("in English alone: %s", text)
		}
	}
}

// withTables returns texts and those in tables among them, which are lines of a character and its words, or of names and what they
// stand for.
func withTables(texts map[string]bool) map[string]bool {
	all := maps.Clone(texts)
	for text := range texts {
		if !strings.Contains(text, "\n") {
			continue
		}
		for line := range strings.Lines(text) {
			_, words, _ := strings.Cut(strings.TrimSpace(line), " ")
			all[words] = true
			for field := range strings.FieldsSeq(words) {
				name, _, _ := strings.Cut(field, "=")
				all[name] = true
			}
		}
	}
	return all
}

// testFiles tests the files in a directory, and returns the languages that have each phrase.
func testFiles(t *testing.T, directory string, all map[string]bool) map[string][]string {
	t.Helper()
	written := map[string][]string{}
	for code := range languages {
		code = directory + code
		for text, f := range parse(code) {
			if isMonth(text) {
				continue
			}
			written[text] = append(written[text], code)
			if !all[text] {
				t.Errorf("%s: nothing says %q", code, text)
			}
			for _, form := range []string{f.one, f.other} {
				if got, want := verbs(form), verbs(text); !slices.Equal(got, want) {
					t.Errorf("%s: %q has %q for %q", code, form, got, want)
				}
				if strings.TrimSpace(form) == "" || form != strings.TrimRight(form, " ") {
					t.Errorf("%s: %q is said as %q", code, text, form)
				}
			}
		}
	}
	for text, codes := range written {
		if len(codes) != len(languages) {
			t.Errorf("only %q say %q", codes, text)
		}
	}
	return written
}

// TestNoticesFit: what the screens say in their last two lines fits there on a terminal of 60 columns, in each language.
func TestNoticesFit(t *testing.T) {
	texts, _ := said(t)
	const measure = 60 - 2*2 // without the gutters
	for text, by := range texts {
		if by != "notice" && by != "backWith" && by != "say" {
			continue
		}
		for code, l := range languages {
			spoken := verb.ReplaceAllString(l.Say(text), "some words")
			if lines := cell.Wrap(spoken, measure); len(lines) > 2 {
				t.Errorf("%s: %q takes %d lines", code, spoken, len(lines))
			}
		}
	}
}

func isMonth(text string) bool {
	_, err := time.Parse("January", text)
	return err == nil
}

var verb = regexp.MustCompile(`%(?:\[(\d+)\])?([sd%])`)

// verbs returns the verbs of a format, each with the number of its argument; "%%" has none.
func verbs(format string) []string {
	var all []string
	arg := 0
	for _, m := range verb.FindAllStringSubmatch(format, -1) {
		switch {
		case m[2] == "%":
			all = append(all, "%")
			continue
		case m[1] != "":
			arg, _ = strconv.Atoi(m[1])
		default:
			arg++
		}
		all = append(all, strconv.Itoa(arg)+m[2])
	}
	slices.Sort(all)
	return all
}

func TestSay(t *testing.T) {
	for _, tt := range []struct {
		tag  string
		n    int
		want string
	}{
		{"", 1, "1 post"}, {"en-gb", 0, "0 posts"}, {"xx", 2, "2 posts"}, {"de", 1, "1 Beitrag"}, {"de-at", 0, "0 Beiträge"}, {"es", 2, "2 entradas"},
		{"fr", 0, "0 billet"}, {"fr", 2, "2 billets"}, {"pt-br", 1, "1 post"}, {"it", 1, "1 articolo"}, {"fa", 0, "0 نوشته"}, {"ja", 1, "1 件の記事"},
		{"ko", 3, "글 3개"}, {"zh-cn", 1, "1 篇文章"},
	} {
		if got := For(tt.tag).Count(tt.n, "%d post", "%d posts"); got != tt.want {
			t.Errorf("%s: %d is said as %q, want %q", tt.tag, tt.n, got, tt.want)
		}
	}
	if got := For("zh").Say("%s, part %d of %d", "A", 2, 3); got != "A，第 2 部分，共 3 部分" {
		t.Error(got)
	}
	if got := For("ja").Say("%s, part %d of %d", "A", 2, 3); got != "A、全 3 回の 2 回目" {
		t.Error(got)
	}
	for _, tag := range []string{"", "de"} {
		if got := For(tag).Say("100% of nothing"); got != "100% of nothing" {
			t.Errorf("%q: a phrase that no language has is %q", tag, got)
		}
	}
	if got := For("de").Count(1, "%d nut", "%d nuts"); got != "1 nut" {
		t.Errorf("without a translation one is %q", got)
	}
}

func TestDate(t *testing.T) {
	for tag, want := range map[string]string{
		"": "2026-03-05", "de": "5. März 2026", "es": "5 de marzo de 2026", "fr": "5 mars 2026", "it": "5 marzo 2026", "pt": "5 de março de 2026",
		"fa": "5 مارس 2026", "ja": "2026年3月5日", "ko": "2026년 3월 5일", "zh": "2026年3月5日",
	} {
		if got := For(tag).Date("2026-03-05"); got != want {
			t.Errorf("%s: %q, want %q", tag, got, want)
		}
	}
	if got := For("de").Date(""); got != "" {
		t.Errorf("no day is %q", got)
	}
}

// TestAllocations: a phrase is looked up for each key that a reader presses.
func TestAllocations(t *testing.T) {
	de := For("de")
	de.Say("help")
	if n := testing.AllocsPerRun(100, func() { For("de-at").Say("help") }); n > 0 {
		t.Errorf("a phrase makes %v allocations", n)
	}
}
