package picture

import (
	"bytes"
	"compress/zlib"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func never() {}

// quarters is a picture of 40 × 20 pixels: red, green, blue and white, from the upper left to the lower right.
func quarters() *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, 40, 20))
	for y := range 20 {
		for x := range 40 {
			img.SetRGBA(x, y, []color.RGBA{{255, 0, 0, 255}, {0, 255, 0, 255}, {0, 0, 255, 255}, {255, 255, 255, 255}}[y/10*2+x/20])
		}
	}
	return img
}

func encoded(t *testing.T, encode func(io.Writer, image.Image) error, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asJPEG(w io.Writer, img image.Image) error {
	return jpeg.Encode(w, img, &jpeg.Options{Quality: 100})
}
func asGIF(w io.Writer, img image.Image) error { return gif.Encode(w, img, nil) }

// read inspects, decodes and scales a picture's file.
func read(data []byte, width, height int) (Info, *image.RGBA, error) {
	info, err := Inspect(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return info, nil, err
	}
	p, err := Decode(bytes.NewReader(data), info, never)
	if err != nil {
		return info, nil, err
	}
	return info, p.Scale(width, height), nil
}

// corners names the colours of a picture near its corners, from the upper left to the lower right.
func corners(img *image.RGBA) string {
	var s strings.Builder
	w, h := img.Rect.Dx(), img.Rect.Dy()
	for _, at := range []image.Point{{w / 4, h / 4}, {w * 3 / 4, h / 4}, {w / 4, h * 3 / 4}, {w * 3 / 4, h * 3 / 4}} {
		c := img.RGBAAt(at.X, at.Y)
		switch bright := func(v uint8) bool { return v > 200 }; {
		case bright(c.R) && bright(c.G) && bright(c.B):
			s.WriteByte('w')
		case bright(c.R):
			s.WriteByte('r')
		case bright(c.G):
			s.WriteByte('g')
		case bright(c.B):
			s.WriteByte('b')
		default:
			s.WriteByte('?')
		}
	}
	return s.String()
}

// TestFormats: each format is decoded, larger, smaller and of another shape.
func TestFormats(t *testing.T) {
	for name, data := range map[string][]byte{
		"png": encoded(t, png.Encode, quarters()), "jpeg": encoded(t, asJPEG, quarters()), "gif": encoded(t, asGIF, quarters()),
	} {
		for _, size := range []image.Point{{80, 40}, {40, 20}, {12, 6}, {4, 4}} {
			info, img, err := read(data, size.X, size.Y)
			if err != nil || info.Width != 40 || info.Height != 20 || img.Rect.Size() != size || corners(img) != "rgbw" {
				t.Errorf("%s at %v: %+v, %v, %v", name, size, info, img, err)
			}
		}
	}
}

// The smallest WebPs of both kinds, of one pixel.
var webPs = []string{"UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA", "UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=="}

// TestWebP: both kinds are decoded; one that claims to be larger than its file is refused before memory is used for it.
func TestWebP(t *testing.T) {
	for _, text := range webPs {
		data, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		if info, _, err := read(data, 2, 2); err != nil || info.Width != 1 || info.Height != 1 {
			t.Errorf("%+v, %v", info, err)
		}
		binary.LittleEndian.PutUint32(data[4:], 2<<30)
		binary.LittleEndian.PutUint32(data[16:], 2<<30-12)
		if grown := growth(func() { _, _, err = read(data, 2, 2) }); err == nil || grown > 1<<20 {
			t.Errorf("%v, %d bytes", err, grown)
		}
	}
}

// TestOrientation: a photo is turned as its Exif data says, in either byte order.
func TestOrientation(t *testing.T) {
	want := []string{"rgbw", "rgbw", "grwb", "wbgr", "bwrg", "rbgw", "brwg", "wgbr", "gwrb", "rgbw"}
	plain := encoded(t, asJPEG, quarters())
	for o, corner := range want {
		for _, order := range []binary.AppendByteOrder{binary.BigEndian, binary.LittleEndian} {
			exif := []byte("Exif\x00\x00II*\x00")
			if order == binary.AppendByteOrder(binary.BigEndian) {
				exif = []byte("Exif\x00\x00MM\x00*")
			}
			exif = order.AppendUint32(exif, 8)
			exif = order.AppendUint16(exif, 1)
			exif = order.AppendUint16(order.AppendUint16(exif, 0x0112), 3)
			exif = order.AppendUint16(order.AppendUint32(exif, 1), uint16(o))
			exif = append(exif, 0, 0)
			segment := binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(exif)+2))
			data := slices.Concat(plain[:2], segment, exif, plain[2:])
			w, h := 40, 20
			if o >= 5 && o <= 8 {
				w, h = h, w
			}
			info, img, err := read(data, w, h)
			if err != nil || info.Width != w || info.Height != h || corners(img) != corner {
				t.Errorf("orientation %d: %+v, %v; %v", o, info, corners(img), err)
			}
			for n := range len(segment) + len(exif) { // no beginning of it is taken for more
				_, _ = Inspect(bytes.NewReader(data[:n]), int64(n))
				_ = exifOrientation(exif[min(n, len(exif)):])
			}
		}
	}
}

// growth returns how many bytes f allocates.
func growth(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// pngOf returns a PNG of black pixels. A bit each is written for gray pictures, and 8 bytes for others.
func pngOf(t *testing.T, width, height int, gray bool) []byte {
	t.Helper()
	header := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(width)), uint32(height))
	row := make([]byte, 1+width*8)
	if gray {
		header, row = append(header, 1, 0, 0, 0, 0), row[:1+(width+7)/8]
	} else {
		header = append(header, 16, 6, 0, 0, 0)
	}
	var pixels bytes.Buffer
	z := zlib.NewWriter(&pixels)
	for range height {
		_, _ = z.Write(row)
	}
	_ = z.Close()
	b := []byte("\x89PNG\r\n\x1a\n")
	for _, chunk := range []struct {
		name string
		data []byte
	}{{"IHDR", header}, {"IDAT", pixels.Bytes()}, {"IEND", nil}} {
		b = binary.BigEndian.AppendUint32(b, uint32(len(chunk.data)))
		from := len(b)
		b = append(append(b, chunk.name...), chunk.data...)
		b = binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(b[from:]))
	}
	return b
}

// TestBombs: small files of large pictures are refused before memory is used for their pixels.
func TestBombs(t *testing.T) {
	for name, data := range map[string][]byte{
		"100 megapixels": pngOf(t, 10_000, 10_000, true), "1 × 1,000,000": pngOf(t, 1, 1_000_000, true),
		"1,000,000 × 1": pngOf(t, 1_000_000, 1, true), "16 bits a channel": pngOf(t, 3000, 3000, false),
	} {
		if len(data) > 400<<10 {
			t.Errorf("%s: a bomb is small, and this has %d bytes", name, len(data))
		}
		var err error
		if grown := growth(func() { _, _, err = read(data, 76, 40) }); !errors.Is(err, ErrTooLarge) || grown > 1<<20 {
			t.Errorf("%s: %v, %d bytes", name, err, grown)
		}
	}
	if _, err := Inspect(strings.NewReader(""), maxFile+1); !errors.Is(err, ErrTooLarge) {
		t.Error(err)
	}
}

// TestFirstFrame: of a GIF of 60,000 frames the first is read, and stands where it does in the picture.
func TestFirstFrame(t *testing.T) {
	var b bytes.Buffer
	red := image.NewPaletted(image.Rect(20, 0, 40, 10), color.Palette{color.RGBA{255, 0, 0, 255}, color.White})
	if err := gif.EncodeAll(&b, &gif.GIF{Image: []*image.Paletted{red, red}, Delay: []int{0, 0}, Config: image.Config{Width: 40, Height: 20}}); err != nil {
		t.Fatal(err)
	}
	data := bytes.TrimSuffix(b.Bytes(), []byte{0x3b})
	frame := data[bytes.LastIndexByte(data, 0x2c):]
	data = append(data, bytes.Repeat(frame, 60_000)...)
	var img *image.RGBA
	var err error
	if grown := growth(func() { _, img, err = read(data, 40, 20) }); err != nil || corners(img) != "?r??" || grown > 1<<20 {
		t.Errorf("%v, %v, %d bytes", img, err, grown)
	}
}

// An endless reader repeats its bytes.
type endless struct {
	data []byte
	read int
}

func (r *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = r.data[(r.read+i)%len(r.data)]
	}
	r.read += len(p)
	return len(p), nil
}

// TestEndless: a JPEG that never ends is given up, in its header and in its pixels.
func TestEndless(t *testing.T) {
	whole := encoded(t, asJPEG, quarters())
	comment := []byte{0xff, 0xfe, 0, 4, 'h', 'i'}
	rest := &endless{data: comment}
	if _, err := Inspect(io.MultiReader(bytes.NewReader(whole[:2]), rest), maxFile); err == nil || rest.read > 2*maxHeader {
		t.Errorf("%v, %d bytes", err, rest.read)
	}
	info, err := Inspect(bytes.NewReader(whole), int64(len(whole)))
	if err != nil {
		t.Fatal(err)
	}
	rest = &endless{data: comment}
	if _, err := Decode(io.MultiReader(bytes.NewReader(whole[:len(whole)-2]), rest), info, never); err == nil || rest.read > 2*maxFile {
		t.Errorf("%v, %d bytes", err, rest.read)
	}
}

// TestProgressive: one that has to be kept whole counts as more.
func TestProgressive(t *testing.T) {
	frame := []byte{0xff, 0xc0, 0, 17, 8, 0x10, 0, 0x10, 0, 3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1} // 4096 × 4096, 4:2:0
	data := append([]byte{0xff, 0xd8}, frame...)
	if info, err := Inspect(bytes.NewReader(data), 1<<20); err != nil || info.memory != 24<<20 {
		t.Errorf("%+v, %v", info, err)
	}
	data[3] = 0xc2
	if _, err := Inspect(bytes.NewReader(data), 1<<20); !errors.Is(err, ErrTooLarge) {
		t.Error(err)
	}
}

// TestOthers: what is no picture, or a part of one.
func TestOthers(t *testing.T) {
	for _, data := range []string{"", "<svg/>", "%PDF-1.7", "\x00\x00\x00\x20ftypavif"} {
		if _, err := Inspect(strings.NewReader(data), int64(len(data))); err != ErrFormat {
			t.Errorf("%q: %v", data, err)
		}
	}
	whole := encoded(t, png.Encode, quarters())
	for n := 8; n < len(whole)-12; n++ {
		if _, _, err := read(whole[:n], 4, 4); err == nil {
			t.Errorf("%d bytes of %d are a picture", n, len(whole))
		}
	}
}

// TestFit: the shape is kept within the box, and no picture is drawn at more than twice its size.
func TestFit(t *testing.T) {
	for _, c := range []struct {
		width, height int
		box           Box
		columns, rows int
	}{
		{16, 16, Box{76, 20, DefaultCell, true}, 40, 20},
		{1600, 900, Box{76, 20, DefaultCell, false}, 71, 20},
		{1600, 400, Box{76, 20, DefaultCell, false}, 76, 10},
		{400, 4000, Box{76, 20, DefaultCell, false}, 4, 20},
		{16, 16, Box{76, 20, DefaultCell, false}, 4, 2},
		{65535, 1, Box{76, 20, DefaultCell, false}, 76, 1},
		{1, 65535, Box{76, 20, DefaultCell, false}, 1, 20},
		{1000, 1000, Box{76, 20, Cell{10, 10}, false}, 20, 20},
		{1000, 1000, Box{1, 1, DefaultCell, false}, 1, 1},
	} {
		if columns, rows := c.box.Fit(Info{Width: c.width, Height: c.height}); columns != c.columns || rows != c.rows {
			t.Errorf("%d × %d pixels in %+v are %d × %d, not %d × %d", c.width, c.height, c.box, columns, rows, c.columns, c.rows)
		}
	}
}

// TestHalfBlocks: two pixels a cell, with as few sequences as paint them.
func TestHalfBlocks(t *testing.T) {
	red, blue, clearPixel := color.RGBA{255, 0, 0, 255}, color.RGBA{0, 0, 255, 255}, color.RGBA{}
	img := image.NewRGBA(image.Rect(0, 0, 5, 3))
	for x, column := range [][]color.RGBA{{red, blue, red}, {red, blue, red}, {blue, blue, clearPixel}, {clearPixel, red, clearPixel}, {clearPixel, clearPixel, clearPixel}} {
		for y, c := range column {
			img.SetRGBA(x, y, c)
		}
	}
	for trueColor, want := range map[bool][]string{
		false: {"\x1b[38;5;196;48;5;21m▀▀ \x1b[m\x1b[38;5;196m▄ \x1b[m", "\x1b[38;5;196m▀▀   \x1b[m"},
		true:  {"\x1b[38;2;255;0;0;48;2;0;0;255m▀▀ \x1b[m\x1b[38;2;255;0;0m▄ \x1b[m", "\x1b[38;2;255;0;0m▀▀   \x1b[m"},
	} {
		if got := HalfBlocks(img, trueColor, never); !slices.Equal(got, want) {
			t.Errorf("%q, not %q", got, want)
		}
	}
}

// TestXterm240: each colour of the palette has its number.
func TestXterm240(t *testing.T) {
	for i, c := range map[int]color.RGBA{16: {0, 0, 0, 255}, 231: {255, 255, 255, 255}, 67: {95, 135, 175, 255}, 244: {128, 128, 128, 255}, 232: {8, 8, 8, 255}, 255: {238, 238, 238, 255}} {
		img := image.NewRGBA(image.Rect(0, 0, 1, 1))
		img.SetRGBA(0, 0, c)
		if got := colorCodes(img, false, never)[0]; got != i {
			t.Errorf("%v is %d, not %d", c, got, i)
		}
	}
}

// TestFlatColors: in 256 colours an area of one colour has few, and all are near it.
func TestFlatColors(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 60, 30))
	want := [...]int{197, 26, 74}
	for i := 0; i < len(img.Pix); i += 4 {
		copy(img.Pix[i:], []uint8{197, 26, 74, 255})
	}
	seen := map[int]bool{}
	for _, code := range colorCodes(img, false, never) {
		seen[code] = true
	}
	for code := range seen {
		c := xterm240[code-16].(color.RGBA)
		if d := distance(want, [...]int{int(c.R), int(c.G), int(c.B)}); d > 10_000 || len(seen) > 2 {
			t.Errorf("%v, one of %d, is %d from %v", c, len(seen), d, want)
		}
	}
}

// TestCompose: lines that would be lost on their backdrop stand on its opposite, and what is seen there stays as it is.
func TestCompose(t *testing.T) {
	black, white, red, nothing := color.RGBA{0, 0, 0, 255}, color.RGBA{255, 255, 255, 255}, color.RGBA{200, 60, 60, 255}, color.RGBA{}
	onBlack, onWhite := BackdropOf(black), BackdropOf(white)
	for _, c := range []struct {
		line color.RGBA
		on   Backdrop
		want color.RGBA
	}{
		{black, onBlack, white}, {black, Backdrop{}, white}, {black, onWhite, nothing},
		{white, onWhite, black}, {white, Backdrop{}, black}, {white, onBlack, nothing},
		{red, Backdrop{}, nothing}, {red, onBlack, nothing}, {red, onWhite, nothing},
	} {
		img := image.NewRGBA(image.Rect(0, 0, 10, 10))
		for x := range 10 {
			img.SetRGBA(x, 4, c.line)
		}
		Compose(img, c.on)
		if got := img.RGBAAt(0, 0); got != c.want || img.RGBAAt(3, 4) != c.line {
			t.Errorf("%v on %v stands on %v", c.line, c.on, got)
		}
	}
}

// TestComposeOutline: black lines beside a larger disc of another colour count, and what is black within it doesn't.
func TestComposeOutline(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 40, 20))
	for i := range 16 * 16 {
		img.SetRGBA(20+i%16, 2+i/16, color.RGBA{200, 60, 60, 255})
		if x, y := i%16, i/16; x > 2 && x < 13 && y > 2 && y < 13 {
			img.SetRGBA(20+x, 2+y, color.RGBA{0, 0, 0, 255})
		}
	}
	Compose(img, Backdrop{})
	if c := img.RGBAAt(0, 0); c.A > 0 {
		t.Errorf("the disc alone stands on %v", c)
	}
	for x := range 16 {
		img.SetRGBA(x, 5, color.RGBA{0, 0, 0, 255})
		img.SetRGBA(x, 12, color.RGBA{0, 0, 0, 255})
	}
	Compose(img, Backdrop{})
	if c := img.RGBAAt(0, 0); c.R != 255 {
		t.Errorf("the lines stand on %v", c)
	}
}

// TestOutlineEnds: what ends at a side of the picture has no outline there, whatever is at the other side.
func TestOutlineEnds(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 10, 10))
	for i := range 50 {
		img.SetRGBA(i%5, i/5, color.RGBA{0, 0, 0, 255})
	}
	if got := weigh(img, opaque).outline; got != 10*255 {
		t.Errorf("the outline weighs %d, not that of one column", got)
	}
}

// TestComposeThin: lines of less than a pixel, of which a part of the alpha is left, are seen on every backdrop. A shadow beside what
// is opaque changes nothing.
func TestComposeThin(t *testing.T) {
	thin := func(c color.RGBA) *image.RGBA {
		img := image.NewRGBA(image.Rect(0, 0, 10, 10))
		for x := range 10 {
			img.Set(x, 4, color.NRGBA{c.R, c.G, c.B, 80})
		}
		return img
	}
	ivory, navy := BackdropOf(color.RGBA{250, 245, 230, 255}), BackdropOf(color.RGBA{10, 10, 60, 255})
	for _, line := range []color.RGBA{{0, 0, 0, 255}, {255, 255, 255, 255}, {200, 60, 60, 255}} {
		for _, on := range []Backdrop{{}, ivory, navy} {
			img := thin(line)
			Compose(img, on)
			behind := img.RGBAAt(4, 0)
			if behind.A == 0 {
				behind = on.color
			}
			if seen := img.RGBAAt(4, 4); seen.A < opaque || max(luminance(seen), luminance(behind))-min(luminance(seen), luminance(behind)) < 20 {
				t.Errorf("a line of %v on %v is %v, beside %v", line, on, seen, behind)
			}
		}
	}
	shadowed := thin(color.RGBA{})
	for x := range 10 {
		shadowed.SetRGBA(x, 3, color.RGBA{200, 60, 60, 255})
		shadowed.SetRGBA(x, 2, color.RGBA{200, 60, 60, 255})
	}
	Compose(shadowed, Backdrop{})
	if c := shadowed.RGBAAt(0, 0); c.A > 0 {
		t.Errorf("beside a shadow stands %v", c)
	}
}

// TestReduce: few colours stay as they are, and many become 256 that are near, whose mean over an area is that of the picture.
func TestReduce(t *testing.T) {
	few, many := image.NewRGBA(image.Rect(0, 0, 16, 16)), image.NewRGBA(image.Rect(0, 0, 64, 64))
	for i := range 16 * 16 {
		few.SetRGBA(i%16, i/16, color.RGBA{uint8(i / 2), 7, 9, 255})
	}
	few.SetRGBA(3, 3, color.RGBA{10, 10, 10, 20})
	for i := range 64 * 64 {
		many.SetRGBA(i%64, i/64, color.RGBA{uint8(4 * (i % 64)), uint8(4 * (i / 64)), 128, 255})
	}
	many.SetRGBA(0, 0, color.RGBA{})
	got := reduce(few, 256, never)
	for i := range 16 * 16 {
		want := few.RGBAAt(i%16, i/16)
		if want.A < 255 {
			want = color.RGBA{}
		}
		if got.At(i%16, i/16) != want {
			t.Fatalf("pixel %d is %v, not %v", i, got.At(i%16, i/16), want)
		}
	}
	got = reduce(many, 256, never)
	if len(got.Palette) > 256 || got.At(0, 0) != (color.RGBA{}) {
		t.Errorf("%d colours, and a transparent pixel is %v", len(got.Palette), got.At(0, 0))
	}
	for x := 8; x < 64; x += 8 {
		sum, want := [3]int{}, [3]int{}
		for i := range 64 {
			g, w := got.At(x+i%8, 32+i/8).(color.RGBA), many.RGBAAt(x+i%8, 32+i/8)
			sum[0], sum[1], sum[2] = sum[0]+int(g.R), sum[1]+int(g.G), sum[2]+int(g.B)
			want[0], want[1], want[2] = want[0]+int(w.R), want[1]+int(w.G), want[2]+int(w.B)
		}
		for i := range sum {
			if d := (sum[i] - want[i]) / 64; d < -4 || d > 4 {
				t.Errorf("at %d channel %d differs by %d", x, i, d)
			}
		}
	}
}

// TestKittyPieces: a large picture is sent in pieces of at most 32 KB, in sequences that a terminal takes, and is there after the last.
func TestKittyPieces(t *testing.T) {
	k := NewKitty(UnknownSupport, 1<<20)
	if k.Ask() || k.Supported() || !k.Ask() || k.Ask() {
		t.Error("a terminal isn't asked once, or before there is a picture")
	}
	k.Answer(true)
	file := make([]byte, 100_000)
	if !k.Supported() || !k.Send("a", file, 70, 20) || k.Send("b", make([]byte, 1<<20), 70, 20) || !k.Send("c", file[:10], 1, 1) {
		t.Fatal("the bounds are wrong")
	}
	var all string
	for k.Pending() {
		if lines, ok := k.Place("a", 70, 20); !ok || lines != nil {
			t.Fatal("placed before it is there")
		}
		piece := k.Next()
		if len(piece) == 0 || len(piece) > 32<<10 {
			t.Fatalf("a piece of %d bytes", len(piece))
		}
		all += piece
	}
	if n := strings.Count(all, ",m=1;"); n != 32 || strings.Count(all, "m=0;") != 2 || !strings.HasPrefix(all, "\x1b_Ga=T,U=1,q=2,f=100,i=1,p=1,c=70,r=20,m=1;") {
		t.Errorf("%d chunks, after %.60q", n, all)
	}
	lines, _ := k.Place("a", 70, 20)
	for _, l := range lines {
		if !strings.HasPrefix(l, "\x1b[38;5;1;58;5;1m") || strings.Count(l, "\U0010EEEE") != 70 {
			t.Errorf("%q", l)
		}
	}
	for range 10 { // one picture in two sizes on a screen
		if lines, _ = k.Place("a", 35, 10); !strings.HasPrefix(lines[0], "\x1b[38;5;1;58;5;2m") {
			t.Errorf("%q", lines[0])
		}
		k.Place("a", 70, 20)
	}
	if s := k.Next(); s != "\x1b_Ga=p,U=1,q=2,i=1,p=2,c=35,r=10\x1b\\" || k.Pending() {
		t.Errorf("another size takes %q", s)
	}
	if n := testing.AllocsPerRun(10, func() { k.Place("a", 70, 20) }); n > 0 {
		t.Errorf("a picture that was placed takes %v allocations", n)
	}
	for size := range 3 * maxPlaced {
		k.Place("a", size+1, 1)
		k.Next()
	}
	if len(k.lines) > maxPlaced {
		t.Errorf("the lines of %d placements are kept", len(k.lines))
	}
	if k.DropLines(); k.lines != nil {
		t.Error("lines are kept")
	}
	k.Send("d", file, 2, 2)
	k.Next()
	if s := k.Delete(); !strings.HasPrefix(s, "\x1b_Gm=0,q=2\x1b\\") || strings.Count(s, "a=d,d=I") != 3 || k.Pending() {
		t.Errorf("%q", s)
	}
	if !k.Send("a", file, 2, 2) || !strings.HasPrefix(k.Next(), "\x1b_Ga=T,U=1,q=2,f=100,i=1,p=1,") {
		t.Error("a picture that was deleted isn't sent anew")
	}
}

// TestKittySizes: a picture that has been shown in as many sizes as have a number is shown in those, and isn't sent again for others.
func TestKittySizes(t *testing.T) {
	k := NewKitty(Supported, 0)
	k.Send("a", []byte("file"), 1, 1)
	k.Next()
	for n := 1; n <= maxIDs; n++ {
		if lines, ok := k.Place("a", n, 1); !ok || len(lines) != 1 {
			t.Fatalf("%d sizes: %q, %t", n, lines, ok)
		}
	}
	if _, ok := k.Place("a", maxIDs+1, 1); ok || k.Send("a", []byte("file"), maxIDs+1, 1) {
		t.Error("there is a number for another size, or another picture for it")
	}
	if _, ok := k.Place("a", maxIDs, 1); !ok {
		t.Error("a size that has a number is gone")
	}
}

// TestStop: what takes long ends when check says so by a panic.
func TestStop(t *testing.T) {
	for name, encode := range map[string]func(img *image.RGBA, check func()){
		"PNG":        func(img *image.RGBA, check func()) { PNG(img, check) },
		"Sixel":      func(img *image.RGBA, check func()) { Sixel(img, check) },
		"HalfBlocks": func(img *image.RGBA, check func()) { HalfBlocks(img, false, check) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if r := recover(); r != any(name) {
					t.Errorf("it goes on, or ends with %v", r)
				}
			}()
			encode(quarters(), func() { panic(name) })
		})
	}
}

// TestSixel: each band has the columns of each colour, and transparent pixels have none.
func TestSixel(t *testing.T) {
	red, blue := color.RGBA{255, 0, 0, 255}, color.RGBA{0, 0, 255, 255}
	img := image.NewRGBA(image.Rect(0, 0, 8, 7))
	for x := range 8 {
		img.SetRGBA(x, 0, red)
		if x > 0 {
			img.SetRGBA(x, 6, blue)
		}
	}
	img.SetRGBA(1, 5, blue)
	want := "\x1bP0;1q\"1;1;8;7#0;2;100;0;0#2;2;0;0;100#0!8@$#2?_$-#2?!7@$-\x1b\\"
	if got := string(Sixel(img, never)); got != want {
		t.Errorf("%q, not %q", got, want)
	}
}
