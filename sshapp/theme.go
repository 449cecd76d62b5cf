package sshapp

import (
	"github.com/charmbracelet/colorprofile"

	"postern/sshapp/page/theme"
)

// colorsOf returns how many colours a terminal shows: 0 if the client asks for none (https://no-color.org).
func colorsOf(c *channel) int {
	if term := c.Getenv("TERM"); term == "vt100" || term == "vt220" { // which colorprofile takes for terminals with colours
		return 0
	}
	return theme.Colors(colorprofile.Env(c.Environ()))
}
