package picture

import (
	"image"
	"image/color"
	"slices"
	"strconv"
)

// HalfBlocks returns the lines that draw a picture with two pixels in each cell: one in the colour of the upper half block's
// glyph, one in that of the background. A line has as many cells as the picture has pixels in a row, and SGR sequences only;
// it ends with a reset. A transparent pixel shows the terminal's background. trueColor is false for a terminal of 256 colours: then
// check is called for each row of pixels, as [Decode] calls it; otherwise never.
func HalfBlocks(img *image.RGBA, trueColor bool, check func()) []string {
	codes, w := colorCodes(img, trueColor, check), img.Rect.Dx()
	lines := make([]string, 0, (img.Rect.Dy()+1)/2)
	b := halfBlockWriter{trueColor: trueColor, foreground: none, background: none}
	for ; len(codes) > 0; codes = codes[min(2*w, len(codes)):] {
		b.line = b.line[:0]
		for x := range w {
			below := none
			if w+x < len(codes) {
				below = codes[w+x]
			}
			b.cell(codes[x], below)
		}
		b.pen(none, none)
		lines = append(lines, string(b.line))
	}
	return lines
}

// none is the code of no colour.
const none = -1

// colorCodes returns the code of each pixel's colour: 0xRRGGBB, or the number of a colour of 256; none for a transparent pixel.
func colorCodes(img *image.RGBA, trueColor bool, check func()) []int {
	codes := slices.Repeat([]int{none}, len(img.Pix)/4)
	if !trueColor {
		dither(img, xterm240, spreadCoarse, check, func(i, nearest int) { codes[i] = 16 + nearest })
		return codes
	}
	for i := range codes {
		if c := pixel(img, i); c.A > 0 {
			codes[i] = int(c.R)<<16 | int(c.G)<<8 | int(c.B)
		}
	}
	return codes
}

// xterm240 are xterm's cube of 216 colours and its 24 greys. The 16 before them are the reader's own.
var xterm240 = func() color.Palette {
	levels := [...]uint8{0, 95, 135, 175, 215, 255}
	p := make(color.Palette, 0, 240)
	for _, r := range levels {
		for _, g := range levels {
			for _, b := range levels {
				p = append(p, color.RGBA{r, g, b, 255})
			}
		}
	}
	for y := uint8(8); y <= 238; y += 10 {
		p = append(p, color.RGBA{y, y, y, 255})
	}
	return p
}()

// A halfBlockWriter writes a line of cells, and changes the pen only where the colours do.
type halfBlockWriter struct {
	trueColor              bool
	line                   []byte
	foreground, background int // colour codes; none for the terminal's own
}

// cell writes a cell with two colours.
func (w *halfBlockWriter) cell(above, below int) {
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
