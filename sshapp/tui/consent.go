package tui

import (
	tea "charm.land/bubbletea/v2"

	"postern/sshapp/blog"
	"postern/sshapp/cell"
)

// consent asks a reader who has proved a key whether they want to be remembered. Nothing is kept before they say yes.
type consent struct{}

var consentKeys = []binding{
	hinted(bind((*consent).agree, "y", "yes, remember me", "y")),
	hinted(bind(goBack, "n", "no, read on", "n", "enter", "space")),
}

func (*consent) keys() []binding                     { return consentKeys }
func (*consent) title(e env) string                  { return e.words.Say("Remember you?") }
func (*consent) status(env) string                   { return "" }
func (*consent) update(env, tea.Msg) (move, tea.Cmd) { return move{kind: pass}, nil }

func (*consent) agree(e env) move {
	e.memory.Agree()
	return e.backWith("You are remembered from now on. B keeps bookmarks, and lists them.")
}

func (*consent) view(e env) []string {
	measure, margin := e.measure()
	lines := []string{"", cell.Bold(cell.CutToStart(e.words.Say("Shall this blog remember you?"), measure)), ""}
	for _, line := range blog.Consent(e.words, e.host) {
		lines = append(lines, cell.WrapToStart(line, measure)...)
	}
	return cell.Indent(lines, margin)
}
