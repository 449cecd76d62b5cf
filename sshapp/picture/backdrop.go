package picture

import (
	"image"
	"image/color"
)

// A Backdrop is what a picture with transparent parts stands on: a colour or, for the zero Backdrop, the terminal's own background,
// which may be dark or light.
type Backdrop struct{ color color.RGBA }

// BackdropOf returns the backdrop of a background in this colour; nil for the terminal's own.
func BackdropOf(c color.Color) Backdrop {
	if c == nil {
		return Backdrop{}
	}
	return Backdrop{color.RGBAModel.Convert(c).(color.RGBA)}
}

func (b Backdrop) isKnown() bool { return b != Backdrop{} }
func (b Backdrop) isDark() bool  { return b.isKnown() && luminance(b.color) < 128 }
func (b Backdrop) isLight() bool { return b.isKnown() && !b.isDark() }

const (
	opaque = 128 // the least alpha of a pixel that is drawn
	faint  = 16  // the least alpha that can be seen on a known backdrop
)

// vanishing is the part of a picture's outline that may be lost on its backdrop, as 1/vanishing: black letters beside a red disc are
// more, and the black parts of a photo are less.
const vanishing = 4

// Compose puts a picture with transparent parts on white or on black if much of its outline would be lost on its backdrop: black lines
// on a dark one, as an example. Otherwise its transparent parts stay so; what can be seen through stands on the backdrop's colour.
func Compose(img *image.RGBA, on Backdrop) {
	seen := weigh(img, opaque)
	if seen.all == 255*len(img.Pix)/4 {
		return
	}
	all := weigh(img, 1)
	thin := (all.all-seen.all)*4 > all.all // such as lines of less than a pixel
	if thin {
		seen = all
	}
	lostOnDark, lostOnLight := seen.dark*vanishing > seen.outline, seen.light*vanishing > seen.outline
	white, black := color.RGBA{255, 255, 255, 255}, color.RGBA{0, 0, 0, 255}
	switch {
	case !on.isLight() && lostOnDark && seen.dark >= seen.light:
		fill(img, white, 0)
	case !on.isDark() && lostOnLight && seen.light >= seen.dark:
		fill(img, black, 0)
	case on.isKnown():
		fill(img, on.color, faint)
	case thin:
		fill(img, white, 0)
	}
}

// A weight is how much of a picture there is, as the sum of the alpha of its pixels.
type weight struct {
	all         int
	outline     int // of those beside which nothing is
	dark, light int // of the outline, that is lost on black, and on white
}

// weigh weighs the pixels of a picture with at least so much alpha.
func weigh(img *image.RGBA, least uint8) (w weight) {
	bare := func(i int) bool { return i >= 0 && i < len(img.Pix) && img.Pix[i+3] < least }
	for i := 0; i < len(img.Pix); i += 4 {
		c := color.RGBA{img.Pix[i], img.Pix[i+1], img.Pix[i+2], img.Pix[i+3]}
		if c.A < least {
			continue
		}
		a := int(c.A)
		w.all += a
		isLeft, isRight := i%img.Stride == 0, (i+4)%img.Stride == 0
		if (isLeft || !bare(i-4)) && (isRight || !bare(i+4)) && !bare(i-img.Stride) && !bare(i+img.Stride) {
			continue
		}
		w.outline += a
		switch y := luminance(c) * 255 / a; {
		case y < 64:
			w.dark += a
		case y > 200:
			w.light += a
		}
	}
	return w
}

// fill puts the pixels of a picture with at least so much alpha on a colour.
func fill(img *image.RGBA, on color.RGBA, least uint8) {
	for i := 0; i < len(img.Pix); i += 4 {
		p := img.Pix[i : i+4 : i+4]
		if p[3] < least {
			continue
		}
		rest := 255 - uint16(p[3])
		for c, v := range [...]uint8{on.R, on.G, on.B, on.A} {
			p[c] += uint8(uint16(v) * rest / 255)
		}
	}
}

// luminance returns how bright a colour is, from 0 to 255 (ITU-R BT.601).
func luminance(c color.RGBA) int {
	return (299*int(c.R) + 587*int(c.G) + 114*int(c.B)) / 1000
}
