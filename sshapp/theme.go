package sshapp

import (
	"github.com/charmbracelet/colorprofile"

	"postern/sshapp/page"
)

// themeFor returns the theme in which a terminal shows the blog: its own where the terminal has the colours, the reader's
// own palette where it hasn't, and no colour at all where that is asked for (https://no-color.org) or all there is.
//
// Over SSH no COLORTERM arrives as a rule, so a terminal that names 256 colours is taken to show a theme of true colour, in
// the nearest of them.
func themeFor(c *channel, blog *page.Theme) *page.Theme {
	profile := colorprofile.Env(c.Environ())
	switch term := c.Getenv("TERM"); {
	case profile <= colorprofile.ASCII, term == "vt100", term == "vt220":
		return page.None()
	case blog.Colors > 16 && profile < colorprofile.ANSI256:
		return page.Terminal()
	}
	return blog
}
