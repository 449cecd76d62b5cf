package command

import (
	"cmp"
	"iter"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"postern/sshapp/blog"
)

// How many results a search prints. The text of each is read for the line to show, so there is a bound.
const (
	defaultResults = 20
	maxResults     = 100
)

// defineSearch defines search, which prints the posts that have all words: the address, the line of the file (0 if the words
// are only in its title, tags or summary), and the text there.
func defineSearch(flags *pflag.FlagSet) runFunc {
	n := flags.IntP("n", "n", defaultResults, "the best `N`; 0 for all, at most "+strconv.Itoa(maxResults))
	asJSON := flags.Bool("json", false, "one JSON object")
	return func(c *Call, words []string) error {
		if *n < 0 || *n > maxResults {
			return usagef("-n %d is not between 0 and %d", *n, maxResults)
		}
		l := blog.Listing{Edition: c.Blog.Edition(), Turn: c.Turn}
		if *asJSON {
			l.Formulas = blog.FormulasAsSource
		}
		results := search(l, strings.Join(words, " "), cmp.Or(*n, maxResults))
		if *asJSON {
			return printJSON(c, "finds", results)
		}
		s := c.styler(false)
		return c.printRows(func(yield func([]string) bool) {
			for r := range results {
				if !yield([]string{r.Slug, s.faint(strconv.Itoa(r.Line)), s.boldSpans(r.Text, r.Marks)}) {
					return
				}
			}
		})
	}
}

// A searchResult is a result in the output of search --json. Its names keep their meaning, as those of [postJSON] do.
type searchResult struct {
	Slug  string   `json:"slug"` // the post's address
	Title string   `json:"title"`
	Date  string   `json:"date"`  // as written, YYYY-MM-DD; may be empty
	Line  int      `json:"line"`  // of the file, from 1; 0 if the words aren't in the text
	Text  string   `json:"text"`  // the text there, plain, with formulas as TeX
	Marks [][2]int `json:"marks"` // where in Text each match begins and ends, in bytes
}

// search returns the best n results of a query.
func search(l blog.Listing, query string, n int) iter.Seq[searchResult] {
	posts, hits := l.Search(query)
	return func(yield func(searchResult) bool) {
		for i, p := range posts[:min(n, len(posts))] {
			r := searchResult{Slug: l.Edition.Address(p), Title: p.Title, Date: p.Day, Text: l.Summary(p), Marks: [][2]int{}}
			if len(hits) > 0 {
				x := l.Snippet(hits[i])
				r.Text = x.Text
				r.Marks = append(r.Marks, x.Marks...)
				if x.Line > 0 {
					r.Line = p.BodyLine + x.Line - 1
				}
			}
			if !yield(r) {
				return
			}
		}
	}
}

// boldSpans shows spans of a text in bold.
func (s styler) boldSpans(text string, spans [][2]int) string {
	var b strings.Builder
	at := 0
	for _, span := range spans {
		b.WriteString(text[at:span[0]])
		b.WriteString(s.bold(text[span[0]:span[1]]))
		at = span[1]
	}
	b.WriteString(text[at:])
	return b.String()
}
