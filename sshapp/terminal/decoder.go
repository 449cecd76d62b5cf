package terminal

import (
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"

	"postern/content/sanitize"
)

const (
	maxSequence = 1 << 10 // bytes of one escape sequence; a key has at most about 20
	maxPaste    = 4 << 10 // bytes kept of a paste: a prompt takes one line
)

// A Decoder turns a reader's bytes into messages: keys, pastes and turns of the wheel, and nothing else. It cuts the bytes
// into sequences itself: it looks at each byte once, and keeps none past the bounds. Ultraviolet's decoder then tells what a
// whole sequence means. What a program would act on by itself, such as a report of the terminal's size, is dropped.
//
// The zero Decoder is ready to use. It is not safe for concurrent use.
type Decoder struct {
	state   state
	seq     []byte // the incomplete sequence
	paste   []byte
	pasting bool // between the marks of a bracketed paste
	keys    uv.EventDecoder
}

// A state of the cutter follows the classes of ECMA-48, section 5.
type state uint8

const (
	ground           state = iota
	inRune                 // in a UTF-8 character of several bytes
	afterESC               // after ESC
	inCSI                  // after ESC [
	oneMore                // one more byte ends the sequence
	twoMore                // two more bytes do
	threeMore              // three more bytes do: a mouse report of X10
	inString               // in OSC, DCS, APC, PM or SOS, up to ST or BEL
	afterESCInString       // after ESC in such a string
)

const (
	esc = 0x1b
	bel = 0x07
)

// Next takes the next byte of input and returns the message that it completes, or nil.
func (d *Decoder) Next(b byte) tea.Msg { return message(d.feed(b)) }

// Flush ends a sequence whose next byte has not come in time. It returns the message for the Esc key if ESC is all that came,
// and nil for another incomplete sequence, which is dropped.
func (d *Decoder) Flush() tea.Msg { return message(d.expire()) }

// feed takes a byte and returns the event that it completes, or nil.
func (d *Decoder) feed(b byte) uv.Event {
	switch {
	case d.state == inString && b == bel, d.state == afterESCInString && b == '\\':
		return d.reset()
	case d.state == inString || d.state == afterESCInString: // no answer is asked for, so the string is not kept
		d.state = inString
		if b == esc {
			d.state = afterESCInString
		}
		return nil
	case d.state == inRune && b&0xc0 != 0x80: // incomplete UTF-8
		d.reset()
	case b == esc && d.state == afterESC: // the Esc key, and a new sequence
		ev := d.end()
		d.begin(b)
		return ev
	case b == esc:
		d.reset()
	}
	if d.state == ground {
		return d.begin(b)
	}
	if len(d.seq) < maxSequence {
		d.seq = append(d.seq, b)
	}
	return d.advance(b)
}

// begin takes the first byte of a sequence.
func (d *Decoder) begin(b byte) uv.Event {
	switch {
	case b == esc:
		d.seq, d.state = append(d.seq[:0], b), afterESC
		return nil
	case b < utf8.RuneSelf:
		d.seq = append(d.seq[:0], b)
		return d.end()
	case b >= 0xc2 && b <= 0xf4: // the first byte of a UTF-8 character (RFC 3629, section 4)
		d.seq, d.state = append(d.seq[:0], b), inRune
	}
	return nil
}

// advance changes the state by a further byte, which is in seq already.
func (d *Decoder) advance(b byte) uv.Event {
	switch d.state {
	case inRune:
		if utf8.FullRune(d.seq) {
			return d.end()
		}
	case afterESC:
		switch {
		case b == '[':
			d.state = inCSI
		case b == 'O':
			d.state = oneMore
		case b == ']' || b == 'P' || b == '_' || b == '^' || b == 'X':
			d.state = inString
		case b >= utf8.RuneSelf:
			return d.reset()
		default:
			return d.end()
		}
	case inCSI:
		switch {
		case len(d.seq) == 3 && b == '[': // a function key of the Linux console
			d.state = oneMore
		case len(d.seq) == 3 && b == 'M':
			d.state = threeMore
		case b >= 0x40 && b <= 0x7e:
			return d.end()
		case b < 0x20 || b > 0x7e:
			return d.reset()
		}
	case threeMore:
		d.state = twoMore
	case twoMore:
		d.state = oneMore
	case oneMore:
		return d.end()
	}
	return nil
}

// Pending reports whether the bytes since the last message are a sequence that more bytes may continue. They may still be a whole
// key: Esc.
func (d *Decoder) Pending() bool { return d.state != ground }

// expire ends an incomplete sequence.
func (d *Decoder) expire() uv.Event {
	if d.state == afterESC {
		return d.end()
	}
	return d.reset()
}

func (d *Decoder) reset() uv.Event {
	d.state, d.seq = ground, nil // a sleeping session holds no buffer
	return nil
}

// end decodes the sequence in seq.
func (d *Decoder) end() uv.Event {
	seq := d.seq
	d.reset()
	if len(seq) >= maxSequence {
		return nil
	}
	switch string(seq) {
	case "\x1b[200~":
		d.pasting = true
		return nil
	case "\x1b[201~":
		return d.endPaste()
	}
	if d.pasting && string(seq) != "\x03" { // terminals remove controls from a paste, so this Ctrl-C was typed
		d.keep(seq)
		return nil
	}
	d.paste, d.pasting = nil, false
	if seq[len(seq)-1] == '_' && len(seq) > 2 { // win32-input-mode: it was not asked for, and one sequence can mean 65,535 keys
		return nil
	}
	if string(seq[:min(len(seq), 3)]) == "\x1b[M" { // X10's mouse reports hold any bytes; only SGR's are asked for
		return nil
	}
	_, ev := d.keys.Decode(seq)
	return admit(ev)
}

// admit returns an event of the reader's, or nil for any other. Those are keys and turns of the wheel, which a terminal reports
// only when it was asked to. What a terminal says of itself is dropped: Bubble Tea would take a report of its size for a resize,
// past every bound.
func admit(ev uv.Event) uv.Event {
	switch ev := ev.(type) {
	case uv.KeyPressEvent:
		ev.Text = sanitize.Text(ev.Text)
		return ev
	case uv.MouseWheelEvent:
		return ev
	default:
		return nil
	}
}

// keep adds a sequence to the paste if it is text and there is room.
func (d *Decoder) keep(seq []byte) {
	if seq[0] == '\r' {
		seq = []byte{'\n'}
	}
	if seq[0] != esc && len(d.paste)+len(seq) <= maxPaste {
		d.paste = append(d.paste, seq...)
	}
}

func (d *Decoder) endPaste() uv.Event {
	text := sanitize.Text(string(d.paste))
	d.paste, d.pasting = nil, false
	if text == "" {
		return nil
	}
	return uv.PasteEvent{Content: text}
}

// message returns Bubble Tea's message for an event, or nil if there is none.
func message(ev uv.Event) tea.Msg {
	switch ev := ev.(type) {
	case uv.KeyPressEvent:
		return tea.KeyPressMsg(ev)
	case uv.PasteEvent:
		return tea.PasteMsg(ev)
	case uv.MouseWheelEvent:
		return tea.MouseWheelMsg(ev)
	}
	return nil
}
