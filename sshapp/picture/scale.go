package picture

import (
	"image"

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
	origin := image.Point{}
	if p.format != isGIF { // a frame may be a part of its picture
		origin = p.image.Bounds().Min
	}
	for y := range small.Rect.Dy() {
		p.check()
		clear(sums)
		for i := range byY {
			clear(row.Pix)
			draw.Draw(row, row.Rect, p.image, origin.Add(image.Pt(0, y*byY+i)), draw.Src)
			addRow(sums, row.Pix, byX)
		}
		for i, sum := range sums {
			small.Pix[y*small.Stride+i] = uint8(sum / uint64(byX*byY))
		}
	}
	return small
}

// addRow adds the pixels of a row to sums, n of them to each.
func addRow(sums []uint64, row []uint8, n int) {
	for x := 0; x < len(sums); x += 4 {
		for range n {
			for c := range 4 {
				sums[x+c] += uint64(row[c])
			}
			row = row[4:]
		}
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
