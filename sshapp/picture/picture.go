// Package picture reads a blog's pictures within bounds, makes them small, and draws them for terminals.
//
// What must hold: the size of a picture is known, and within the bounds, before memory is used for it. Files are hostile: a PNG
// of 48 KB may hold 100 megapixels.
package picture

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"

	"golang.org/x/image/webp"
)

// The bounds of a picture. Photos of today's telephones have 12 to 48 megapixels as they are taken, and blogs publish smaller
// ones.
const (
	maxPixels = 40_000_000
	maxSide   = 1<<16 - 1 // pixels: the most that a JPEG can have
	maxMemory = 64 << 20  // bytes that it takes to decode, about
	maxFile   = 32 << 20  // bytes
	maxHeader = 4 << 20   // bytes of a file, up to where the size is known
)

// Errors of [Inspect]. Any other means that the file is damaged, or can't be read.
var (
	ErrFormat   = errors.New("it is no PNG, JPEG, GIF or WebP")
	ErrTooLarge = errors.New("it is too large to be shown")
)

// An Info is what a file's header says of a picture.
type Info struct {
	Width, Height int // in pixels, turned as it is to be seen

	format      format
	orientation orientation
	memory      int64 // bytes that it takes to decode, about
}

// Memory returns about how many bytes it takes to decode the picture and to make it small.
func (i Info) Memory() int64 { return i.memory + 4<<20 }

// A format is a kind of file.
type format uint8

const (
	isPNG format = iota
	isJPEG
	isGIF
	isWebP
)

// Inspect reads the header of a picture's file, whose size in bytes is given. The error is [ErrFormat] for a file of another kind,
// and wraps [ErrTooLarge] for a picture over the bounds.
func Inspect(r io.Reader, size int64) (Info, error) {
	if size > maxFile {
		return Info{}, fmt.Errorf("%w: its file has %d MB, and may have %d", ErrTooLarge, size>>20, maxFile>>20)
	}
	b := bufio.NewReader(io.LimitReader(r, maxHeader))
	head, _ := b.Peek(32) // of a shorter file, all
	info, err := inspect(b, head, size)
	switch pixels := int64(info.Width) * int64(info.Height); {
	case err != nil:
		return Info{}, err
	case pixels == 0:
		return Info{}, errors.New("it has no pixels")
	case pixels > maxPixels:
		return Info{}, fmt.Errorf("%w: it has %d megapixels, and may have %d", ErrTooLarge, pixels/1_000_000, maxPixels/1_000_000)
	case info.Width > maxSide || info.Height > maxSide:
		return Info{}, fmt.Errorf("%w: it has %d × %d pixels, and a side may have %d", ErrTooLarge, info.Width, info.Height, maxSide)
	case info.memory > maxMemory:
		return Info{}, fmt.Errorf("%w: it takes %d MB to decode, and may take %d", ErrTooLarge, info.memory>>20, maxMemory>>20)
	}
	return info, nil
}

// inspect reads the header of a file that begins with head.
func inspect(r *bufio.Reader, head []byte, size int64) (Info, error) {
	is := func(at int, magic string) bool { return len(head) > at && bytes.HasPrefix(head[at:], []byte(magic)) }
	switch {
	case is(0, "\x89PNG\r\n\x1a\n"):
		c, err := png.DecodeConfig(r)
		interlaced := int64(0)
		if len(head) > 28 && head[28] == 1 { // its passes are pictures of their own, with as many pixels in all
			interlaced = 1
		}
		return newInfo(isPNG, c, bytesPerPixel(c.ColorModel)*(1+interlaced)), err
	case is(0, "\xff\xd8"):
		return inspectJPEG(r)
	case is(0, "GIF8"):
		c, err := gif.DecodeConfig(r)
		return newInfo(isGIF, c, 1), err
	case is(0, "RIFF") && is(8, "WEBP"):
		// The decoder allocates what the header says before it reads.
		if said := int64(binary.LittleEndian.Uint32(head[4:])); said > size {
			return Info{}, io.ErrUnexpectedEOF
		}
		c, err := webp.DecodeConfig(r)
		return newInfo(isWebP, c, 2*bytesPerPixel(c.ColorModel)), err // it is decoded in two steps
	}
	return Info{}, ErrFormat
}

func newInfo(f format, c image.Config, perPixel int64) Info {
	return Info{Width: c.Width, Height: c.Height, format: f, memory: int64(c.Width) * int64(c.Height) * perPixel}
}

// bytesPerPixel returns how much memory the pixels of a colour model take.
func bytesPerPixel(m color.Model) int64 {
	switch m {
	case color.GrayModel:
		return 1
	case color.Gray16Model, color.YCbCrModel:
		return 2
	case color.RGBA64Model, color.NRGBA64Model:
		return 8
	}
	if _, ok := m.(color.Palette); ok {
		return 1
	}
	return 4
}

// A Picture is a picture that has been decoded.
type Picture struct {
	Info
	image image.Image // not turned
	check func()
}

// Decode reads a picture that [Inspect] has found good; of one that moves, the first frame. It calls check all along, which may
// end it by a panic, as [Picture.Scale] does.
func Decode(r io.Reader, info Info, check func()) (*Picture, error) {
	r = checkedReader{io.LimitReader(r, maxFile), check}
	var img image.Image
	var err error
	switch info.format {
	case isPNG:
		img, err = png.Decode(r)
	case isJPEG:
		img, err = jpeg.Decode(r)
	case isGIF:
		img, err = gif.Decode(r)
	case isWebP:
		img, err = webp.Decode(r)
	}
	if err != nil {
		return nil, err
	}
	return &Picture{info, img, check}, nil
}

// A checkedReader calls check before each read.
type checkedReader struct {
	io.Reader
	check func()
}

func (r checkedReader) Read(p []byte) (int, error) {
	r.check()
	return r.Reader.Read(p)
}
