package picture

import (
	"image"
	"image/color"
)

// A Backdrop is what a picture with transparent parts stands on.
type Backdrop uint8

const (
	UnknownBackdrop Backdrop = iota // the terminal's own background, which may be dark or light
	DarkBackdrop
	LightBackdrop
)

// BackdropOf returns the backdrop that a background of this colour is; nil for the terminal's own.
func BackdropOf(c color.Color) Backdrop {
	if c == nil {
		return UnknownBackdrop
	}
	if luminance(color.RGBAModel.Convert(c).(color.RGBA)) < 128 {
		return DarkBackdrop
	}
	return LightBackdrop
}

// opaque is the least alpha of a pixel that counts.
const opaque = 128

// vanishing is the part of a picture's pixels that may be lost on its backdrop, as 1/vanishing.
const vanishing = 20

// Compose puts a picture with transparent parts on white or on black if much of it would be lost on its backdrop: black lines
// on a dark one, as an example. Otherwise its transparent parts stay so.
func Compose(img *image.RGBA, on Backdrop) {
	visible, dark, light := countPixels(img)
	if visible == img.Rect.Dx()*img.Rect.Dy() {
		return
	}
	lostOnDark, lostOnLight := dark*vanishing > visible, light*vanishing > visible
	switch {
	case on != LightBackdrop && lostOnDark && dark >= light:
		fill(img, color.RGBA{255, 255, 255, 255})
	case on != DarkBackdrop && lostOnLight && light >= dark:
		fill(img, color.RGBA{0, 0, 0, 255})
	}
}

// countPixels counts the pixels that can be seen, and those of them that are lost on black and on white.
func countPixels(img *image.RGBA) (visible, dark, light int) {
	for i := 0; i < len(img.Pix); i += 4 {
		c := color.RGBA{img.Pix[i], img.Pix[i+1], img.Pix[i+2], img.Pix[i+3]}
		if c.A < opaque {
			continue
		}
		visible++
		switch y := luminance(c); {
		case y < 64:
			dark++
		case y > 200:
			light++
		}
	}
	return visible, dark, light
}

// fill puts a picture on a colour.
func fill(img *image.RGBA, on color.RGBA) {
	for i := 0; i < len(img.Pix); i += 4 {
		p := img.Pix[i : i+4 : i+4]
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
