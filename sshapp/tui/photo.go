package tui

import (
	"cmp"
	"path"
	"slices"

	tea "charm.land/bubbletea/v2"

	"postern/content"
	"postern/sshapp/blog"
	"postern/sshapp/cell"
	"postern/sshapp/page"
	"postern/sshapp/picture"
)

// photo shows a picture alone, as large as the screen. Where it can't be shown, it says how to fetch the file.
type photo struct {
	picture page.Picture // zero if it can't be shown
	file    string       // as [content.Target] has it
	text    string       // what it shows, by its author; may be empty
}

var photoKeys = []binding{
	hinted(bind((*photo).copy, "y", "copy the command that fetches it", "y")),
	hinted(newBinding("any key", "back")),
}

// openPicture opens the picture that a link of a post leads to.
func (e env) openPicture(c *content.Post, to page.Link, file string) move {
	found, ok := page.FindPicture(e.edition, c, to.Target)
	if !ok || e.alone == (picture.Box{}) {
		found = page.Picture{}
	}
	return replacing(&photo{found, file, to.Text})
}

func (p *photo) keys() []binding   { return photoKeys }
func (p *photo) title(env) string  { return path.Base(p.file) }
func (p *photo) status(env) string { return path.Base(p.file) }

func (p *photo) copy(e env) move {
	return e.withHostNotice(e.copied(blog.FetchCommand(e.host, p.file)))
}

func (p *photo) update(_ env, msg tea.Msg) (move, tea.Cmd) {
	if key, ok := msg.(tea.KeyPressMsg); ok && key.String() != "ctrl+c" {
		return move{kind: back}, nil
	}
	return move{kind: pass}, nil
}

func (p *photo) view(e env) []string {
	if p.picture.File == "" {
		return p.fetchText(e)
	}
	return p.drawn(e)
}

// fetchText returns what stands in the place of a picture that can't be shown.
func (p *photo) fetchText(e env) []string {
	measure, margin := e.measure()
	lines := []string{"", cell.Bold(cell.Cut(path.Base(p.file), measure)), ""}
	for _, text := range []string{p.text, e.words.Say("It can't be shown here. This command fetches it:"), blog.FetchCommand(e.host, p.file)} {
		if text != "" {
			lines = slices.Concat(lines, cell.Wrap(text, measure), []string{""})
		}
	}
	return cell.Indent(lines, margin)
}

// drawn returns the picture in the middle of the screen; nothing where a [picture.Raster] is drawn. Until there is one, or if its file is
// damaged, its text stands there.
func (p *photo) drawn(e env) []string {
	x, ok := p.in(e)
	if !ok {
		return nil
	}
	var lines []string
	width := x.Columns
	if sequence, bySixels := e.pages.Sixel(x.ForSixel(e.pages.Cell), e.theme); !bySixels {
		lines = e.pages.Drawn(x, e.theme)
	} else if sequence != nil {
		return nil
	}
	if len(lines) == 0 {
		lines = []string{cell.Cut(cmp.Or(p.text, path.Base(p.file)), e.width)}
		width = cell.LineWidth(lines[0])
	}
	above := make([]string, (e.height-len(lines))/2)
	return append(above, cell.Indent(lines, (e.width-width)/2)...)
}

// in returns the picture as large as the screen. It is not ok if nothing can be shown.
func (p *photo) in(e env) (x page.Picture, ok bool) {
	box := e.alone
	box.Columns, box.Rows = e.width, e.height
	if p.picture.File == "" || e.width == 0 || e.height == 0 || box.Cell.Width == 0 {
		return page.Picture{}, false
	}
	return p.picture.In(box), true
}

// Raster returns the picture that is drawn over the frame. Without a Sequence there is none.
func (a *App) Raster() picture.Raster {
	p, ok := a.top().(*photo)
	if !ok || a.width < minWidth || a.height < minHeight {
		return picture.Raster{}
	}
	e := a.env()
	x, ok := p.in(e)
	if !ok {
		return picture.Raster{}
	}
	x = x.ForSixel(e.pages.Cell)
	sequence, _ := e.pages.Sixel(x, e.theme)
	return picture.Raster{Row: len(e.problemBar) + (e.height-x.Rows)/2, Column: (e.width - x.Columns) / 2, Sequence: sequence}
}
