package command

import (
	"context"
	"errors"
	"strings"

	"github.com/spf13/pflag"

	"postern/content"
	"postern/content/problem"
	"postern/content/sanitize"
	"postern/sshapp/blog"
	"postern/sshapp/cell"
	"postern/sshapp/page"
	"postern/sshapp/state"
)

// The bounds of --width, in cells.
const (
	minWidth = page.MinMeasure
	maxWidth = 500
)

// maxSuggested is for how many unknown addresses one call makes suggestions, which take 5 ms each in a blog of 10,000 posts.
const maxSuggested = 3

// defineCat defines cat, which prints posts one after another, laid out as on the screens, or as they were written.
func defineCat(flags *pflag.FlagSet) runFunc {
	raw := flags.Bool("raw", false, "the Markdown as it was written, byte for byte")
	width := flags.Int("width", defaultWidth, "lines of at most `N` columns")
	color := flags.Bool("color", false, "with the blog's colours, though there is no terminal")
	return func(c *Call, operands []string) error {
		cells := *width
		switch {
		case cells < minWidth || cells > maxWidth:
			return usagef("--width %d is not between %d and %d", cells, minWidth, maxWidth)
		case c.Terminal != nil && !flags.Changed("width"):
			cells = max(minWidth, min(cells, page.Within(c.Terminal.width())))
		case (c.Terminal != nil || *color) && flags.Changed("width"):
			cells = page.Within(cells)
		}
		p := postPrinter{Call: c, edition: c.Blog.Edition(), style: c.styler(*color), width: cells, raw: *raw}
		for _, operand := range operands {
			if err := context.Cause(c.Context); err != nil { // suggestions take time, and write nothing that could fail
				return err
			}
			if err := p.print(operand); err != nil {
				return err
			}
		}
		return errors.Join(p.notFound...)
	}
}

// A postPrinter prints the posts of one call of cat.
type postPrinter struct {
	*Call
	edition  *content.Edition
	style    styler
	width    int     // in cells
	raw      bool    // prints posts as they were written
	notFound []error // of posts and headings
}

// print prints the post at an address, from a heading on if the address has "#" and an anchor. Its error is that of a write.
func (p *postPrinter) print(operand string) error {
	address, anchor, _ := strings.Cut(operand, "#")
	post, ok := lookupPost(p.edition, address)
	if !ok {
		var nearest []string
		if len(p.notFound) < maxSuggested {
			nearest = suggest(p.edition, address)
		}
		p.notFound = append(p.notFound, noPost(address, nearest))
		return nil
	}
	if p.raw {
		p.prints(p.edition.Address(post))
		_, err := p.out.WriteString(markdown(post))
		return err
	}
	lines, err := p.linesFrom(post, anchor)
	if err != nil {
		p.notFound = append(p.notFound, err)
		return nil
	}
	if len(p.printed) > 0 {
		p.out.WriteString("\n")
	}
	p.prints(p.edition.Address(post))
	return p.printPost(post, lines)
}

// prints notes that a post is printed.
func (p *postPrinter) prints(address string) {
	p.printed.Add(address)
	p.answers = append(p.answers, answer{address, state.Pipe})
}

// markdown returns a post's file as it was written. Only control characters are replaced, since a pipe may end in a terminal.
func markdown(p *content.Post) string {
	raw := p.Raw()
	text := strings.ReplaceAll(raw, "\r\n", "\n")
	if clean := sanitize.Text(text); clean != text {
		return clean
	}
	return raw
}

// linesFrom returns the lines of a post's page from the heading with an anchor to the end; all lines for "".
func (p *postPrinter) linesFrom(post *content.Post, anchor string) ([]string, error) {
	layOut := p.Blog.Pages.Page
	if p.width > defaultWidth {
		layOut = p.Blog.Pages.Typeset // pages of unusual widths must not evict those that readers share
	}
	laidOut := layOut(p.Turn, post, p.width, p.style.pageTheme())
	if anchor == "" {
		return laidOut.Lines, nil
	}
	first, ok := laidOut.Anchor(anchor)
	if !ok {
		return nil, errorf("no heading of %s is called %s; they are in: %s toc %s", post.Slug, problem.Quote(anchor), p.Host.Command(""), post.Slug)
	}
	return laidOut.Lines[first:], nil
}

// printPost prints the title and the facts of a post, and then lines of its page.
func (p *postPrinter) printPost(post *content.Post, lines []string) error {
	for _, line := range cell.Wrap(post.Title, p.width) {
		p.out.WriteString(p.style.bold(line) + "\n")
	}
	for _, line := range cell.Wrap(strings.Join(blog.Facts(p.words(), post), " · "), p.width) {
		p.out.WriteString(p.style.faint(line) + "\n")
	}
	p.out.WriteString("\n")
	for _, line := range lines {
		p.out.WriteString(p.style.line(line))
		if err := p.out.WriteByte('\n'); err != nil {
			return err
		}
	}
	return nil
}
