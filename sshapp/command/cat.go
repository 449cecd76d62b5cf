package command

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/pflag"

	"postern/content"
	"postern/content/problem"
	"postern/content/sanitize"
	"postern/sshapp/blog"
	"postern/sshapp/cell"
	"postern/sshapp/page"
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
			cells = max(minWidth, min(cells, c.Terminal.width()))
		}
		edition := c.Blog.Edition()
		s := c.styler(*color)
		var errs []error
		for i, operand := range operands {
			if err := context.Cause(c.Context); err != nil { // suggestions take time, and write nothing that could fail
				return err
			}
			address, anchor, _ := strings.Cut(operand, "#")
			p, ok := lookupPost(edition, address)
			if !ok {
				var nearest []string
				if len(errs) < maxSuggested {
					nearest = suggest(edition, address)
				}
				errs = append(errs, noPost(address, nearest))
				continue
			}
			var err error
			if *raw {
				_, err = c.out.WriteString(markdown(p))
			} else {
				text, noHeading := c.textFrom(p, cells, s, anchor)
				if noHeading != nil {
					errs = append(errs, noHeading)
					continue
				}
				if i > len(errs) { // another post was printed above
					c.out.WriteString("\n")
				}
				err = c.printPost(p, text, cells, s)
			}
			if err != nil {
				return err
			}
			c.printed.Add(edition.Address(p))
		}
		return errors.Join(errs...)
	}
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

// textFrom returns the lines of a post's page from the heading with an anchor to the end; all lines for "".
func (c *Call) textFrom(p *content.Post, width int, s styler, anchor string) ([]string, error) {
	layOut := c.Blog.Pages.Page
	if width > defaultWidth {
		layOut = c.Blog.Pages.Typeset // pages of unusual widths must not evict those that readers share
	}
	laidOut := layOut(c.Turn, p, width, s.pageTheme())
	if anchor == "" {
		return laidOut.Lines, nil
	}
	first, ok := laidOut.Anchor(anchor)
	if !ok {
		return nil, fmt.Errorf("no heading of %s is called %s; they are in: %s toc %s", p.Slug, problem.Quote(anchor), c.Host.Command(""), p.Slug)
	}
	return laidOut.Lines[first:], nil
}

// printPost prints a post: its title, its facts, and the lines of its page.
func (c *Call) printPost(p *content.Post, lines []string, width int, s styler) error {
	for _, line := range cell.Wrap(p.Title, width) {
		c.out.WriteString(s.bold(line) + "\n")
	}
	for _, line := range cell.Wrap(strings.Join(blog.Facts(p), " · "), width) {
		c.out.WriteString(s.faint(line) + "\n")
	}
	c.out.WriteString("\n")
	for _, line := range lines {
		c.out.WriteString(s.line(line))
		if err := c.out.WriteByte('\n'); err != nil {
			return err
		}
	}
	return nil
}
