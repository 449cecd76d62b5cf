package pipe

import (
	"strings"

	"github.com/spf13/pflag"

	"postern/content"
	"postern/sshapp/page"
)

// toc lists the headings of a post: what cat takes for each, and its text, indented by its level.
func toc(*pflag.FlagSet) answer {
	return func(c *Call, operands []string) error {
		now := c.Blog.Edition()
		p, err := find(now, operands[0])
		if err != nil {
			return err
		}
		headings := c.plain(p).Headings
		least := 6
		for _, h := range headings {
			least = min(least, h.Level)
		}
		address := now.Address(p)
		return c.table(func(yield func([]string) bool) {
			for _, h := range headings {
				if !yield([]string{address + "#" + h.Anchor, strings.Repeat("  ", h.Level-least) + h.Text}) {
					return
				}
			}
		})
	}
}

// links lists where a post's links lead, each once: URLs as they are, and posts of the blog as their own.
func links(*pflag.FlagSet) answer {
	return func(c *Call, operands []string) error {
		now := c.Blog.Edition()
		p, err := find(now, operands[0])
		if err != nil {
			return err
		}
		seen := map[string]bool{}
		return c.table(func(yield func([]string) bool) {
			clear(seen)
			for _, l := range c.plain(p).Links {
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

// plain returns the page of a post as cat prints it to a pipe.
func (c *Call) plain(p *content.Post) *page.Page {
	return c.Blog.Pages.Page(p, defaultWidth, page.None())
}
