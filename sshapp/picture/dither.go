package picture

import (
	"image"
	"image/color"
)

// How much of a colour's error is spread, in quarters. All of it speckles small pictures. Pixels that are halves of cells speckle with
// more than a quarter in colours that weren't chosen for the picture: an area of one colour gets dots of others.
const (
	spreadFine   = 3
	spreadCoarse = 1
)

// dither calls set with the number of each opaque pixel and that of its colour in a palette. What a colour differs from a
// pixel's is spread over the pixels beside and below (Floyd and Steinberg, 1976), as much of it as spread says. It calls check for
// each row.
func dither(img *image.RGBA, palette color.Palette, spread int, check func(), set func(i, nearest int)) {
	colors := make([][3]int, len(palette))
	for i, c := range palette {
		rgba := c.(color.RGBA)
		colors[i] = [...]int{int(rgba.R), int(rgba.G), int(rgba.B)}
	}
	known := make([]int16, 1<<15) // the nearest colour of each bin, and 1 more
	w := img.Rect.Dx()
	errs, below := make([][3]int, w+2), make([][3]int, w+2) // in sixteenths, from one pixel left of the row
	for y := range img.Rect.Dy() {
		check()
		for x := range w {
			c := pixel(img, y*w+x)
			if c.A == 0 {
				continue
			}
			want := [...]int{int(c.R), int(c.G), int(c.B)}
			for i := range want {
				want[i] = min(max(want[i]+errs[x+1][i]/16, 0), 255)
			}
			b := binOf(want[0], want[1], want[2])
			if known[b] == 0 {
				known[b] = int16(nearestColor(colors, want)) + 1
			}
			nearest := int(known[b]) - 1
			set(y*w+x, nearest)
			for i := range want {
				e := (want[i] - colors[nearest][i]) * spread / 4
				errs[x+2][i] += 7 * e
				below[x][i] += 3 * e
				below[x+1][i] += 5 * e
				below[x+2][i] += e
			}
		}
		errs, below = below, errs
		clear(below)
	}
}

// nearestColor returns which colour is nearest.
func nearestColor(colors [][3]int, want [3]int) int {
	best, least := 0, 1<<30
	for i, c := range colors {
		if d := distance(c, want); d < least {
			best, least = i, d
		}
	}
	return best
}

// distance is how far a colour is from another, with the weights that the eye gives to red, green and blue.
func distance(a, b [3]int) int {
	dr, dg, db := a[0]-b[0], a[1]-b[1], a[2]-b[2]
	return 3*dr*dr + 6*dg*dg + db*db
}
