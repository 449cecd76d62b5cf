// Package lint finds what of posts isn't shown as their authors wrote it: links and pictures that lead nowhere, tags that are
// unknown, code that is wider than a page, words that are lost.
package lint

import (
	"context"
	"errors"
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
	"postern/sshapp/page"
	"postern/sshapp/page/document"
	"postern/sshapp/picture"
)

// maxPicture is the size from which a picture is too large, in bytes: whoever wants to see it fetches it over ssh. The
// largest that blogs have is a tenth of it, as a rule.
const maxPicture = 10 << 20

// A Checker checks the posts of an edition. It parses each post once, when that post or a link to it is first looked at. It is
// safe for concurrent use.
type Checker struct {
	edition     *content.Edition
	suggester   *content.Suggester
	inspections map[*content.Post]func() *inspection
	files       sync.Map // [mediaFile] to func() media: what pictures, films and sounds are
}

// A mediaFile is a file that posts show: a picture, whose header is read, or else a film or a sound.
type mediaFile struct {
	name      string
	isPicture bool
}

// A media is what is known of such a file.
type media struct {
	size int64
	err  error // why a picture can't be shown; nil for a file that can't be read
}

// NewChecker returns a checker of an edition's posts.
func NewChecker(e *content.Edition) *Checker {
	c := &Checker{edition: e, suggester: e.Suggester(), inspections: map[*content.Post]func() *inspection{}}
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
		all.repeated = append(all.repeated, f.repeated...)
	}
	problems := append(all.problems, summarize(all.repeated)...)
	problem.Sort(problems)
	return problems
}

// findings are what is wrong with one post.
type findings struct {
	problems []problem.Problem
	repeated []repeated
	guesses  int
}

// post returns what is wrong with one post.
func (c *Checker) post(p *content.Post) findings {
	i := c.inspections[p]()
	f := findings{problems: slices.Clone(i.problems), repeated: slices.Clone(i.repeated)}
	if !p.Draft && !p.Page && strings.TrimSpace(p.Body) == "" && p.Raw() != "" { // an empty file is named as such
		f.warn(p, reference{}, "the post has no text", "write some, or make it a draft")
	}
	for _, r := range i.links {
		c.link(p, r, &f)
	}
	for _, r := range i.pictures {
		c.picture(p, r, &f)
	}
	return f
}

// warning is a problem at a reference. Its target may hold line ends, and be as long as a post.
func warning(p *content.Post, r reference, message, hint string) problem.Problem {
	const most = 300
	return problem.Problem{File: p.Path, Line: r.line, Column: r.column, Severity: problem.Warning,
		Message: cell.Shorten(document.OneLine(message), most), Hint: cell.Shorten(document.OneLine(hint), most)}
}

func (f *findings) warn(p *content.Post, r reference, message, hint string) {
	f.problems = append(f.problems, warning(p, r, message, hint))
}

// repeat warns of what all references of a kind have.
func (f *findings) repeat(p *content.Post, r reference, kind, message, hint string) {
	f.repeated = append(f.repeated, repeated{kind, 1, warning(p, r, message, hint)})
}

// link looks where a link within the blog leads.
func (c *Checker) link(p *content.Post, r reference, f *findings) {
	to := c.edition.Resolve(p, r.target)
	switch {
	case r.kind == document.LinkUnsafe:
		c.unsafe(p, r, f)
	case r.target == "#":
		f.warn(p, r, noTarget, writeTarget)
	case to.Post != nil && to.Anchor != "":
		c.heading(p, to.Post, to.Anchor, r, f)
	case to == content.Target{} && path.Clean(r.target) != "/" && path.Clean(r.target) != ".":
		c.broken(p, r, "the link to "+r.target+" leads nowhere in this blog", "to ", f)
	}
}

// heading looks for a heading in the post that a link leads to.
func (c *Checker) heading(p, to *content.Post, anchor string, r reference, f *findings) {
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
	f.warn(p, r, "no heading of "+where+" is called #"+anchor, hint)
}

// unsafe warns of a link that nobody can follow, for its scheme.
func (c *Checker) unsafe(p *content.Post, r reference, f *findings) {
	scheme, _, _ := strings.Cut(r.target, ":")
	message := "the link to " + strconv.Quote(cell.Shorten(r.target, 40)) + " can't be followed"
	if near, ok := problem.Nearest(document.Letters(scheme), sanitize.Schemes()); ok {
		f.warn(p, r, message, "did you mean "+near+":?")
		return
	}
	f.repeat(p, r, "to "+document.Letters(scheme)+": addresses", message, "link to addresses of "+strings.Join(slices.Collect(sanitize.Schemes()), ", ")+", or within the blog")
}

// picture looks for the file of a picture, film or sound.
func (c *Checker) picture(p *content.Post, r reference, f *findings) {
	what := "picture"
	if r.what != "image" {
		what = r.what
	}
	name := c.edition.Resolve(p, r.target).File
	if name == "" {
		if !strings.Contains(r.target, "{{") && !strings.Contains(r.target, "{%") {
			c.broken(p, r, "the "+what+" "+r.target+" is not in this blog", "in ", f)
		}
		return
	}
	file := c.media(mediaFile{name, r.what == "image"})
	switch err := file.err; {
	case file.size > maxPicture:
		f.warn(p, r, fmt.Sprintf("the %s %s has %d MB", what, r.target, file.size>>20),
			fmt.Sprintf("make it smaller than %d MB: readers fetch it over ssh", maxPicture>>20))
	case err == nil:
	case errors.Is(err, picture.ErrTooLarge):
		f.problems = append(f.problems, refusal(p, r, "the picture "+r.target+" "+strings.TrimPrefix(err.Error(), "it "), "make it smaller"))
	case errors.Is(err, picture.ErrFormat) && page.IsPicture(name):
	case errors.Is(err, picture.ErrFormat):
		kind := strings.ToUpper(strings.TrimPrefix(path.Ext(name), "."))
		f.repeat(p, r, "of such formats", "the picture "+r.target+" is a file of "+kind+": its caption stands for it",
			"terminals are shown PNG, JPEG, GIF and WebP")
	default:
		f.warn(p, r, "the picture "+r.target+" is not shown: "+err.Error(), "save it again")
	}
}

// media looks at a file once, however many posts show it.
func (c *Checker) media(f mediaFile) media {
	look, known := c.files.Load(f)
	if !known {
		look, _ = c.files.LoadOrStore(f, sync.OnceValue(func() media { return c.lookAt(f) }))
	}
	return look.(func() media)()
}

func (c *Checker) lookAt(f mediaFile) media {
	info, err := c.edition.Stat(f.name)
	if err != nil {
		return media{}
	}
	m := media{size: info.Size()}
	if !f.isPicture || m.size > maxPicture {
		return m
	}
	file, err := c.edition.Open(f.name)
	if err != nil {
		return m
	}
	defer file.Close()
	_, m.err = picture.Inspect(file, m.size)
	return m
}

// refusal is an error at a reference.
func refusal(p *content.Post, r reference, message, hint string) problem.Problem {
	said := warning(p, r, message, hint)
	said.Severity = problem.Error
	return said
}

// broken warns of what leads nowhere, with what was probably meant.
func (c *Checker) broken(p *content.Post, r reference, message, where string, f *findings) {
	if part := c.suggester.OtherSection(r.target); part != "" {
		f.repeat(p, r, where+part, message, "write the whole address, https://…, of what is elsewhere")
		return
	}
	hint := "name a file, relative to this one"
	if r.kind == document.LinkPost {
		hint += ", or a post's address"
	}
	if address := addressWithin.FindString(r.target); address != "" {
		hint = "did you mean " + address + "?"
	} else if bareAddress.MatchString(r.target) {
		hint = "did you mean https://" + r.target + "?"
	} else if f.guesses++; f.guesses <= maxGuesses {
		if near, ok := c.suggester.Suggest(p, r.target); ok {
			hint = "did you mean " + near + "?"
		}
	}
	f.warn(p, r, message, hint)
}

// What was meant for an address outside of the blog: one in brackets, and one without its scheme.
var (
	addressWithin = regexp.MustCompile(`https?://[^\s()\[\]]+`)
	bareAddress   = regexp.MustCompile(`^(?:www\.|[\w.-]+\.(?:blog|co|com|dev|edu|gov|io|net|org)(?:/|$))`)
)
