package pipe

import (
	"strings"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"postern/sshapp/page"
)

// SGR sequences (ECMA-48, section 8.3.117): the look of what surrounds a text is made of attributes alone, as on screens.
const (
	beginBold = "\x1b[1m"
	beginDim  = "\x1b[2m"
	reset     = "\x1b[m"
)

// A pen writes text in a look, or without any.
type pen struct {
	theme   *page.Theme          // nil for plain text
	profile colorprofile.Profile // what colours are turned into
	links   bool                 // the terminal is told where they lead
}

// pen returns what an answer is written with: styled on a terminal, or where that is asked for.
func (c *Call) pen(colored bool) pen {
	switch {
	case c.Terminal != nil:
		return pen{c.Blog.Theme().For(c.Terminal.Colors), c.Terminal.Profile, true}
	case colored:
		return pen{c.Blog.Theme(), colorprofile.TrueColor, false}
	}
	return pen{}
}

func (p pen) bold(s string) string  { return p.styled(beginBold, s) }
func (p pen) faint(s string) string { return p.styled(beginDim, s) }

func (p pen) styled(begin, s string) string {
	if p.theme == nil || s == "" {
		return s
	}
	return begin + s + reset
}

// typeset is the theme to typeset a page in.
func (p pen) typeset() *page.Theme {
	if p.theme == nil {
		return page.None()
	}
	return p.theme
}

// line returns a page's line as it is written.
func (p pen) line(s string) string {
	if p.theme == nil {
		return strings.TrimRight(ansi.Strip(s), " ")
	}
	if !p.links {
		s = withoutLinks(s)
	}
	if p.profile == colorprofile.TrueColor {
		return s
	}
	var b strings.Builder
	_, _ = (&colorprofile.Writer{Forward: &b, Profile: p.profile}).Write([]byte(s))
	return b.String()
}

// withoutLinks takes the OSC 8 sequences out of a page's line, in which each ends with ST.
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
