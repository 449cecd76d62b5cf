package sshapp

import (
	"unicode/utf8"

	uv "github.com/charmbracelet/ultraviolet"

	"postern/content"
)

const (
	maxSequence = 1 << 10 // bytes of one escape sequence; a key has at most about 20
	maxPaste    = 4 << 10 // bytes kept of what is pasted: prompts take a line
)

// A decoder turns a reader's bytes into events: keys, pastes and turns of the wheel, and nothing else. It cuts the bytes into sequences
// itself, each byte looked at once and none kept past the bounds, and leaves to ultraviolet what a whole sequence means.
// What a program would act on of its own, such as a report of the terminal's size, never passes.
type decoder struct {
	state  state
	seq    []byte // of the sequence that is not complete yet
	paste  []byte
	pastes bool // between the marks of a bracketed paste
	keys   uv.EventDecoder
}

// The states of the cutter follow the classes of ECMA-48, section 5.
type state uint8

const (
	ground  state = iota
	runes         // in a UTF-8 character of several bytes
	escaped       // after ESC
	csi           // after ESC [
	one           // one more byte ends it
	three         // three more do: a mouse report of X10
	two
	str       // OSC, DCS, APC, PM or SOS, up to ST or BEL
	strEscape // after ESC in one
)

const (
	esc = 0x1b
	bel = 0x07
)

// feed takes a byte and returns the event that it completes, or nil.
func (d *decoder) feed(b byte) uv.Event {
	switch {
	case d.state == str && b == bel, d.state == strEscape && b == '\\':
		return d.reset()
	case d.state == str || d.state == strEscape: // no answer is asked for, so what a string says is not kept
		d.state = str
		if b == esc {
			d.state = strEscape
		}
		return nil
	case d.state == runes && b&0xc0 != 0x80: // cut short
		d.reset()
	case b == esc && d.state == escaped: // Esc, and then something new
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
	return d.next(b)
}

// begin takes the first byte of a sequence.
func (d *decoder) begin(b byte) uv.Event {
	switch {
	case b == esc:
		d.seq, d.state = append(d.seq[:0], b), escaped
		return nil
	case b < utf8.RuneSelf:
		d.seq = append(d.seq[:0], b)
		return d.end()
	case b >= 0xc2 && b <= 0xf4: // the first byte of a UTF-8 character (RFC 3629, section 4)
		d.seq, d.state = append(d.seq[:0], b), runes
	}
	return nil
}

// next takes a further byte, which is in seq already.
func (d *decoder) next(b byte) uv.Event {
	switch d.state {
	case runes:
		if utf8.FullRune(d.seq) {
			return d.end()
		}
	case escaped:
		switch {
		case b == '[':
			d.state = csi
		case b == 'O':
			d.state = one
		case b == ']' || b == 'P' || b == '_' || b == '^' || b == 'X':
			d.state = str
		case b >= utf8.RuneSelf:
			return d.reset()
		default:
			return d.end()
		}
	case csi:
		switch {
		case len(d.seq) == 3 && b == '[': // a function key of the Linux console
			d.state = one
		case len(d.seq) == 3 && b == 'M':
			d.state = three
		case b >= 0x40 && b <= 0x7e:
			return d.end()
		case b < 0x20 || b > 0x7e:
			return d.reset()
		}
	case three:
		d.state = two
	case two:
		d.state = one
	case one:
		return d.end()
	}
	return nil
}

// pending reports whether the bytes so far may be a whole key, such as Esc, or the beginning of a longer one.
func (d *decoder) pending() bool { return d.state != ground }

// expire ends what has waited for its next byte for too long.
func (d *decoder) expire() uv.Event {
	if d.state == escaped {
		return d.end()
	}
	return d.reset()
}

func (d *decoder) reset() uv.Event {
	d.state, d.seq = ground, nil // asleep, a session holds no buffer
	return nil
}

// end decodes the sequence in seq.
func (d *decoder) end() uv.Event {
	seq := d.seq
	d.reset()
	if len(seq) >= maxSequence {
		return nil
	}
	switch string(seq) {
	case "\x1b[200~":
		d.pastes = true
		return nil
	case "\x1b[201~":
		return d.endPaste()
	}
	if d.pastes && string(seq) != "\x03" { // a terminal takes controls out of what is pasted: this one was typed
		d.keep(seq)
		return nil
	}
	d.paste, d.pastes = nil, false
	if seq[len(seq)-1] == '_' && len(seq) > 2 { // win32-input-mode: it was not asked for, and one can stand for 65,535 keys
		return nil
	}
	if string(seq[:min(len(seq), 3)]) == "\x1b[M" { // X10's mouse reports, whose bytes are any: SGR's are asked for
		return nil
	}
	_, ev := d.keys.Decode(seq)
	return admit(ev)
}

// admit lets through what a reader does: keys, and turns of the wheel, which come only where it was asked for them. It drops
// what a terminal says of itself: a report of its size would be taken for a resize, past every bound.
func admit(ev uv.Event) uv.Event {
	switch ev := ev.(type) {
	case uv.KeyPressEvent:
		ev.Text = content.Clean(ev.Text)
		return ev
	case uv.MouseWheelEvent:
		return ev
	default:
		return nil
	}
}

// keep adds to a paste what is text.
func (d *decoder) keep(seq []byte) {
	if seq[0] == '\r' {
		seq = []byte{'\n'}
	}
	if seq[0] != esc && len(d.paste)+len(seq) <= maxPaste {
		d.paste = append(d.paste, seq...)
	}
}

func (d *decoder) endPaste() uv.Event {
	text := content.Clean(string(d.paste))
	d.paste, d.pastes = nil, false
	if text == "" {
		return nil
	}
	return uv.PasteEvent{Content: text}
}
