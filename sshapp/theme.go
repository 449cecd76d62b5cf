package sshapp

import (
	"github.com/charmbracelet/colorprofile"

	"postern/sshapp/admission/work"
	"postern/sshapp/blog"
	"postern/sshapp/page/theme"
	"postern/sshapp/screens"
)

// colorsOf returns how many colours a terminal shows: 0 if the client asks for none (https://no-color.org).
func colorsOf(c *channel) int {
	if term := c.Getenv("TERM"); term == "vt100" || term == "vt220" { // which colorprofile takes for terminals with colours
		return 0
	}
	return theme.Colors(c.colors())
}

// colors returns the colours that the terminal can show. Its environment doesn't change once a session has begun, which this is
// called by.
func (c *channel) colors() colorprofile.Profile {
	if c.profile == colorprofile.Unknown {
		c.profile = colorprofile.Env(c.Environ())
	}
	return c.profile
}

// pictures returns how the pictures of a session are drawn: beside it, in turns of the client's.
func (c *channel) pictures() *blog.Pictures {
	turn := func() *work.Turn { return c.conn.PictureTurn(c.gone) }
	return screens.NewPictures(turn, c.hasMore, c.colors(), c.Getenv("TERM"), c.limits.Pictures)
}
