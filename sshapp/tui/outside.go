package tui

import (
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// outside shows an address that lies outside of the blog, in full, for terminals that can open it and for people who
// type it.
type outside struct {
	url string // bounded by [content.Edition.Resolve]
}

var outsideKeys = []binding{
	hinted(on((*outside).copy, "y", "copy it again", "y")),
	on((*outside).close, "enter", "back", "enter", "space"),
}

func (o *outside) keys() []binding                     { return outsideKeys }
func (o *outside) title(env) string                    { return "A link" }
func (o *outside) status(env) string                   { return "" }
func (o *outside) update(env, tea.Msg) (move, tea.Cmd) { return move{kind: pass}, nil }
func (o *outside) close(env) move                      { return move{kind: back} }
func (o *outside) copy(env) move                       { return move{say: copied("the address"), copy: o.url} }

func (o *outside) view(e env) []string {
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
