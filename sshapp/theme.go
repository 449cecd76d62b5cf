package sshapp

import "github.com/charmbracelet/colorprofile"

// colorsOf returns how many colours a terminal shows: none where that is asked for (https://no-color.org).
//
// Over SSH no COLORTERM arrives as a rule, so a terminal that names 256 colours is taken to show a theme of true colour, in
// the nearest of them.
func colorsOf(c *channel) int {
	profile := colorprofile.Env(c.Environ())
	switch term := c.Getenv("TERM"); {
	case profile <= colorprofile.ASCII || term == "vt100" || term == "vt220":
		return 0
	case profile < colorprofile.ANSI256:
		return 16
	}
	return 1 << 24
}
