package command

import (
	"github.com/spf13/pflag"

	"postern/content"
	"postern/sshapp/blog"
	"postern/sshapp/page"
	"postern/sshapp/page/document"
	"postern/sshapp/page/theme"
)

// defineToc defines toc, which lists the headings of a post: the address that cat takes for each, and its text, indented by
// its level.
func defineToc(*pflag.FlagSet) runFunc {
	return func(c *Call, operands []string) error {
		edition := c.Blog.Edition()
		p, err := findPost(edition, operands[0])
		if err != nil {
			return err
		}
		headings := c.plainPage(p).Headings
		texts := blog.Outline(headings)
		address := edition.Address(p)
		return c.printRows(func(yield func([]string) bool) {
			for i, h := range headings {
				if !yield([]string{address + "#" + h.Anchor, texts[i]}) {
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
		edition := c.Blog.Edition()
		p, err := findPost(edition, operands[0])
		if err != nil {
			return err
		}
		seen := map[string]bool{}
		return c.printRows(func(yield func([]string) bool) {
			clear(seen)
			for _, l := range c.plainPage(p).Links {
				url := l.URL()
				if l.Kind == document.LinkPost {
					if to := edition.Resolve(p, l.Target).Post; to != nil {
						url = c.Host.Link(edition.Address(to))
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

// plainPage returns the page of a post that cat prints to a pipe.
func (c *Call) plainPage(p *content.Post) *page.Page {
	return c.Blog.Pages.Page(c.Turn, p, defaultWidth, theme.None())
}
