package page

import (
	"postern/content"
	"postern/sshapp/page/document"
	"postern/sshapp/page/theme"
)

// New typesets a post for lines of at most width cells. Below [MinMeasure] a line may be wider than the width, if its
// first character is.
func New(post *content.Post, width int, t *theme.Theme) *Page {
	return Layout(document.Read(post, nil), post, width, t)
}

// Layout typesets what has been read of a post, as [New] does.
func Layout(doc *document.Document, post *content.Post, width int, t *theme.Theme) *Page {
	return layout(doc, post, width, t, Room{}, nil, nil)
}

// layout typesets what has been read of a post, in the room that is beyond its text. from has the files of its pictures, of which
// some may be known to be damaged.
func layout(doc *document.Document, post *content.Post, width int, t *theme.Theme, room Room, from *content.Edition, isDamaged func(sum [16]byte) bool) *Page {
	if t == Spoken() {
		return speak(doc, post, max(width, 1))
	}
	return set(doc, post, max(width, 1), t, room.Wide, newAlbum(doc, post, room.Box, from, isDamaged))
}
