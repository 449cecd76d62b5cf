package picture

import (
	"image"
	"image/color"
	"strconv"
)

// HalfBlocks returns the lines that draw a picture with two pixels in each cell: one in the colour of the upper half block's
// glyph, one in that of the background. A line has as many cells as the picture has pixels in a row, and SGR sequences only;
// it ends with a reset. A transparent pixel shows the terminal's background. trueColor is false for a terminal of 256 colours.
func HalfBlocks(img *image.RGBA, trueColor bool) []string {
	lines := make([]string, 0, (img.Rect.Dy()+1)/2)
	b := halfBlockWriter{trueColor: trueColor, foreground: none, background: none}
	for y := 0; y < img.Rect.Dy(); y += 2 {
		b.line = b.line[:0]
		for x := range img.Rect.Dx() {
			b.cell(img.RGBAAt(x, y), img.RGBAAt(x, y+1)) // below the last row all is transparent
		}
		b.pen(none, none)
		lines = append(lines, string(b.line))
	}
	return lines
}

// A halfBlockWriter writes a line of cells, and changes the pen only where the colours do.
type halfBlockWriter struct {
	trueColor              bool
	line                   []byte
	foreground, background int // colour codes; none for the terminal's own
}

// none is the code of no colour.
const none = -1

func (w *halfBlockWriter) cell(upper, lower color.RGBA) {
	above, below := w.code(upper), w.code(lower)
	switch {
	case above == none && below == none:
		if w.background != none {
			w.pen(none, none)
		}
		w.line = append(w.line, ' ')
	case above == below && w.foreground != above: // a blank needs one colour
		w.pen(w.foreground, below)
		w.line = append(w.line, ' ')
	case above == none:
		w.pen(below, none)
		w.line = append(w.line, "▄"...)
	case below != none && (w.foreground == below || w.background == above): // half of the pen is right for the lower half block
		w.pen(below, above)
		w.line = append(w.line, "▄"...)
	default:
		w.pen(above, below)
		w.line = append(w.line, "▀"...)
	}
}

// code returns a colour's code: 0xRRGGBB, or the number of a colour of 256.
func (w *halfBlockWriter) code(c color.RGBA) int {
	switch {
	case c.A < opaque:
		return none
	case w.trueColor:
		return int(c.R)<<16 | int(c.G)<<8 | int(c.B)
	}
	return nearest256(c)
}

// pen sets the colours that follow.
func (w *halfBlockWriter) pen(foreground, background int) {
	if (foreground == none && w.foreground != none) || (background == none && w.background != none) {
		w.line = append(w.line, "\x1b[m"...)
		w.foreground, w.background = none, none
	}
	if foreground == w.foreground && background == w.background {
		return
	}
	w.line = append(w.line, "\x1b["...)
	if foreground != w.foreground {
		w.color("38", foreground)
		if background != w.background {
			w.line = append(w.line, ';')
		}
	}
	if background != w.background {
		w.color("48", background)
	}
	w.line = append(w.line, 'm')
	w.foreground, w.background = foreground, background
}

// color writes the parameters of a colour (ECMA-48, 8.3.117, and ISO 8613-6).
func (w *halfBlockWriter) color(selector string, code int) {
	w.line = append(w.line, selector...)
	if !w.trueColor {
		w.line = append(w.line, ";5;"...)
		w.line = strconv.AppendInt(w.line, int64(code), 10)
		return
	}
	w.line = append(w.line, ";2"...)
	for _, shift := range [...]int{16, 8, 0} {
		w.line = append(w.line, ';')
		w.line = strconv.AppendInt(w.line, int64(code>>shift&0xff), 10)
	}
}

// nearest256 returns the colour of xterm's cube of 216 or of its 24 greys that is nearest to c. The 16 before them are the
// reader's own.
func nearest256(c color.RGBA) int {
	r, g, b := cubeLevel(c.R), cubeLevel(c.G), cubeLevel(c.B)
	grey := min(max((luminance(c)-3)/10, 0), 23)
	cube := distance(c, cubeLevels[r], cubeLevels[g], cubeLevels[b])
	if y := 8 + 10*grey; distance(c, y, y, y) < cube {
		return 232 + grey
	}
	return 16 + 36*r + 6*g + b
}

// cubeLevels are the values that red, green and blue have in the cube.
var cubeLevels = [...]int{0, 95, 135, 175, 215, 255}

// cubeLevel returns which of the cubeLevels is nearest.
func cubeLevel(v uint8) int {
	switch {
	case v < 48:
		return 0
	case v < 115:
		return 1
	}
	return (int(v) - 35) / 40
}

// distance is how far a colour is from another, with the weights that the eye gives to red, green and blue.
func distance(c color.RGBA, r, g, b int) int {
	dr, dg, db := int(c.R)-r, int(c.G)-g, int(c.B)-b
	return 3*dr*dr + 6*dg*dg + db*db
}
