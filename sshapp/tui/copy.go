package tui

import (
	tea "charm.land/bubbletea/v2"
)

// copyPrompt shows a post while the reader chooses what to copy. Only the footer shows its keys. So a notice, which replaces
// the footer, closes it, and so does any other key.
type copyPrompt struct{ overlay }

var copyPromptKeys = []binding{
	hinted(bind((*copyPrompt).code, "c", "code", "c")),
	hinted(bind((*copyPrompt).link, "l", "link", "l")),
	hinted(bind((*copyPrompt).command, "s", "command", "s")),
	hinted(bind((*copyPrompt).markdown, "m", "Markdown", "m")),
	bind(goBack, "y", "nothing", "y", "esc"),
}

func (c *copyPrompt) keys() []binding     { return copyPromptKeys }
func (c *copyPrompt) status(e env) string { return e.words.Say("copy what?") }
func (c *copyPrompt) view(e env) []string { return c.below.view(e) }

func (c *copyPrompt) update(_ env, msg tea.Msg) (move, tea.Cmd) {
	if _, ok := msg.(tea.KeyPressMsg); ok {
		return move{kind: backAndPass}, nil
	}
	return move{kind: pass}, nil
}

func (p *post) copy(env) move { return opening(&copyPrompt{overlay{p}}) }

// copied copies a text, and shows a notice of it. Terminals don't tell whether they took it, so the notice says what to do if
// they didn't.
func (e env) copied(text string) move {
	return move{notice: e.words.Say("Copied. Not there? Let your terminal take OSC 52."), copy: text}
}

// maxCopy is how many bytes can be copied: xterm and hterm take 100,000 bytes of base64, which are about 74,994 of text.
const maxCopy = 74_994

// copying closes the copyPrompt and copies a text, unless it is longer than maxCopy.
func (e env) copying(text string) move {
	if len(text) > maxCopy {
		return e.backWith("%d KB are more than a terminal takes at once.", len(text)>>10)
	}
	m := e.copied(text)
	m.kind = back
	return m
}

// code copies the first block of code on the screen, or the source of a formula or a diagram.
func (c *copyPrompt) code(e env) move {
	s := c.below.layout(e)
	top := c.below.top(e, s) - len(s.head)
	for _, b := range s.page.Blocks {
		if b.Text != "" && b.Last >= top && b.First < top+e.height {
			return e.copying(b.Text)
		}
	}
	return e.backWith("There is no code on this screen.")
}

func (c *copyPrompt) markdown(e env) move {
	return e.copying(c.below.layout(e).post.Body)
}

func (c *copyPrompt) link(e env) move {
	return e.withHostNotice(e.copying(e.host.Link(c.below.address)))
}

func (c *copyPrompt) command(e env) move {
	return e.withHostNotice(e.copying(e.host.Command(c.below.address)))
}

// withHostNotice changes the notice if the blog's host isn't known, for readers have to fill it in then.
func (e env) withHostNotice(m move) move {
	if e.host == "" {
		m.notice = e.words.Say("Copied, with HOST where the blog's own address belongs.")
	}
	return m
}
