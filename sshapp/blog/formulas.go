package blog

import (
	"regexp"
	"strings"

	"postern/content"
	"postern/content/search"
	"postern/sshapp/page/formula"
	"postern/sshapp/phrase"
)

// Excerpts and summaries are plain text, in which formulas are still TeX. They are set as on a page, but without the macros of their
// posts: a formula that uses one stays as it is, and so does one that words were found in.

// inlineFormula matches a formula as Pandoc and KaTeX delimit them, with what stands before and behind.
var inlineFormula = regexp.MustCompile(`(?:^|[^\w$\\])(\$[^$\s](?:[^$]*[^$\s])?\$)(?:$|[^\w$])`)

// Formulas says how a reader gets the formulas within plain text.
type Formulas uint8

const (
	FormulasSet      Formulas = iota // on the line
	FormulasSpoken                   // in the words of the post's language
	FormulasAsSource                 // for programs
)

// typeset returns plain text of a post with its formulas as the reader gets them.
func (l Listing) typeset(p *content.Post, x search.Snippet) search.Snippet {
	switch l.Formulas {
	case FormulasSpoken:
		return withFormulas(x, func(source string) (string, bool) { return formula.Speak(source, phrase.For(p.Language)) })
	case FormulasAsSource:
		return x
	}
	return withFormulas(x, formula.Inline)
}

// withFormulas puts what set makes of formulas in their place.
func withFormulas(x search.Snippet, set func(source string) (string, bool)) search.Snippet {
	if strings.Count(x.Text, "$") < 2 {
		return x
	}
	var text strings.Builder
	marks := make([][2]int, 0, len(x.Marks))
	done := 0
	write := func(end int) { // as it is, with its marks
		for len(marks) < len(x.Marks) && x.Marks[len(marks)][0] < end {
			m, shift := x.Marks[len(marks)], text.Len()-done
			marks = append(marks, [2]int{m[0] + shift, m[1] + shift})
		}
		text.WriteString(x.Text[done:end])
		done = end
	}
	for at := 0; ; {
		m := inlineFormula.FindStringSubmatchIndex(x.Text[at:])
		if m == nil {
			break
		}
		begin, end := at+m[2], at+m[3]
		at = end
		shown, ok := set(x.Text[begin+1 : end-1])
		if !ok || overlaps(x.Marks, begin, end) {
			continue
		}
		write(begin)
		text.WriteString(shown)
		done = end
	}
	write(len(x.Text))
	return search.Snippet{Line: x.Line, Text: text.String(), Marks: marks}
}

// overlaps reports whether one of the marks shares text with what lies between two bytes.
func overlaps(marks [][2]int, begin, end int) bool {
	for _, m := range marks {
		if m[0] < end && m[1] > begin {
			return true
		}
	}
	return false
}
