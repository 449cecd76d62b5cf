// Package lint finds what of posts isn't shown as their authors wrote it: links and pictures that lead nowhere, tags that are
// unknown, code that is wider than a page, words that are lost.
package lint

import (
	"context"
	"fmt"
	"path"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"

	"postern/content"
	"postern/content/problem"
	"postern/content/sanitize"
	"postern/sshapp/cell"
	"postern/sshapp/page/document"
)

// maxPicture is the size from which a picture is too large, in bytes: whoever wants to see it fetches it over ssh. The
// largest that blogs have is a tenth of it, as a rule.
const maxPicture = 10 << 20

// A Checker checks the posts of an edition. It parses each post once, when that post or a link to it is first looked at. It is
// safe for concurrent use.
type Checker struct {
	edition     *content.Edition
	guide       *content.Suggester
	inspections map[*content.Post]func() *inspection
}

// NewChecker returns a checker of an edition's posts.
func NewChecker(e *content.Edition) *Checker {
	c := &Checker{edition: e, guide: e.Suggester(), inspections: map[*content.Post]func() *inspection{}}
	for _, posts := range [][]*content.Post{e.Posts(), e.Pages()} {
		for _, p := range posts {
			c.inspections[p] = sync.OnceValue(func() *inspection { return inspect(p) })
		}
	}
	return c
}

// Problems returns what is wrong with posts of the edition, sorted. It checks as many at once as there are processors, calls
// done after each, from any goroutine, and stops early if ctx is done.
func (c *Checker) Problems(ctx context.Context, posts []*content.Post, done func()) []problem.Problem {
	found := make([]findings, len(posts))
	var next atomic.Int64
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(posts)) {
		wait.Go(func() {
			for i := next.Add(1) - 1; i < int64(len(posts)) && ctx.Err() == nil; i = next.Add(1) - 1 {
				found[i] = c.post(posts[i])
				done()
			}
		})
	}
	wait.Wait()
	var all findings
	for _, f := range found {
		all.problems = append(all.problems, f.problems...)
		all.shared = append(all.shared, f.shared...)
	}
	problems := append(all.problems, grouped(all.shared)...)
	problem.Sort(problems)
	return problems
}

// findings are what is wrong with one post.
type findings struct {
	problems []problem.Problem
	shared   []shared
	guesses  int
}

// post returns what is wrong with one post.
func (c *Checker) post(p *content.Post) findings {
	i := c.inspections[p]()
	f := findings{problems: slices.Clone(i.problems), shared: slices.Clone(i.shared)}
	if !p.Draft && !p.Page && strings.TrimSpace(p.Body) == "" && p.Raw() != "" { // an empty file is named as such
		f.warn(p, mention{}, "the post has no text", "write some, or make it a draft")
	}
	for _, m := range i.links {
		c.link(p, m, &f)
	}
	for _, m := range i.pictures {
		c.picture(p, m, &f)
	}
	return f
}

// warning is a problem at a mention. Its target may hold line ends, and be as long as a post.
func warning(p *content.Post, m mention, message, hint string) problem.Problem {
	const most = 300
	return problem.Problem{File: p.Path, Line: m.line, Column: m.column, Severity: problem.Warning,
		Message: cell.Shorten(document.OneLine(message), most), Hint: cell.Shorten(document.OneLine(hint), most)}
}

func (f *findings) warn(p *content.Post, m mention, message, hint string) {
	f.problems = append(f.problems, warning(p, m, message, hint))
}

// share reports what no mention of its kind can do without.
func (f *findings) share(p *content.Post, m mention, kind, message, hint string) {
	f.shared = append(f.shared, shared{kind, 1, warning(p, m, message, hint)})
}

// link looks where a link within the blog leads.
func (c *Checker) link(p *content.Post, m mention, f *findings) {
	to := c.edition.Resolve(p, m.target)
	switch {
	case m.kind == document.LinkUnsafe:
		c.refused(p, m, f)
	case m.target == "#":
		f.warn(p, m, noTarget, writeTarget)
	case to.Post != nil && to.Anchor != "":
		c.heading(p, to.Post, to.Anchor, m, f)
	case to == content.Target{} && path.Clean(m.target) != "/" && path.Clean(m.target) != ".":
		c.dead(p, m, "the link to "+m.target+" leads nowhere in this blog", "to ", f)
	}
}

// heading looks for a heading in the post that a link leads to.
func (c *Checker) heading(p, to *content.Post, anchor string, m mention, f *findings) {
	i := c.inspections[to]
	if i == nil {
		return
	}
	there := i()
	if there.known[anchor] || there.known[document.Letters(anchor)] {
		return
	}
	where := "this post"
	if to != p {
		where = to.Path
	}
	hint := "write the heading's words in lower case, with hyphens for blanks"
	if f.guesses++; f.guesses <= maxGuesses {
		if near, ok := problem.Nearest(anchor, slices.Values(there.names)); ok {
			hint = "did you mean #" + near + "?"
		}
	}
	f.warn(p, m, "no heading of "+where+" is called #"+anchor, hint)
}

// refused reports a link that nobody can follow, for its scheme.
func (c *Checker) refused(p *content.Post, m mention, f *findings) {
	scheme, _, _ := strings.Cut(m.target, ":")
	message := "the link to " + strconv.Quote(cell.Shorten(m.target, 40)) + " can't be followed"
	if near, ok := problem.Nearest(document.Letters(scheme), sanitize.Schemes()); ok {
		f.warn(p, m, message, "did you mean "+near+":?")
		return
	}
	f.share(p, m, "to "+document.Letters(scheme)+": addresses", message, "link to http, https, mailto, gemini or ssh addresses, or within the blog")
}

// picture looks for the file of a picture, film or sound.
func (c *Checker) picture(p *content.Post, m mention, f *findings) {
	what := "picture"
	if m.what != "image" {
		what = m.what
	}
	name := c.edition.Resolve(p, m.target).File
	if name == "" {
		if !strings.Contains(m.target, "{{") && !strings.Contains(m.target, "{%") {
			c.dead(p, m, "the "+what+" "+m.target+" is not in this blog", "in ", f)
		}
		return
	}
	if info, err := c.edition.Stat(name); err == nil && info.Size() > maxPicture {
		f.warn(p, m, fmt.Sprintf("the %s %s has %d MB", what, m.target, info.Size()>>20),
			fmt.Sprintf("make it smaller than %d MB: readers fetch it over ssh", maxPicture>>20))
	}
}

// dead reports what leads nowhere, with what was probably meant.
func (c *Checker) dead(p *content.Post, m mention, message, where string, f *findings) {
	if part := c.guide.OtherSection(m.target); part != "" {
		f.share(p, m, where+part, message, "write the whole address, https://…, of what is elsewhere")
		return
	}
	hint := "name a file, relative to this one"
	if m.kind == document.LinkPost {
		hint += ", or a post's address"
	}
	if address := outside.FindString(m.target); address != "" {
		hint = "did you mean " + address + "?"
	} else if website.MatchString(m.target) {
		hint = "did you mean https://" + m.target + "?"
	} else if f.guesses++; f.guesses <= maxGuesses {
		if near, ok := c.guide.Suggest(p, m.target); ok {
			hint = "did you mean " + near + "?"
		}
	}
	f.warn(p, m, message, hint)
}

// What was meant for an address outside of the blog: one in brackets, and one without its scheme.
var (
	outside = regexp.MustCompile(`https?://[^\s()\[\]]+`)
	website = regexp.MustCompile(`^(?:www\.|[\w.-]+\.(?:blog|co|com|dev|edu|gov|io|net|org)(?:/|$))`)
)
