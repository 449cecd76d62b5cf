package sshapp

import (
	"github.com/charmbracelet/colorprofile"

	"postern/sshapp/admission/work"
	"postern/sshapp/blog"
	"postern/sshapp/page/theme"
)

// colorsOf returns how many colours a terminal shows: 0 if the client asks for none (https://no-color.org).
func colorsOf(c *channel) int {
	if term := c.Getenv("TERM"); term == "vt100" || term == "vt220" { // which colorprofile takes for terminals with colours
		return 0
	}
	return theme.Colors(colorprofile.Env(c.Environ()))
}

// pictures returns how the pictures of a session are drawn: beside it, in turns of the client's.
func (c *channel) pictures() blog.Pictures {
	turn := func() *work.Turn { return c.conn.PictureTurn(c.gone) }
	ready := func() {
		select {
		case c.refresh <- struct{}{}:
		default:
		}
	}
	return blog.NewPictures(turn, ready, colorprofile.Env(c.Environ()) == colorprofile.TrueColor)
}
