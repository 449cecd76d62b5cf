package theme

import (
	"time"

	"charm.land/glamour/v2/ansi"
	"github.com/alecthomas/chroma/v2"
	"github.com/alecthomas/chroma/v2/styles"
	"github.com/dlclark/regexp2"
)

// Syntax give the kinds of words of a programming language their styles.
type Syntax struct {
	of     map[chroma.TokenType]Style
	chroma *chroma.Style // where a sheet names one of chroma's instead
}

func newSyntax(s ansi.StyleCodeBlock) *Syntax {
	if s.Chroma == nil {
		if hasSyntax(s.Theme) {
			return &Syntax{chroma: styles.Registry[s.Theme]}
		}
		return nil
	}
	c := s.Chroma
	of := map[chroma.TokenType]Style{}
	for kind, p := range map[chroma.TokenType]ansi.StylePrimitive{
		chroma.Text: c.Text, chroma.Error: c.Error, chroma.Comment: c.Comment, chroma.CommentPreproc: c.CommentPreproc,
		chroma.Keyword: c.Keyword, chroma.KeywordReserved: c.KeywordReserved, chroma.KeywordNamespace: c.KeywordNamespace,
		chroma.KeywordType: c.KeywordType, chroma.Operator: c.Operator, chroma.Punctuation: c.Punctuation,
		chroma.Name: c.Name, chroma.NameBuiltin: c.NameBuiltin, chroma.NameTag: c.NameTag, chroma.NameAttribute: c.NameAttribute,
		chroma.NameClass: c.NameClass, chroma.NameConstant: c.NameConstant, chroma.NameDecorator: c.NameDecorator,
		chroma.NameException: c.NameException, chroma.NameFunction: c.NameFunction, chroma.NameOther: c.NameOther,
		chroma.Literal: c.Literal, chroma.LiteralNumber: c.LiteralNumber, chroma.LiteralDate: c.LiteralDate,
		chroma.LiteralString: c.LiteralString, chroma.LiteralStringEscape: c.LiteralStringEscape,
		chroma.GenericDeleted: c.GenericDeleted, chroma.GenericEmph: c.GenericEmph, chroma.GenericInserted: c.GenericInserted,
		chroma.GenericStrong: c.GenericStrong, chroma.GenericSubheading: c.GenericSubheading,
	} {
		if s := newStyle(p); s != (Style{}) {
			s.Background = 0 // a code block has one background, if any
			of[kind] = s
		}
	}
	return &Syntax{of: of}
}

func hasSyntax(name string) bool { return styles.Registry[name] != nil }

// style returns the style of a kind of token: its own, or that of the kind that it belongs to.
func (s *Syntax) style(kind chroma.TokenType) Style {
	if s.chroma != nil {
		return fromChroma(s.chroma.Get(kind))
	}
	for _, k := range [...]chroma.TokenType{kind, kind.SubCategory(), kind.Category(), chroma.Text} {
		if st, ok := s.of[k]; ok {
			return st
		}
	}
	return Style{}
}

func fromChroma(e chroma.StyleEntry) Style {
	var s Style
	if e.Colour.IsSet() {
		s.Foreground = direct | Color(e.Colour.Red())<<16 | Color(e.Colour.Green())<<8 | Color(e.Colour.Blue())
	}
	for _, a := range []struct {
		on chroma.Trilean
		Attributes
	}{{e.Bold, Bold}, {e.Italic, Italic}, {e.Underline, Underline}} {
		if a.on == chroma.Yes {
			s.Attributes |= a.Attributes
		}
	}
	return s
}

// A lexer may take time that grows with the square of what it reads: 100 KB of unfinished PHP heredocs take 16 s, 1.6 ns
// for each square byte. So the squares of a page's code blocks have a bound: 300 ms at worst, one block of 14 KB, or a
// hundred of 1.4 KB. What lies beyond it is set in one color.
const maxSquares = 200e6

// A match that takes longer than maxMatch is given up, and with it the highlighting of its block: some expressions of lexers take
// time that grows exponentially. chroma gives a match 250 ms by the clock, which under load is too little for one that takes long
// within the bound of squares, so that a post would have one page now and another one later. regexp2 looks at the clock once in
// a period, and adds that to the time.
const maxMatch = 4 * time.Second

func init() { regexp2.SetTimeoutCheckPeriod(maxMatch) }

// Highlight cuts code into runs by its language, or returns nil for what can't or shouldn't be.
func (s *Syntax) Highlight(language, source string, squares *float64) []Span {
	if s == nil || language == "" || source == "" {
		return nil
	}
	cost := float64(len(source)) * float64(len(source))
	if *squares+cost > maxSquares {
		return nil
	}
	lexer := lexerOf(language)
	if lexer == nil {
		return nil
	}
	*squares += cost
	tokens, err := chroma.Coalesce(lexer).Tokenise(&chroma.TokeniseOptions{State: "root"}, source)
	if err != nil {
		return nil
	}
	var spans []Span
	at := 0
	began := time.Now()
	for token := tokens(); token != chroma.EOF; token = tokens() {
		if time.Since(began) > maxMatch {
			*squares = maxSquares // the page's other blocks may be like it
			return nil
		}
		at += len(token.Value)
		st := s.style(token.Type)
		if n := len(spans); n > 0 && spans[n-1].Style == st {
			spans[n-1].End = at
			continue
		}
		spans = append(spans, Span{at, st})
	}
	if at != len(source) { // a lexer that adds or loses a character can't be trusted with the text
		return nil
	}
	return spans
}

// A Span is a stretch of a code block in one style; it begins where the one before ends.
type Span struct {
	End   int
	Style Style
}
