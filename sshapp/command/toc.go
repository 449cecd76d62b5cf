package command

import (
	"strings"

	"github.com/spf13/pflag"

	"postern/content"
	"postern/sshapp/page"
)

// defineToc defines toc, which lists the headings of a post: the address that cat takes for each, and its text, indented by
// its level.
func defineToc(*pflag.FlagSet) runFunc {
	return func(c *Call, operands []string) error {
		now := c.Blog.Edition()
		p, err := findPost(now, operands[0])
		if err != nil {
			return err
		}
		headings := c.plainPage(p).Headings
		least := 6
		for _, h := range headings {
			least = min(least, h.Level)
		}
		address := now.Address(p)
		return c.printRows(func(yield func([]string) bool) {
			for _, h := range headings {
				if !yield([]string{address + "#" + h.Anchor, strings.Repeat("  ", h.Level-least) + h.Text}) {
					return
				}
			}
		})
	}
}

// defineLinks defines links, which lists where a post's links lead, each target once: URLs as they are, and posts of this
// blog as ssh links.
func defineLinks(*pflag.FlagSet) runFunc {
	return func(c *Call, operands []string) error {
		now := c.Blog.Edition()
		p, err := findPost(now, operands[0])
		if err != nil {
			return err
		}
		seen := map[string]bool{}
		return c.printRows(func(yield func([]string) bool) {
			clear(seen)
			for _, l := range c.plainPage(p).Links {
				url := l.URL()
				if l.Kind == page.LinkPost {
					if to := now.Resolve(p, l.Target).Post; to != nil {
						url = c.Host.Link(now.Address(to))
					}
				}
				if url != "" && !seen[url] && !yield([]string{url}) {
					return
				}
				seen[url] = true
			}
		})
	}
}

// plainPage returns the page of a post as cat prints it to a pipe.
func (c *Call) plainPage(p *content.Post) *page.Page {
	return c.Blog.Pages.Page(p, defaultWidth, page.None())
}
