package terminal

import (
	"hash/maphash"

	"github.com/charmbracelet/x/ansi"
)

// A Raster is a picture that is drawn by pixels over the blank cells of a frame. The zero Raster is none.
type Raster struct {
	Row, Column int    // of its upper left corner, from 0
	Picture     []byte // the sequence that draws it from the cursor on
}

// sequence returns what draws the raster in its place.
func (r Raster) sequence() string {
	if len(r.Picture) == 0 {
		return ""
	}
	return ansi.CursorPosition(r.Column+1, r.Row+1) + string(r.Picture)
}

// changeRaster reports whether another raster is to be shown. If there is one already, it goes when the whole frame is drawn.
func (t *Terminal) changeRaster(to Raster) bool {
	var now uint64
	if s := to.sequence(); s != "" {
		now = maphash.String(seed, s) | 1
	}
	before := t.raster
	t.raster = now
	if before != 0 && now != before {
		t.renderer.forget()
	}
	return now != before
}
