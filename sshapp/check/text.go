package check

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"postern/content/discover"
	"postern/content/problem"
)

// WriteJSON writes the report as a JSON object, whose names [content.Report] keeps stable for scripts.
func (r Report) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(r.Report)
}

// WriteText writes a line for each problem, each file that was left out, each page that would be a post if it had a date, and each post
// that will be published or will expire after now, then which settings are a generator's, and the summary. Of a whole blog, many for
// one reason are one line. Paths begin with dir.
func (r Report) WriteText(w io.Writer, dir string, now time.Time) error {
	path := func(file string) string { return filepath.Join(dir, filepath.FromSlash(file)) }
	var lines []string
	problems := r.Problems
	if r.library != nil {
		problems = Fold(problems)
	}
	for _, p := range problems {
		p.File = path(p.File)
		lines = append(lines, p.String())
	}
	if r.library != nil {
		lines = append(lines, LeftOut(r.library, path, func(discover.LeftOut) bool { return true })...)
		if line := Generator(r.library, path); line != "" {
			lines = append(lines, line)
		}
	} else {
		for _, f := range r.LeftOut {
			lines = append(lines, path(f.Path)+": left out: "+f.Why)
		}
	}
	lines = append(lines, r.pagesForNoDate(path)...)
	for _, p := range r.posts {
		if s := p.Schedule(now, r.zone); s != "" {
			lines = append(lines, path(p.Path)+": "+s)
		}
	}
	for _, l := range append(lines, r.Summary()) {
		if _, err := fmt.Fprintln(w, l); err != nil {
			return err
		}
	}
	return nil
}

// pagesForNoDate returns lines that name the pages which would be posts if they had a date: one line for many.
func (r Report) pagesForNoDate(path func(string) string) []string {
	var files []string
	for _, p := range r.posts {
		if p.PageForNoDate() && !p.Draft {
			files = append(files, path(p.Path))
		}
	}
	if n := len(files); n > maxFiles {
		return []string{fmt.Sprintf("%s, …: %d files are shown as pages, not in the list of posts, since they have no date", strings.Join(files[:maxNames], ", "), n)}
	}
	for i, file := range files {
		files[i] = file + ": is shown as a page, not in the list of posts, since it has no date"
	}
	return files
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

// A count is a number of things.
type count struct {
	n    int
	noun string // in the singular
}

// counts returns the counts that are not 0, in words.
func counts(all ...count) string {
	var words []string
	for _, c := range all {
		if c.n > 0 {
			words = append(words, problem.Count(c.n, c.noun))
		}
	}
	return strings.Join(words, ", ")
}
