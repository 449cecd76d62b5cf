package sshapp

import (
	"github.com/charmbracelet/colorprofile"

	"postern/sshapp/page/theme"
)

// colorsOf returns how many colours a terminal shows: none where that is asked for (https://no-color.org).
func colorsOf(c *channel) int {
	if term := c.Getenv("TERM"); term == "vt100" || term == "vt220" { // which the profile takes for more than they were
		return 0
	}
	return theme.Colors(colorprofile.Env(c.Environ()))
}
