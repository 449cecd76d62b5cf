package picture

import (
	"image"
	"image/color"
	"slices"
	"strconv"
)

// SixelRows is how many rows of pixels a sixel has (DEC STD 070, chapter 9).
const SixelRows = 6

// sixelColors is how many colours a picture has. With more a photo looks much the same, and 256 take half as many bytes again.
const sixelColors = 64

// Sixel returns the sequence that draws a picture from the cursor on, in 64 colours. Transparent pixels are left as they are. It calls check
// all along, as [Decode] does.
func Sixel(img *image.RGBA, check func()) []byte {
	p := reduce(img, sixelColors, check)
	w, h := p.Rect.Dx(), p.Rect.Dy()
	b := append([]byte("\x1bP0;1q\"1;1;"), strconv.Itoa(w)...)
	b = append(append(b, ';'), strconv.Itoa(h)...)
	for i, c := range p.Palette {
		if rgba := c.(color.RGBA); rgba.A > 0 {
			b = appendNumbers(b, '#', i, 2, percent(rgba.R), percent(rgba.G), percent(rgba.B))
		}
	}
	columns := make([][]byte, len(p.Palette)) // for each colour of a band, which pixels of each column have it
	for top := 0; top < h; top += SixelRows {
		check()
		for i, index := range p.Pix[top*p.Stride : min(top+SixelRows, h)*p.Stride] {
			if columns[index] == nil {
				columns[index] = make([]byte, w)
			}
			columns[index][i%p.Stride] |= 1 << (i / p.Stride)
		}
		for i, bits := range columns {
			if slices.Max(append(bits, 0)) > 0 && p.Palette[i].(color.RGBA).A > 0 {
				b = append(appendSixels(appendNumbers(b, '#', i), bits), '$')
			}
			clear(bits)
		}
		b = append(b, '-')
	}
	return append(b, "\x1b\\"...)
}

// appendNumbers appends a command with its parameters.
func appendNumbers(b []byte, command byte, parameters ...int) []byte {
	b = append(b, command)
	for i, n := range parameters {
		if i > 0 {
			b = append(b, ';')
		}
		b = strconv.AppendInt(b, int64(n), 10)
	}
	return b
}

// appendSixels appends the sixels of one colour in a band; four and more that are the same as one, with their number.
func appendSixels(b, bits []byte) []byte {
	for len(bits) > 0 {
		n := 1
		for n < len(bits) && bits[n] == bits[0] {
			n++
		}
		sixel := '?' + bits[0]
		switch {
		case n == len(bits) && bits[0] == 0: // nothing follows
		case n > 3:
			b = append(appendNumbers(b, '!', n), sixel)
		default:
			b = append(b, slices.Repeat([]byte{sixel}, n)...)
		}
		bits = bits[n:]
	}
	return b
}

// percent returns a channel's value in the unit of sixels' palettes.
func percent(v uint8) int { return (int(v)*100 + 127) / 255 }
