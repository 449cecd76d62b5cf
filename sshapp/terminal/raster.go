package terminal

import (
	"hash/maphash"

	"github.com/charmbracelet/x/ansi"

	"postern/sshapp/picture"
)

// drawRaster returns the sequences that draw a raster in its place; empty if there is none.
func drawRaster(r picture.Raster) string {
	if len(r.Sequence) == 0 {
		return ""
	}
	return ansi.CursorPosition(r.Column+1, r.Row+1) + string(r.Sequence)
}

// changeRaster reports whether another raster is to be shown. If there is one already, it goes when the whole frame is drawn.
func (t *Terminal) changeRaster(to picture.Raster) bool {
	var now uint64
	if s := drawRaster(to); s != "" {
		now = maphash.String(seed, s) | 1
	}
	before := t.raster
	t.raster = now
	if before != 0 && now != before {
		t.renderer.forget()
	}
	return now != before
}
