package tui

import (
	"path"

	tea "charm.land/bubbletea/v2"

	"postern/content"
	"postern/sshapp/blog"
	"postern/sshapp/cell"
	"postern/sshapp/page"
	"postern/sshapp/picture"
)

// photo shows a picture alone, as large as the screen.
type photo struct {
	picture page.Picture
	text    string // what it shows, by its author
}

var photoKeys = []binding{hinted(newBinding("any key", "back"))}

// openPicture opens the picture that a link of a post leads to. Where none can be shown, it tells how to fetch the file.
func (e env) openPicture(c *content.Post, to page.Link, file string) move {
	found, ok := page.FindPicture(e.edition, c, to.Target)
	if !ok || e.alone == (picture.Box{}) {
		command := blog.FetchCommand(e.host, file)
		return move{kind: back, notice: "Not shown here. Copied: " + command, copy: command}
	}
	return replacing(&photo{found, to.Text})
}

func (p *photo) keys() []binding   { return photoKeys }
func (p *photo) title(env) string  { return path.Base(p.picture.File) }
func (p *photo) status(env) string { return path.Base(p.picture.File) }

func (p *photo) update(_ env, msg tea.Msg) (move, tea.Cmd) {
	if key, ok := msg.(tea.KeyPressMsg); ok && key.String() != "ctrl+c" {
		return move{kind: back}, nil
	}
	return move{kind: pass}, nil
}

// view returns the picture in the middle of the screen. Until it is drawn, or if its file is damaged, its text stands there.
func (p *photo) view(e env) []string {
	box := e.alone
	box.Columns, box.Rows = e.width, e.height
	if e.width == 0 || e.height == 0 || box.Cell.Width == 0 {
		return nil
	}
	x := p.picture.In(box)
	lines, width := e.pages.Drawn(x, e.theme), x.Columns
	if len(lines) == 0 {
		lines = []string{cell.Cut(p.text, e.width)}
		width = cell.LineWidth(lines[0])
	}
	above := make([]string, (e.height-len(lines))/2)
	return append(above, cell.Indent(lines, (e.width-width)/2)...)
}
