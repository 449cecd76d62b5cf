package tui

import (
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"postern/sshapp/cell"
)

// external shows the whole address of a link that leads out of the blog. Terminals can open it, and people can type it.
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
	lines := []string{"", cell.Bold("This link leads out of the blog:"), ""}
	for _, l := range cell.Wrap(o.url, measure) {
		lines = append(lines, ansi.SetHyperlink(asciiOnly(o.url), "id=out")+l+ansi.ResetHyperlink())
	}
	return cell.Indent(lines, margin)
}

// asciiOnly returns a URL that is safe in an escape sequence; empty if it has anything but visible ASCII.
func asciiOnly(url string) string {
	for i := range len(url) {
		if url[i] <= ' ' || url[i] > '~' {
			return ""
		}
	}
	return url
}
