package screens

import (
	"github.com/charmbracelet/colorprofile"

	"postern/sshapp/admission/work"
	"postern/sshapp/blog"
	"postern/sshapp/picture"
	"postern/sshapp/terminal"
)

// NewPictures returns how pictures are drawn for Screens on a terminal of a name: in turns of its reader's, or in none if turn is
// nil. hasMore is that of [New]. A terminal that keeps pictures is sent at most so many bytes of them, 0 for no limit.
func NewPictures(turn func() *work.Turn, hasMore func(), colors colorprofile.Profile, name string, most int) *blog.Pictures {
	p := blog.NewPictures(turn, hasMore, colors == colorprofile.TrueColor)
	support := picture.Unsupported
	switch keeps, known := terminal.KeepsPictures(name); {
	case keeps:
		support = picture.Supported
	case !known:
		support = picture.UnknownSupport
	}
	p.Kitty = picture.NewKitty(support, most)
	return p
}
