package blog

import (
	"postern/content"
	"postern/content/search"
	"postern/sshapp/admission/work"
	"postern/sshapp/page"
	"postern/sshapp/page/theme"
)

// Pages makes and finds pages for one reader, in the reader's turn. What it returns is empty if the reader is gone.
type Pages struct {
	Cache *page.Cache
	Turn  *work.Turn
}

// Page returns a post laid out for a width and a theme, as [page.New] does.
func (p Pages) Page(post *content.Post, width int, t *theme.Theme) *page.Page {
	return p.Cache.Page(p.Turn, post, width, t)
}

// Find returns where a text occurs on a post's page.
func (p Pages) Find(post *content.Post, width int, t *theme.Theme, text string) page.Finds {
	return p.Cache.Text(p.Turn, post, width, t).Find(p.Turn, text)
}

// Seek returns the line of a post's page that a search has found, as [page.Text.Seek] does.
func (p Pages) Seek(post *content.Post, width int, t *theme.Theme, x search.Snippet) (line int, ok bool) {
	return p.Cache.Text(p.Turn, post, width, t).Seek(p.Turn, x)
}
