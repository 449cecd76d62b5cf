package tui

import (
	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"postern/content/settings"
	"postern/sshapp/blog"
	"postern/sshapp/page"
	"postern/sshapp/picture"
	"postern/sshapp/state"
)

// A PicturesMsg tells the App that there is a picture that it has asked for. See [blog.Pictures].
type PicturesMsg struct{}

// A ClientCellMsg tells the App the size of the terminal's cells, as the client tells it.
type ClientCellMsg picture.Cell

// manyColours are those of a terminal of 256 or more, as [blog.Reader] counts them. Fewer don't show what a picture shows.
const manyColours = 1 << 24

// minPictureRows is the least height of a picture that shows anything.
const minPictureRows = 3

func (a *App) canShowPictures() bool {
	return a.reader.Pictures.Make != nil && a.reader.Colors >= manyColours
}

func (a *App) showsPictures() bool {
	byBlog := a.pictures == state.PicturesAsBlogSays && a.edition().Settings().Pictures != settings.CaptionPictures
	return a.canShowPictures() && (byBlog || a.pictures == state.PicturesShown)
}

// togglePictures changes between pictures and captions.
func (a *App) togglePictures() tea.Cmd {
	switch {
	case !a.canShowPictures():
		a.say("Pictures need a terminal of 256 colours: captions stand for them here.")
		return nil
	case a.showsPictures():
		a.pictures = state.CaptionsShown
		a.say("Captions stand for pictures.")
	default:
		a.pictures = state.PicturesShown
		a.say("Pictures are shown.")
	}
	a.keep(func(s *state.Settings) { s.Pictures = a.pictures })
	return nil
}

// renewPictures lets pictures be asked for again if the reader has done something.
func (a *App) renewPictures(msg tea.Msg) {
	switch msg.(type) {
	case tea.KeyPressMsg, tea.MouseWheelMsg, tea.WindowSizeMsg:
		if p := a.Pictures(); p != nil {
			p.Asker.Renew()
		}
	}
}

// pages returns the maker of the reader's pages. A picture takes at most half of the screen's height.
func (a *App) pages() blog.Pages {
	p := blog.Pages{Cache: a.blog.Pages, Turn: a.reader.Turn, Edition: a.edition(), Cell: a.cellSize(), Pictures: &a.reader.Pictures}
	p.Room.Wide = page.Wide(a.width)
	if n := a.height / 2; n >= minPictureRows && a.showsPictures() {
		p.Room.Box = picture.Box{Rows: n, Cell: p.Cell.OrDefault().Shape()}
	}
	return p
}

// alone returns the box of a picture that is shown alone; the zero Box if none can be.
func (a *App) alone() picture.Box {
	if !a.canShowPictures() {
		return picture.Box{}
	}
	return picture.Box{Cell: a.cellSize().OrDefault().Shape(), Fill: true}
}

// cellSize returns how many pixels the terminal's cells have; zero if that isn't known.
func (a *App) cellSize() picture.Cell {
	if p := a.Pictures(); p != nil && !a.cell.IsKnown() {
		return p.Cell
	}
	return a.cell
}

// Pictures returns how the pictures of the session are drawn; nil if there was none yet.
func (a *App) Pictures() *blog.Pictures { return a.reader.Pictures.Made() }

// drawPictures draws the pictures of the page in lines, a window of the layout that begins at its line top. Those of the screen
// below are asked for as well, so that they are there when the reader is.
func (s layout) drawPictures(e env, top int, lines []string) {
	for _, x := range s.page.Pictures {
		first := len(s.head) + x.First - top
		if first+x.Rows <= 0 || first >= 2*e.height {
			continue
		}
		for i, row := range e.pages.Drawn(x, e.theme) {
			if n := first + i; n >= 0 && n < len(lines) {
				lines[n] = cutBefore(lines[n], x.Left) + row
			}
		}
	}
}

// cutBefore returns what stands on a line before a column.
func cutBefore(line string, column int) string {
	if column == 0 {
		return ""
	}
	return ansi.TruncateWc(line, column, "")
}
