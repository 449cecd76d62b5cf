package page

import (
	"postern/content"
	"postern/sshapp/page/document"
	"postern/sshapp/page/theme"
	"postern/sshapp/picture"
)

// New typesets a post for lines of at most width cells. Below [MinMeasure] a line may be wider than the width, if its
// first character is.
func New(post *content.Post, width int, t *theme.Theme) *Page {
	return Layout(document.Read(post, nil), post, width, t)
}

// Layout typesets what has been read of a post, as [New] does.
func Layout(doc *document.Document, post *content.Post, width int, t *theme.Theme) *Page {
	return layout(doc, post, width, t, picture.Box{}, nil)
}

// layout typesets what has been read of a post, with room for its pictures if the box is not the zero one.
func layout(doc *document.Document, post *content.Post, width int, t *theme.Theme, box picture.Box, from *content.Edition) *Page {
	if t == Spoken() {
		return speak(doc, post, max(width, 1))
	}
	return set(doc, post, max(width, 1), t, newAlbum(doc, post, box, from))
}
