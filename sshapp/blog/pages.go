package blog

import (
	"postern/content"
	"postern/content/search"
	"postern/sshapp/admission/work"
	"postern/sshapp/page"
	"postern/sshapp/page/theme"
	"postern/sshapp/picture"
)

// Pages makes and finds pages for one reader, in the reader's turn. What it returns is empty if the reader is gone.
type Pages struct {
	Cache *page.Cache
	Turn  *work.Turn

	Edition  *content.Edition // has the files of pictures
	Room     page.Room        // beyond the column of text
	Cell     picture.Cell     // of the terminal; zero if it isn't known
	Pictures *LazyPictures
}

// Page returns a post laid out for a width and a theme, as [page.New] does.
func (p Pages) Page(post *content.Post, width int, t *theme.Theme) *page.Page {
	return p.Cache.Illustrated(p.Turn, p.Edition, post, width, t, p.Room)
}

// Find returns where a text occurs on a post's page.
func (p Pages) Find(post *content.Post, width int, t *theme.Theme, text string) page.Finds {
	return p.text(post, width, t).Find(p.Turn, text)
}

// Seek returns the line of a post's page that a search has found, as [page.Text.Seek] does.
func (p Pages) Seek(post *content.Post, width int, t *theme.Theme, x search.Snippet) (line int, ok bool) {
	return p.text(post, width, t).Seek(p.Turn, x)
}

func (p Pages) text(post *content.Post, width int, t *theme.Theme) *page.Text {
	return p.Cache.IllustratedText(p.Turn, p.Edition, post, width, t, p.Room)
}

// Drawn returns the lines of a page's picture, as [page.Cache.Placed] or [page.Cache.Drawn] does.
func (p Pages) Drawn(x page.Picture, t *theme.Theme) []string {
	pictures := p.Pictures.Get()
	if pictures.Kitty.Supported() {
		if lines, ok := p.Cache.Placed(pictures.Asker, p.Edition, x, t, p.Cell.OrDefault(), &pictures.Kitty); ok {
			return lines
		}
	}
	return p.Cache.Drawn(pictures.Asker, p.Edition, x, t, pictures.Depth)
}

// Sixel returns the sequence that draws a picture alone, as [page.Cache.Sixel] does. It is not ok if the terminal doesn't know such
// sequences, or keeps pictures, which is better, or if its cells aren't known: a picture that is larger than its room would scroll
// the screen.
func (p Pages) Sixel(x page.Picture, t *theme.Theme) (sequence []byte, ok bool) {
	pictures := p.Pictures.Get()
	if pictures.Kitty.Supported() || !pictures.Sixel.Supported() || !p.Cell.IsKnown() {
		return nil, false
	}
	return p.Cache.Sixel(pictures.Asker, p.Edition, x, t, p.Cell), true
}
