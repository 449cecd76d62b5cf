package tui

import (
	"fmt"

	tea "charm.land/bubbletea/v2"

	"postern/sshapp/page"
)

// copier shows a post while the reader chooses what to copy. Its keys are shown in the footer only, so any other key closes
// it, and any notice.
type copier struct{ of *post }

var copierKeys = []binding{
	hinted(bind((*copier).code, "c", "code", "c")),
	hinted(bind((*copier).link, "l", "link", "l")),
	hinted(bind((*copier).command, "s", "command", "s")),
	hinted(bind((*copier).markdown, "m", "Markdown", "m")),
	bind((*copier).close, "y", "nothing", "y", "esc"),
}

func (c *copier) keys() []binding     { return copierKeys }
func (c *copier) title(e env) string  { return c.of.title(e) }
func (c *copier) status(env) string   { return "copy what?" }
func (c *copier) view(e env) []string { return c.of.view(e) }
func (c *copier) close(env) move      { return move{kind: back} }

func (c *copier) update(_ env, msg tea.Msg) (move, tea.Cmd) {
	if _, ok := msg.(tea.KeyPressMsg); ok {
		return move{kind: backAndPass}, nil
	}
	return move{kind: pass}, nil
}

func (p *post) copy(env) move { return opening(&copier{p}) }

// copied returns the notice for something copied. No terminal tells whether it was, so it says what to do if not.
func copied(what string) string {
	return "Copied " + what + ". Not there? Let your terminal take OSC 52."
}

// maxCopy bounds what is copied, in bytes: xterm and hterm take 100,000 bytes of base64, which are about 74,994 of text.
const maxCopy = 74_994

// copying copies a text, if it isn't too long, and closes the copier.
func copying(what, text string) move {
	if len(text) > maxCopy {
		return move{kind: back, say: fmt.Sprintf("%d KB are more than a terminal takes at once.", len(text)>>10)}
	}
	return move{kind: back, say: copied(what), copy: text}
}

// code copies the first block of code on the screen.
func (c *copier) code(e env) move {
	s := c.of.layout(e)
	top := c.of.top(e, s) - len(s.head)
	for _, b := range s.page.Blocks {
		if b.Kind == page.CodeBlock && b.Last >= top && b.First < top+e.height {
			return copying("the code", b.Text)
		}
	}
	return move{kind: back, say: "There is no code on this screen."}
}

func (c *copier) markdown(e env) move { return copying("the Markdown", c.of.layout(e).post.Body) }

func (c *copier) link(e env) move {
	return e.withHostNotice(copying("the link", e.host.Link(c.of.address)))
}

func (c *copier) command(e env) move {
	return e.withHostNotice(copying("the command", e.host.Command(c.of.address)))
}

// withHostNotice changes the notice for an address without a host, which readers have to fill in.
func (e env) withHostNotice(m move) move {
	if e.host == "" {
		m.say = "Copied, with HOST where the blog's own address belongs."
	}
	return m
}
