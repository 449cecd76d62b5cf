package pipe

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"
	"github.com/spf13/pflag"

	"postern/content"
	"postern/sshapp/page"
)

// The widths that a text may be asked for, in cells; 80 is what a terminal has by default.
const (
	minWidth     = page.MinMeasure
	defaultWidth = 80
	maxWidth     = 500
)

// cat prints posts as they are typeset for screens, one after another.
func cat(flags *pflag.FlagSet) answer {
	raw := flags.Bool("raw", false, "the Markdown as it was written, byte for byte")
	width := flags.Int("width", defaultWidth, "lines of at most `N` columns")
	return func(c *Call, slugs []string) error {
		if *width < minWidth || *width > maxWidth {
			return usagef("--width %d is not between %d and %d", *width, minWidth, maxWidth)
		}
		now := c.Edition()
		for i, slug := range slugs {
			p, err := find(now, slug)
			if err != nil {
				return err
			}
			_ = i
			if *raw {
				_, err = c.out.WriteString(p.Raw())
			} else {
				err = c.print(p, *width)
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
}

func (c *Call) print(p *content.Post, width int) error {
	fmt.Fprintf(c.out, "%s\n%s\n\n", p.Title, facts(p))
	for _, line := range c.Pages.Page(p, width, page.None()).Lines {
		if _, err := c.out.WriteString(strings.TrimRight(ansi.Strip(line), " ") + "\n"); err != nil {
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
