package command

import (
	"strings"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"postern/sshapp/page"
)

// SGR sequences (ECMA-48, section 8.3.117): what surrounds a text is styled with attributes alone, as on screens.
const (
	beginBold = "\x1b[1m"
	beginDim  = "\x1b[2m"
	reset     = "\x1b[m"
)

// A styler styles text for one client. The zero styler writes plain text.
type styler struct {
	theme   *page.Theme          // nil for plain text
	profile colorprofile.Profile // colours are converted to it
	links   bool                 // as OSC 8 sequences
}

// styler returns how an answer is styled: in colour on a terminal, or if that is asked for.
func (c *Call) styler(colored bool) styler {
	switch {
	case c.Terminal != nil:
		return styler{c.Blog.Theme().For(c.Terminal.Colors), c.Terminal.Profile, true}
	case colored:
		return styler{c.Blog.Theme(), colorprofile.TrueColor, false}
	}
	return styler{}
}

func (s styler) bold(text string) string  { return s.wrap(beginBold, text) }
func (s styler) faint(text string) string { return s.wrap(beginDim, text) }

func (s styler) wrap(begin, text string) string {
	if s.theme == nil || text == "" {
		return text
	}
	return begin + text + reset
}

// pageTheme returns the theme to lay a page out in.
func (s styler) pageTheme() *page.Theme {
	if s.theme == nil {
		return page.None()
	}
	return s.theme
}

// line returns a page's line as this client gets it.
func (s styler) line(text string) string {
	if s.theme == nil {
		return strings.TrimRight(ansi.Strip(text), " ")
	}
	if !s.links {
		text = withoutLinks(text)
	}
	if s.profile == colorprofile.TrueColor {
		return text
	}
	var b strings.Builder
	_, _ = (&colorprofile.Writer{Forward: &b, Profile: s.profile}).Write([]byte(text))
	return b.String()
}

// withoutLinks removes the OSC 8 sequences of a page's line, each of which ends with ST.
func withoutLinks(s string) string {
	const begin, end = "\x1b]8;", "\x1b\\"
	for {
		before, rest, ok := strings.Cut(s, begin)
		if !ok {
			return s
		}
		_, after, _ := strings.Cut(rest, end)
		s = before + after
	}
}
