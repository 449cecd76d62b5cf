package command

import (
	"strings"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"postern/sshapp/cell"
	"postern/sshapp/page/theme"
)

// A styler styles text for one client. The zero styler writes plain text.
type styler struct {
	theme   *theme.Theme         // nil for plain text
	profile colorprofile.Profile // the colours that the client's terminal shows
	links   bool                 // are written as OSC 8 sequences
}

// styler returns the styler of a call: with colours on a terminal, and elsewhere if the client asks for them.
func (c *Call) styler(colored bool) styler {
	switch {
	case c.Terminal != nil:
		return styler{c.terminalTheme().For(c.Terminal.Colors), c.Terminal.Profile, true}
	case colored:
		return styler{c.Blog.Theme(), colorprofile.TrueColor, false}
	}
	return styler{}
}

// terminalTheme returns the blog's theme or, if that needs a background of its own, the one that suits any: a command writes on
// the terminal's.
func (c *Call) terminalTheme() *theme.Theme {
	if t := c.Blog.Theme(); t.Background == "" {
		return t
	}
	return theme.Terminal()
}

func (s styler) bold(text string) string {
	if s.theme == nil {
		return text
	}
	return cell.Bold(text)
}

func (s styler) faint(text string) string {
	if s.theme == nil {
		return text
	}
	return cell.Faint(text)
}

// pageTheme returns the theme to lay a page out in.
func (s styler) pageTheme() *theme.Theme {
	if s.theme == nil {
		return theme.Plain()
	}
	return s.theme
}

// line returns a page's line as this client gets it.
func (s styler) line(text string) string {
	if s.theme == nil {
		return strings.TrimRight(ansi.Strip(text), " ")
	}
	if !s.links {
		text = cell.WithoutLinks(text)
	}
	if s.profile == colorprofile.TrueColor {
		return text
	}
	var b strings.Builder
	_, _ = (&colorprofile.Writer{Forward: &b, Profile: s.profile}).Write([]byte(text))
	return b.String()
}
