package blog

import (
	"regexp"
	"strings"

	"postern/content/search"
	"postern/sshapp/page/formula"
	"postern/sshapp/phrase"
)

// Excerpts and summaries are plain text, in which formulas are still TeX. They are set as on a page, but without the macros of their
// posts: a formula that uses one stays as it is, and so does one that words were found in.

// inlineFormula matches a formula as Pandoc and KaTeX delimit them, with what stands before and behind.
var inlineFormula = regexp.MustCompile(`(?:^|[^\w$\\])(\$[^$\s](?:[^$]*[^$\s])?\$)(?:$|[^\w$])`)

// SetFormulas returns plain text with its formulas set on the line.
func SetFormulas(text string) string {
	return withFormulas(search.Snippet{Text: text}, formula.Inline).Text
}

// SetExcerpt returns an excerpt with its formulas set on the line.
func SetExcerpt(x search.Snippet) search.Snippet { return withFormulas(x, formula.Inline) }

// SpeakFormulas returns plain text with its formulas in words of the language.
func SpeakFormulas(text string, language *phrase.Language) string {
	speak := func(source string) (string, bool) { return formula.Speak(source, language) }
	return withFormulas(search.Snippet{Text: text}, speak).Text
}

// withFormulas puts what typeset makes of formulas in their place.
func withFormulas(x search.Snippet, typeset func(source string) (string, bool)) search.Snippet {
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
		set, ok := typeset(x.Text[begin+1 : end-1])
		if !ok || overlaps(x.Marks, begin, end) {
			continue
		}
		write(begin)
		text.WriteString(set)
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
