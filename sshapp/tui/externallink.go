package tui

import (
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"postern/sshapp/cell"
)

// externalLink shows the whole address of a link that leads out of the blog, for the terminal to open or the reader to type.
type externalLink struct {
	url string // bounded by [content.Edition.Resolve]
}

var externalLinkKeys = []binding{
	hinted(bind((*externalLink).copy, "y", "copy", "y")),
	bind(goBack, "enter", "back", "enter", "space"),
}

func (l *externalLink) keys() []binding                     { return externalLinkKeys }
func (l *externalLink) title(e env) string                  { return e.words.Say("A link") }
func (l *externalLink) status(env) string                   { return "" }
func (l *externalLink) update(env, tea.Msg) (move, tea.Cmd) { return move{kind: pass}, nil }
func (l *externalLink) copy(e env) move                     { return e.copied(l.url) }

func (l *externalLink) view(e env) []string {
	measure, margin := e.measure()
	lines := []string{"", cell.Bold(e.words.Say("This link leads out of the blog:")), ""}
	for _, line := range cell.Wrap(l.url, measure) {
		lines = append(lines, ansi.SetHyperlink(asciiOnly(l.url), "id=out")+line+ansi.ResetHyperlink())
	}
	return cell.Indent(lines, margin)
}

// asciiOnly returns a URL that is safe in an escape sequence, and "" for one with anything but visible ASCII.
func asciiOnly(url string) string {
	for i := range len(url) {
		if url[i] <= ' ' || url[i] > '~' {
			return ""
		}
	}
	return url
}
