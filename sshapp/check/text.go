package check

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"postern/content/problem"
)

// WriteJSON writes the report as a JSON object. What it holds is a promise: see [content.Report].
func (r Report) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(r.Report)
}

// WriteText writes a line for each problem, for each file that is left out, and for each post that the clock publishes or
// hides after now, and then a line that counts them all. Paths begin with dir.
func (r Report) WriteText(w io.Writer, dir string, now time.Time) error {
	in := func(file string) string { return filepath.Join(dir, filepath.FromSlash(file)) }
	var lines []string
	for _, p := range r.Problems {
		p.File = in(p.File)
		lines = append(lines, p.String())
	}
	for _, f := range r.LeftOut {
		lines = append(lines, in(f.Path)+": left out: "+f.Why)
	}
	for _, p := range r.posts {
		if s := p.Schedule(now, r.zone); s != "" {
			lines = append(lines, in(p.Path)+": "+s)
		}
	}
	for _, l := range append(lines, r.Summary()) {
		if _, err := fmt.Fprintln(w, l); err != nil {
			return err
		}
	}
	return nil
}

// Summary returns a line such as "12 posts, 2 pages, 1 draft: 3 errors, 5 warnings".
func (r Report) Summary() string {
	var posts, pages, drafts int
	for _, p := range r.posts {
		switch {
		case p.Draft:
			drafts++
		case p.Page:
			pages++
		default:
			posts++
		}
	}
	found := counts(count{posts, "post"}, count{pages, "page"}, count{drafts, "draft"})
	problems := counts(count{r.Count(problem.Error), "error"}, count{r.Count(problem.Warning), "warning"})
	return cmp.Or(found, "no posts") + ": " + cmp.Or(problems, "no problems")
}

// A count is how many there are of something.
type count struct {
	n    int
	noun string // in the singular
}

// counts lists the counts that are not 0.
func counts(all ...count) string {
	var words []string
	for _, c := range all {
		if c.n > 0 {
			words = append(words, problem.Count(c.n, c.noun))
		}
	}
	return strings.Join(words, ", ")
}
