package picture

import (
	"image"
	"image/color"

	"golang.org/x/image/draw"
)

// An orientation is how a picture is to be turned, as Exif counts. From transposed on, its width is its file's height.
type orientation uint16

const (
	upright orientation = iota + 1
	mirrored
	turned // upside down
	flipped
	transposed
	turnedRight
	transversed
	turnedLeft
)

// Scale returns the picture with so many pixels. Where it becomes much smaller, groups of pixels are averaged first, row by row,
// so that no more than a row of a large picture is converted at a time; the rest is Catmull-Rom.
func (p *Picture) Scale(width, height int) *image.RGBA {
	w, h := width, height
	if p.orientation >= transposed {
		w, h = h, w
	}
	averaged := p.orientation.apply(p.average(w, h))
	p.check()
	scaled := image.NewRGBA(image.Rect(0, 0, width, height))
	draw.CatmullRom.Scale(scaled, scaled.Bounds(), averaged, averaged.Bounds(), draw.Src, nil)
	return scaled
}

// average returns the picture as its file has it, with fewer than twice so many pixels in a row and a column, or with its own if
// those are fewer.
func (p *Picture) average(width, height int) *image.RGBA {
	w, h := p.Width, p.Height
	if p.orientation >= transposed {
		w, h = h, w
	}
	byX, byY := max(1, w/width), max(1, h/height)
	small := image.NewRGBA(image.Rect(0, 0, w/byX, h/byY))
	row := image.NewRGBA(image.Rect(0, 0, w, 1))
	sums := make([]uint64, 4*small.Rect.Dx())
	drawRow, origin := p.rowDrawer(), image.Point{}
	if p.format != isGIF { // a frame may be a part of its picture
		origin = p.image.Bounds().Min
	}
	for y := range small.Rect.Dy() {
		clear(sums)
		for i := range byY {
			p.check()
			clear(row.Pix)
			drawRow(row, origin.Add(image.Pt(0, y*byY+i)))
			addRow(sums, row.Pix, byX)
		}
		for i, sum := range sums {
			small.Pix[y*small.Stride+i] = uint8(sum / uint64(byX*byY))
		}
	}
	return small
}

// rowDrawer returns a func that draws a row of the picture, from a point on. The package draw asks a paletted picture for each of its
// pixels, which takes ten times as long.
func (p *Picture) rowDrawer() func(row *image.RGBA, from image.Point) {
	from, ok := p.image.(*image.Paletted)
	if !ok {
		return func(row *image.RGBA, at image.Point) { draw.Draw(row, row.Rect, p.image, at, draw.Src) }
	}
	var colors [256]color.RGBA
	for i, c := range from.Palette {
		colors[i] = color.RGBAModel.Convert(c).(color.RGBA)
	}
	return func(row *image.RGBA, at image.Point) {
		there := row.Rect.Add(at).Intersect(from.Rect)
		if there.Empty() {
			return
		}
		to := row.Pix[4*(there.Min.X-at.X):]
		for i, index := range from.Pix[from.PixOffset(there.Min.X, there.Min.Y):][:there.Dx()] {
			c := colors[index]
			copy(to[4*i:], []uint8{c.R, c.G, c.B, c.A})
		}
	}
}

// addRow adds the pixels of a row to sums, n of them to each.
func addRow(sums []uint64, row []uint8, n int) {
	for x := 0; x < len(sums); x += 4 {
		var r, g, b, a uint64
		pixels := row[:4*n]
		for i := 0; i < len(pixels); i += 4 {
			p := pixels[i : i+4 : i+4]
			r, g, b, a = r+uint64(p[0]), g+uint64(p[1]), b+uint64(p[2]), a+uint64(p[3])
		}
		s := sums[x : x+4 : x+4]
		s[0], s[1], s[2], s[3] = s[0]+r, s[1]+g, s[2]+b, s[3]+a
		row = row[4*n:]
	}
}

// apply turns a picture.
func (o orientation) apply(from *image.RGBA) *image.RGBA {
	if o <= upright {
		return from
	}
	w, h := from.Rect.Dx(), from.Rect.Dy()
	to := image.NewRGBA(image.Rect(0, 0, w, h))
	if o >= transposed {
		to = image.NewRGBA(image.Rect(0, 0, h, w))
	}
	for y := range h {
		for x := range w {
			atX, atY := o.place(x, y, w, h)
			to.SetRGBA(atX, atY, from.RGBAAt(x, y))
		}
	}
	return to
}

// place returns where a pixel of a picture of w × h pixels comes to stand.
func (o orientation) place(x, y, w, h int) (int, int) {
	switch o {
	case mirrored:
		return w - 1 - x, y
	case turned:
		return w - 1 - x, h - 1 - y
	case flipped:
		return x, h - 1 - y
	case transposed:
		return y, x
	case turnedRight:
		return h - 1 - y, x
	case transversed:
		return h - 1 - y, w - 1 - x
	case turnedLeft:
		return y, w - 1 - x
	}
	return x, y
}
