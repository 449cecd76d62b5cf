package picture

import (
	"image"
	"image/color"
	"slices"
)

// reduce returns a picture in at most so many colours, up to 256, one of them transparent if it has transparent parts: its own if it
// has no more, or else those of a median cut, dithered. A pixel is transparent or not. It calls check all along, as [Decode] does.
func reduce(img *image.RGBA, colors int, check func()) *image.Paletted {
	p := image.NewPaletted(img.Rect, nil)
	if palette, index, ok := ownColors(img, colors); ok {
		p.Palette = palette
		for i := range p.Pix {
			p.Pix[i] = index[pixel(img, i)]
		}
		return p
	}
	h := newHistogram(img)
	p.Palette = append(color.Palette{color.RGBA{}}, h.palette(colors-1)...)
	dither(img, p.Palette[1:], spreadFine, check, func(i, nearest int) { p.Pix[i] = uint8(nearest + 1) })
	return p
}

// pixel returns the colour of a pixel, which is transparent or opaque.
func pixel(img *image.RGBA, i int) color.RGBA {
	p := img.Pix[4*i : 4*i+4 : 4*i+4]
	switch a := uint32(p[3]); {
	case a < opaque:
		return color.RGBA{}
	case a < 255:
		whole := func(v uint8) uint8 { return uint8(min(255, uint32(v)*255/a)) }
		return color.RGBA{whole(p[0]), whole(p[1]), whole(p[2]), 255}
	}
	return color.RGBA{p[0], p[1], p[2], 255}
}

// ownColors returns the colours of a picture, and the index of each. It is not ok if they are too many.
func ownColors(img *image.RGBA, most int) (palette color.Palette, index map[color.RGBA]uint8, ok bool) {
	index = map[color.RGBA]uint8{}
	for i := range len(img.Pix) / 4 {
		c := pixel(img, i)
		if _, known := index[c]; known {
			continue
		}
		if len(palette) == most {
			return nil, nil, false
		}
		index[c] = uint8(len(palette))
		palette = append(palette, c)
	}
	return palette, index, true
}

// A histogram counts colours in bins of 5 bits a channel.
type histogram []bin

// A bin is the sum of the colours in it, and how many they are.
type bin struct{ r, g, b, n int }

// binOf returns the number of a colour's bin.
func binOf(r, g, b int) int { return r>>3<<10 | g>>3<<5 | b>>3 }

// newHistogram returns the bins of the opaque pixels that are not empty.
func newHistogram(img *image.RGBA) histogram {
	all := make(histogram, 1<<15)
	for i := range len(img.Pix) / 4 {
		c := pixel(img, i)
		if c.A == 0 {
			continue
		}
		b := &all[binOf(int(c.R), int(c.G), int(c.B))]
		b.r, b.g, b.b, b.n = b.r+int(c.R), b.g+int(c.G), b.b+int(c.B), b.n+1
	}
	return slices.DeleteFunc(all, func(b bin) bool { return b.n == 0 })
}

// A box is bins that are to become one colour (Heckbert, 1982).
type box struct {
	bins histogram
	axis int // the channel in which they differ most
	loss int // what is lost by it: 0 for a single bin
}

// palette returns n colours for the bins, or fewer: a median cut, which divides the box that loses most.
func (h histogram) palette(n int) color.Palette {
	boxes := []box{newBox(h)}
	for len(boxes) < n {
		worst := &boxes[0]
		for i := range boxes {
			if boxes[i].loss > worst.loss {
				worst = &boxes[i]
			}
		}
		if worst.loss == 0 {
			break
		}
		first, second := worst.bins.divide(worst.axis)
		*worst = newBox(first)
		boxes = append(boxes, newBox(second))
	}
	var colors color.Palette
	for _, x := range boxes {
		s := x.bins.sum()
		colors = append(colors, color.RGBA{uint8(s.r / s.n), uint8(s.g / s.n), uint8(s.b / s.n), 255})
	}
	return colors
}

// channels returns the mean colour of a bin.
func (b bin) channels() [3]int { return [...]int{b.r / b.n, b.g / b.n, b.b / b.n} }

func (h histogram) sum() bin {
	var s bin
	for _, b := range h {
		s.r, s.g, s.b, s.n = s.r+b.r, s.g+b.g, s.b+b.b, s.n+b.n
	}
	return s
}

func newBox(h histogram) box {
	low, high, n := [3]int{255, 255, 255}, [3]int{}, 0
	for _, b := range h {
		for i, v := range b.channels() {
			low[i], high[i] = min(low[i], v), max(high[i], v)
		}
		n += b.n
	}
	x := box{bins: h}
	for i := range low {
		if l := (high[i] - low[i]) * n; l > x.loss {
			x.axis, x.loss = i, l
		}
	}
	return x
}

// divide divides two or more bins where half of the pixels are on either side.
func (h histogram) divide(axis int) (first, second histogram) {
	slices.SortFunc(h, func(a, b bin) int { return a.channels()[axis] - b.channels()[axis] })
	half, n, at := h.sum().n/2, 0, 0
	for at < len(h)-1 && (at == 0 || n+h[at].n <= half) {
		n += h[at].n
		at++
	}
	return h[:at], h[at:]
}
