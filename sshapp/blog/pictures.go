package blog

import (
	"postern/sshapp/admission/work"
	"postern/sshapp/page"
	"postern/sshapp/picture"
)

// Pictures is how a reader's pictures are drawn, and what is known of the terminal for that.
type Pictures struct {
	Asker *page.Asker
	Depth page.Depth
	Kitty picture.Kitty      // pictures that the terminal keeps
	Sixel picture.Capability // pictures that are shown alone
	Cell  picture.Cell       // as the terminal has answered, where the client tells nothing; zero until then
}

// NewPictures returns Pictures whose asker is that of [page.NewAsker]. trueColor is false for a terminal of 256 colours.
func NewPictures(turn func() *work.Turn, ready func(), trueColor bool) *Pictures {
	p := &Pictures{Asker: page.NewAsker(turn, ready)}
	if trueColor {
		p.Depth = page.TrueColor
	}
	return p
}

// LazyPictures are Pictures that are made when there is one to be drawn: most readers see none. The zero LazyPictures is that of a
// reader who is shown none.
type LazyPictures struct {
	Make func() *Pictures // called once; nil if none can be shown
	made *Pictures
}

// Get returns the Pictures. It panics if Make is nil: a reader who is shown none asks for none.
func (l *LazyPictures) Get() *Pictures {
	if l.made == nil {
		l.made = l.Make()
	}
	return l.made
}

// Made returns the Pictures, if they are made already, or nil.
func (l *LazyPictures) Made() *Pictures { return l.made }
