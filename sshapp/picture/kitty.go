package picture

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/png"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/ansi/kitty"
)

// A Kitty knows which pictures a reader's terminal keeps, and sends those that it doesn't. It speaks the Kitty graphics protocol
// with Unicode placeholders: a picture is sent once, and then shown wherever a certain character is written, so that it
// scrolls as text does. (https://sw.kovidgoyal.net/kitty/graphics-protocol/#unicode-placeholders)
//
// Some terminals print the protocol's sequences, so it is spoken only to those that are known to understand it.
//
// A Kitty is not safe for concurrent use.
type Kitty struct {
	Capability
	most, sent int // bytes of pictures that may be sent, 0 for no limit, and that were
	images     map[any]*sentImage
	queue      []*transfer
	lines      map[placed][]string // that were placed last, at most maxPlaced; see DropLines
}

// A placed is a placement of a picture.
type placed struct{ image, placement int }

// maxPlaced is for how many placements the lines are kept, of one to three pictures that a screen shows, and of those around it.
const maxPlaced = 8

// A sentImage is a picture that the terminal has been sent.
type sentImage struct {
	id         int           // also the number of the placeholders' colour, so at most 255
	placements []image.Point // the sizes in cells that it is shown in; each has the ID of its index and 1
	arrived    bool
}

// A transfer is something to be sent.
type transfer struct {
	image *sentImage // nil for commands
	file  []byte     // what is left of it; shared with all sessions
	begun bool
	first string // the keys of its first chunk
}

const (
	maxIDs   = 255                        // of pictures, and of placements: the colours that have a number
	maxPiece = 32 << 10                   // bytes that are sent between two frames
	maxChunk = kitty.MaxChunkSize / 4 * 3 // bytes of a file in one sequence, which has four of Base64 for three
)

// NewKitty returns the Kitty of a session that may be sent so many bytes of pictures; 0 for no limit.
func NewKitty(s Support, most int) Kitty {
	return Kitty{Capability: Capability{support: s}, most: most}
}

// Place returns the lines that show a picture in so many cells, once the terminal has it. It is not ok for a picture that the
// terminal wasn't sent, and for one that has been shown in 255 other sizes. A name is any value that tells the pictures of a session
// apart.
func (k *Kitty) Place(name any, columns, rows int) (lines []string, ok bool) {
	s := k.images[name]
	if s == nil {
		return nil, false
	}
	size := image.Pt(columns, rows)
	placement := slices.Index(s.placements, size) + 1
	if placement == 0 {
		if len(s.placements) == maxIDs {
			return nil, false
		}
		s.placements = append(s.placements, size)
		placement = len(s.placements)
		k.queue = append(k.queue, &transfer{first: fmt.Sprintf("a=p,U=1,q=2,i=%d,p=%d,c=%d,r=%d", s.id, placement, columns, rows)})
	}
	if !s.arrived {
		return nil, true
	}
	at := placed{s.id, placement}
	if lines = k.lines[at]; lines == nil {
		if k.lines == nil || len(k.lines) == maxPlaced {
			k.lines = map[placed][]string{}
		}
		lines = placeholders(s.id, placement, columns, rows)
		k.lines[at] = lines
	}
	return lines, true
}

// DropLines frees what Place makes anew. Call it when no picture is to be placed for a while.
func (k *Kitty) DropLines() { k.lines = nil }

// Send queues a picture, whose file is a PNG. It reports false if the session may not be sent so much more, and for a picture that it
// was sent before.
func (k *Kitty) Send(name any, file []byte, columns, rows int) bool {
	n := base64.StdEncoding.EncodedLen(len(file))
	if k.images[name] != nil || len(k.images) == maxIDs || k.most > 0 && k.sent+n > k.most {
		return false
	}
	k.sent += n
	s := &sentImage{id: len(k.images) + 1, placements: []image.Point{{X: columns, Y: rows}}}
	if k.images == nil {
		k.images = map[any]*sentImage{}
	}
	k.images[name] = s
	first := fmt.Sprintf("a=T,U=1,q=2,f=%d,i=%d,p=1,c=%d,r=%d", kitty.PNG, s.id, columns, rows)
	k.queue = append(k.queue, &transfer{image: s, file: file, first: first})
	return true
}

// Pending reports whether there is something to be sent.
func (k *Kitty) Pending() bool { return len(k.queue) > 0 }

// Next returns the next piece that is to be sent, at most 32 KB; empty if there is none.
func (k *Kitty) Next() string {
	var b strings.Builder
	for len(k.queue) > 0 && b.Len()+kitty.MaxChunkSize+64 <= maxPiece {
		t := k.queue[0]
		b.WriteString(t.chunk())
		if len(t.file) > 0 {
			continue
		}
		if t.image != nil {
			t.image.arrived = true
		}
		k.queue = k.queue[1:]
	}
	return b.String()
}

// chunk returns the next sequence of a transfer.
func (t *transfer) chunk() string {
	keys := "q=2"
	if !t.begun {
		keys, t.begun = t.first, true
	}
	data := t.file[:min(len(t.file), maxChunk)]
	t.file = t.file[len(data):]
	if len(t.file) > 0 {
		keys += ",m=1"
	} else if t.image != nil {
		keys += ",m=0"
	}
	return ansi.KittyGraphics(base64.StdEncoding.AppendEncode(nil, data), keys)
}

// Delete returns the sequences that take the pictures of the session from the terminal. They are sent anew if they are asked for again.
func (k *Kitty) Delete() string {
	var b strings.Builder
	if len(k.queue) > 0 && k.queue[0].begun { // until the last chunk no other sequence may be sent
		b.WriteString(ansi.KittyGraphics(nil, "m=0", "q=2"))
	}
	for id := range len(k.images) {
		b.WriteString(ansi.KittyGraphics(nil, "a=d", "d=I", "q=2", fmt.Sprintf("i=%d", id+1)))
	}
	k.images, k.queue, k.lines = nil, nil, nil
	return b.String()
}

// placeholders returns lines of the character in whose place a picture is shown. The colour tells which picture, that of the underline
// which placement, and marks on the first of a line tell its row and column; the others follow from that.
func placeholders(id, placement, columns, rows int) []string {
	pen, rest := fmt.Sprintf("\x1b[38;5;%d;58;5;%dm", id, placement), strings.Repeat(string(kitty.Placeholder), columns-1)
	const first = utf8.UTFMax * 3
	var b strings.Builder
	b.Grow(rows * (len(pen) + first + len(rest) + len(ansi.ResetStyle)))
	lines := make([]string, rows)
	for row := range lines {
		from := b.Len()
		b.WriteString(pen)
		b.WriteRune(kitty.Placeholder)
		b.WriteRune(kitty.Diacritic(row))
		b.WriteRune(kitty.Diacritic(0))
		b.WriteString(rest)
		b.WriteString(ansi.ResetStyle)
		lines[row] = b.String()[from:]
	}
	return lines
}

// PNG returns a picture as a PNG of at most 256 colours. It calls check all along, as [Decode] does.
func PNG(img *image.RGBA, check func()) []byte {
	w := checkedWriter{check: check}
	_ = png.Encode(&w, reduce(img, 256, check)) // which fails only if the writer does
	return w.Bytes()
}

// A checkedWriter calls check before each write.
type checkedWriter struct {
	bytes.Buffer
	check func()
}

func (w *checkedWriter) Write(p []byte) (int, error) {
	w.check()
	return w.Buffer.Write(p)
}

// The most pixels of a picture that is sent to a terminal: some 100 KB of a photo on a page, and three times that alone.
const (
	maxPagePixels  = 400_000
	maxAlonePixels = 1_200_000
)

// IsLarge reports whether a picture that is shown alone is sent with more pixels than on a page.
func (i Info) IsLarge() bool { return i.Width*i.Height > maxPagePixels }

// Sent returns how many pixels of a picture are sent to a terminal that shows it with so many in a row.
func (i Info) Sent(width int, alone bool) image.Point {
	w, most := min(i.Width, width), maxPagePixels
	if alone {
		most = maxAlonePixels
	}
	for w > 1 && w*(w*i.Height/i.Width) > most {
		w -= 1 + w/64
	}
	return image.Pt(max(w, 1), min(max(w*i.Height/i.Width, 1), most))
}
