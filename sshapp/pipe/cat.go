package pipe

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/pflag"

	"postern/content"
	"postern/content/sanitize"
	"postern/sshapp/page"
)

// The widths that a text may be asked for, in cells; 80 is what a terminal has by default.
const (
	minWidth     = page.MinMeasure
	defaultWidth = 80
	maxWidth     = 500
)

// maxGuessed is of how many addresses that lead nowhere one call is told the nearest: with 10,000 posts that takes 5 ms each.
const maxGuessed = 3

// cat prints posts one after another, as they are typeset for screens, or as they were written.
func cat(flags *pflag.FlagSet) answer {
	raw := flags.Bool("raw", false, "the Markdown as it was written, byte for byte")
	width := flags.Int("width", defaultWidth, "lines of at most `N` columns")
	color := flags.Bool("color", false, "with the blog's colours, though there is no terminal")
	return func(c *Call, operands []string) error {
		columns := *width
		switch {
		case columns < minWidth || columns > maxWidth:
			return usagef("--width %d is not between %d and %d", columns, minWidth, maxWidth)
		case c.Terminal != nil && !flags.Changed("width"):
			columns = max(minWidth, min(columns, c.Terminal.width()))
		}
		now := c.Blog.Edition()
		look := c.pen(*color)
		var errs []error
		for i, operand := range operands {
			if err := context.Cause(c.Context); err != nil { // to look for what is near takes a while, and writes nothing
				return err
			}
			address, anchor, _ := strings.Cut(operand, "#")
			p, ok := postAt(now, address)
			if !ok {
				var near []string
				if len(errs) < maxGuessed {
					near = nearest(now, address)
				}
				errs = append(errs, missing(address, near))
				continue
			}
			var err error
			if *raw {
				_, err = c.out.WriteString(markdown(p))
			} else {
				lines, absent := c.lines(p, columns, look, anchor)
				if absent != nil {
					errs = append(errs, absent)
					continue
				}
				if i > len(errs) { // one stands above
					c.out.WriteString("\n")
				}
				err = c.print(p, lines, columns, look)
			}
			if err != nil {
				return err
			}
			c.read.Add(now.Address(p))
		}
		return errors.Join(errs...)
	}
}

// markdown returns a post's file as it was written; but for what a terminal could take for more than text, since a pipe may
// end in one.
func markdown(p *content.Post) string {
	raw := p.Raw()
	text := strings.ReplaceAll(raw, "\r\n", "\n")
	if clean := sanitize.Text(text); clean != text {
		return clean
	}
	return raw
}

// lines returns a post's page, from the heading on that an anchor names.
func (c *Call) lines(p *content.Post, width int, look pen, anchor string) ([]string, error) {
	typeset := c.Blog.Pages.Page
	if width > defaultWidth {
		typeset = page.New // what few ask for must not push out what is read
	}
	set := typeset(p, width, look.typeset())
	if anchor == "" {
		return set.Lines, nil
	}
	first, ok := set.Anchor(anchor)
	if !ok {
		return nil, fmt.Errorf("no heading of %s is called %s; they are in: %s toc %s", p.Slug, quoted(anchor), c.Host.Command(""), p.Slug)
	}
	return set.Lines[first:], nil
}

// print prints a post: its title, what is known of it, and lines of its page.
func (c *Call) print(p *content.Post, lines []string, width int, look pen) error {
	for line := range strings.SplitSeq(ansi.WrapWc(p.Title, width, ""), "\n") {
		c.out.WriteString(look.bold(line) + "\n")
	}
	for line := range strings.SplitSeq(ansi.WrapWc(facts(p), width, ""), "\n") {
		c.out.WriteString(look.faint(line) + "\n")
	}
	c.out.WriteString("\n")
	for _, line := range lines {
		c.out.WriteString(look.line(line))
		if err := c.out.WriteByte('\n'); err != nil {
			return err
		}
	}
	return nil
}

// facts says in a line what is known of a post.
func facts(p *content.Post) string {
	var all []string
	for _, s := range []string{p.Day, strings.Join(p.Authors, ", "), strconv.Itoa(p.Minutes()) + " min", strings.Join(p.Tags, ", ")} {
		if s != "" {
			all = append(all, s)
		}
	}
	return strings.Join(all, " · ")
}
