package tui

import (
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// external shows an address that lies external of the blog, in full, for terminals that can open it and for people who
// type it.
type external struct {
	url string // bounded by [content.Edition.Resolve]
}

var externalKeys = []binding{
	hinted(bind((*external).copy, "y", "copy it again", "y")),
	bind((*external).close, "enter", "back", "enter", "space"),
}

func (o *external) keys() []binding                     { return externalKeys }
func (o *external) title(env) string                    { return "A link" }
func (o *external) status(env) string                   { return "" }
func (o *external) update(env, tea.Msg) (move, tea.Cmd) { return move{kind: pass}, nil }
func (o *external) close(env) move                      { return move{kind: back} }
func (o *external) copy(env) move                       { return move{say: copied("the address"), copy: o.url} }

func (o *external) view(e env) []string {
	measure, margin := e.measure()
	lines := []string{"", bold("This link leads out of the blog:"), ""}
	for _, l := range wrap(o.url, measure) {
		lines = append(lines, ansi.SetHyperlink(asciiOnly(o.url), "id=out")+l+ansi.ResetHyperlink())
	}
	return indent(lines, margin)
}

// asciiOnly returns an address that a terminal may be told, or none.
func asciiOnly(url string) string {
	for i := range len(url) {
		if url[i] <= ' ' || url[i] > '~' {
			return ""
		}
	}
	return url
}
