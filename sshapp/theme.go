package sshapp

import (
	"slices"

	"github.com/charmbracelet/colorprofile"

	"postern/sshapp/page"
)

// themesFor returns the themes in which a terminal can show the blog, the one to begin with first: the blog's own where the
// terminal has the colours, the reader's own palette where it hasn't, and no colour at all where that is asked for
// (https://no-color.org) or all there is.
//
// Over SSH no COLORTERM arrives as a rule, so a terminal that names 256 colours is taken to show a theme of true colour, in
// the nearest of them.
func themesFor(c *channel, blog *page.Theme) []*page.Theme {
	profile := colorprofile.Env(c.Environ())
	if term := c.Getenv("TERM"); profile <= colorprofile.ASCII || term == "vt100" || term == "vt220" {
		return []*page.Theme{page.None()}
	}
	var themes []*page.Theme
	for _, t := range []*page.Theme{blog, page.Terminal(), page.Lookup("dark"), page.Lookup("light"), page.None()} {
		if (t.Colors <= 16 || profile >= colorprofile.ANSI256) && !slices.Contains(themes, t) {
			themes = append(themes, t)
		}
	}
	return themes
}
