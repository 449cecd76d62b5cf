package main

import (
	"cmp"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"postern/content"
)

func newCheck() *cobra.Command {
	var asJSON, strict bool
	cmd := &cobra.Command{
		Use:   "check [DIR | FILE]",
		Short: "Name every problem in a blog, or in one file of it",
		Long: "Check reads a blog as serve does, by default the one in the current directory, and prints every problem as\n" +
			"file:line:column: severity: what is wrong; what to do, and then the files that are not taken for posts, what the clock\n" +
			"will do to posts, and a line that counts it all. It exits with 1 when there is an error.",
		Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			bar := newProgress(cmd.ErrOrStderr())
			defer bar.stop()
			name := "."
			if len(args) > 0 {
				name = args[0]
			}
			c, err := check(cmd, name, bar)
			if bar.stop(); err != nil {
				return err
			}
			if asJSON {
				err = c.writeJSON(cmd.OutOrStdout())
			} else {
				err = c.write(cmd.OutOrStdout(), time.Now())
			}
			if err == nil && (c.count(content.Error) > 0 || strict && c.count(content.Warning) > 0) {
				return errReported
			}
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one object with all posts, what is left out, and the problems")
	cmd.Flags().BoolVar(&strict, "strict", false, "exit with 1 for a warning too")
	return cmd
}

// A checked is a blog, or one file of it, and what is wrong with it.
type checked struct {
	content.Report
	posts    []*content.Post
	settings content.Settings
	dir      string // what paths are shown behind, so that they lead there from the working directory
}

// check checks a directory, or a file within its blog.
func check(cmd *cobra.Command, name string, bar *progress) (checked, error) {
	dir, file, err := within(name)
	if err != nil {
		return checked{}, err
	}
	b, err := load(dir)
	if err != nil {
		return checked{}, err
	}
	c := checked{Report: b.library.Report(), posts: b.posts(), settings: b.library.Settings(), dir: dir}
	if file != "" {
		c.only(file)
		c.Problems = b.problemsOf(file)
	} else {
		bar.begin(len(c.posts))
		c.Problems = b.problems(cmd.Context(), bar.step)
	}
	if c.Problems == nil {
		c.Problems = []content.Problem{} // no list in a report is null
	}
	if cmd.Context().Err() != nil {
		return checked{}, errReported // interrupted
	}
	if len(c.posts) == 0 && len(c.LeftOut) == 0 && file != "" && file != content.SettingsFile {
		return checked{}, fmt.Errorf("%s is no post: it is no Markdown", filepath.Join(c.dir, file))
	}
	return c, nil
}

// only leaves one file of a blog.
func (c *checked) only(file string) {
	c.posts = slices.DeleteFunc(c.posts, func(p *content.Post) bool { return p.Path != file })
	c.Posts = slices.DeleteFunc(c.Posts, func(p content.ReportedPost) bool { return p.Path != file })
	c.LeftOut = slices.DeleteFunc(c.LeftOut, func(l content.LeftOut) bool { return l.Path != file })
}

func (c checked) count(s content.Severity) int {
	n := 0
	for _, p := range c.Problems {
		if p.Severity == s {
			n++
		}
	}
	return n
}

func (c checked) writeJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(c.Report)
}

// write writes a line for each problem, for each file that is left out, and for each post to which the clock does something,
// and then one that counts them.
func (c checked) write(w io.Writer, now time.Time) error {
	var lines []string
	for _, p := range c.Problems {
		p.File = c.path(p.File)
		lines = append(lines, p.String())
	}
	for _, l := range c.LeftOut {
		lines = append(lines, c.path(l.Path)+": left out: "+l.Why)
	}
	for _, p := range c.posts {
		if s := p.Schedule(now, c.settings); s != "" {
			lines = append(lines, c.path(p.Path)+": "+s)
		}
	}
	for _, l := range append(lines, c.summary()) {
		if _, err := fmt.Fprintln(w, l); err != nil {
			return err
		}
	}
	return nil
}

func (c checked) path(file string) string { return filepath.Join(c.dir, filepath.FromSlash(file)) }

// summary is such as "12 posts, 2 pages, 1 draft: 3 errors, 5 warnings".
func (c checked) summary() string {
	var posts, pages, drafts int
	for _, p := range c.posts {
		switch {
		case p.Draft:
			drafts++
		case p.Page:
			pages++
		default:
			posts++
		}
	}
	what := listed(some{posts, "post"}, some{pages, "page"}, some{drafts, "draft"})
	wrong := listed(some{c.count(content.Error), "error"}, some{c.count(content.Warning), "warning"})
	return cmp.Or(what, "no posts") + ": " + cmp.Or(wrong, "no problems")
}

// some is how many there are of a kind.
type some struct {
	n    int
	what string
}

// listed counts what there is any of.
func listed(all ...some) string {
	var counts []string
	for _, s := range all {
		if s.n > 0 {
			counts = append(counts, counted(s.n, s.what))
		}
	}
	return strings.Join(counts, ", ")
}

func counted(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}
