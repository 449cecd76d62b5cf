package command

import (
	"github.com/spf13/pflag"

	"postern/content"
)

// defineDrafts defines drafts, which lists what the lists of readers don't have: the day, the file, the reason and the title of each
// post, newest first, and of each page.
func defineDrafts(*pflag.FlagSet) runFunc {
	return func(c *Call, _ []string) error {
		shown := c.Author.Blog
		edition := shown.Edition()
		err := c.printRows(func(yield func([]string) bool) {
			for _, posts := range [][]*content.Post{edition.Posts(), edition.Pages()} {
				for _, p := range posts {
					if shown.Authoring.Mark(edition, p) != "" && !yield([]string{p.Day, p.Path, shown.Authoring.Visibility(edition, p), p.Title}) {
						return
					}
				}
			}
		})
		return c.orNone(err, "Readers see all posts.")
	}
}
