package pipe

import (
	"iter"
	"strconv"
	"strings"

	"github.com/spf13/pflag"

	"postern/content"
	"postern/sshapp/blog"
)

// How many finds a search prints. Each has its post looked through for the line, which is what bounds the most.
const (
	someFinds = 20
	mostFinds = 100
)

// search prints the posts that have all words, and where: the address, the line of the file (0 where the words stand in its
// title, tags or summary alone), and what stands there.
func search(flags *pflag.FlagSet) answer {
	n := flags.IntP("n", "n", someFinds, "the best `N`, of at most "+strconv.Itoa(mostFinds))
	asJSON := flags.Bool("json", false, "one JSON object")
	return func(c *Call, words []string) error {
		if *n < 1 || *n > mostFinds {
			return usagef("-n %d is not between 1 and %d", *n, mostFinds)
		}
		now := c.Blog.Edition()
		finds := finds(now, strings.Join(words, " "), *n)
		if *asJSON {
			return object(c, "finds", finds)
		}
		look := c.pen(false)
		return c.table(func(yield func([]string) bool) {
			for f := range finds {
				if !yield([]string{f.Slug, look.faint(strconv.Itoa(f.Line)), look.marked(f.Text, f.Marks)}) {
					return
				}
			}
		})
	}
}

// A found is a find in the object of search --json.
type found struct {
	Slug  string   `json:"slug"` // the post's address
	Title string   `json:"title"`
	Date  string   `json:"date"`  // as written, YYYY-MM-DD; may be empty
	Line  int      `json:"line"`  // of the file, from 1; 0 if the words don't stand in the text
	Text  string   `json:"text"`  // what stands there, as plain text
	Marks [][2]int `json:"marks"` // where in Text each find begins and ends, in bytes
}

func finds(now *content.Edition, query string, n int) iter.Seq[found] {
	posts, hits := blog.Listing{Edition: now}.Search(query)
	return func(yield func(found) bool) {
		for i, p := range posts[:min(n, len(posts))] {
			f := found{Slug: now.Address(p), Title: p.Title, Date: p.Day, Text: p.Summary, Marks: [][2]int{}}
			if len(hits) > 0 {
				x := hits[i].Excerpt()
				f.Text = x.Text
				f.Marks = append(f.Marks, x.Marks...)
				if x.Line > 0 {
					f.Line = p.BodyLine + x.Line - 1
				}
			}
			if !yield(f) {
				return
			}
		}
	}
}

// marked shows spans of a text in bold.
func (p pen) marked(text string, spans [][2]int) string {
	var b strings.Builder
	at := 0
	for _, s := range spans {
		b.WriteString(text[at:s[0]])
		b.WriteString(p.bold(text[s[0]:s[1]]))
		at = s[1]
	}
	b.WriteString(text[at:])
	return b.String()
}
