package terminal

import (
	"strings"
	"time"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
	uv "github.com/charmbracelet/ultraviolet"

	"postern/content/sanitize"
)

const (
	maxSequence = 1 << 10 // bytes of one escape sequence; that of a key has at most about 20
	maxPaste    = 4 << 10 // bytes kept of a paste, of which a prompt takes one line
	maxVersion  = 64      // bytes of the answer with a terminal's name, such as "ghostty 1.2.3"
)

// EscapeTimeout is how long an escape that nothing follows waits to be taken for the Esc key. Over a network the bytes of
// one key come in one packet as a rule; 50 ms is what ultraviolet waits too.
const EscapeTimeout = 50 * time.Millisecond

// versionIntroducer begins a terminal's answer to XTVERSION.
const versionIntroducer = "\x1bP>|"

// A Decoder turns a reader's bytes into messages: keys, pastes and turns of the wheel. It splits the bytes into sequences
// itself, looks at each byte once, and keeps at most maxSequence and maxPaste bytes. Ultraviolet's decoder then tells what a
// whole sequence means. All other sequences are dropped, such as a report of the terminal's size, except for the answers to what
// the terminal is asked: [VersionMsg], [ModelMsg], [CellMsg] and [AttributesMsg].
//
// The zero Decoder is ready to use. It is not safe for concurrent use.
type Decoder struct {
	state   state
	seq     []byte // the incomplete sequence
	paste   []byte
	pasting bool // between the sequences that begin and end a bracketed paste
	keys    uv.EventDecoder
}

// A state says which bytes may follow, by the classes of ECMA-48, section 5.
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

// Flush ends an incomplete sequence whose next byte has not come in [EscapeTimeout]. It returns the message for the Esc key if ESC is
// its only byte. Any other sequence is dropped, and nil returned.
func (d *Decoder) Flush() tea.Msg { return message(d.endIncomplete()) }

// feed takes a byte and returns the event that it completes, or nil.
func (d *Decoder) feed(b byte) uv.Event {
	switch {
	case d.state == inString && b == bel, d.state == afterESCInString && b == '\\':
		return d.endString()
	case d.state == inString || d.state == afterESCInString:
		d.inString(b)
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

// advance changes the state for a further byte, which is in seq already.
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

// inString takes a byte of a string. The only one that is kept is the answer to what the terminal is asked for.
func (d *Decoder) inString(b byte) {
	d.state = inString
	switch n := len(d.seq); {
	case b == esc:
		d.state = afterESCInString
	case n < len(versionIntroducer) && versionIntroducer[n] == b, n >= len(versionIntroducer) && n < maxVersion:
		d.seq = append(d.seq, b)
	default:
		d.seq = nil
	}
}

// endString ends a string.
func (d *Decoder) endString() uv.Event {
	seq := string(d.seq)
	d.reset()
	if version, ok := strings.CutPrefix(seq, versionIntroducer); ok {
		return uv.TerminalVersionEvent{Name: version}
	}
	return nil
}

// Pending reports whether there is an incomplete sequence. It may be a whole key: Esc.
func (d *Decoder) Pending() bool { return d.state != ground }

// endIncomplete ends an incomplete sequence; see Flush.
func (d *Decoder) endIncomplete() uv.Event {
	if d.state == afterESC {
		return d.end()
	}
	return d.reset()
}

func (d *Decoder) reset() uv.Event {
	d.state, d.seq = ground, nil // an idle session keeps no buffer
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
	if d.pasting && string(seq) != "\x03" { // terminals remove control characters from a paste, so this Ctrl-C was typed
		d.addToPaste(seq)
		return nil
	}
	d.paste, d.pasting = nil, false
	if seq[len(seq)-1] == '_' && len(seq) > 2 { // win32-input-mode was not asked for, and one of its sequences can mean 65,535 keys
		return nil
	}
	if string(seq[:min(len(seq), 3)]) == "\x1b[M" { // a mouse report of X10, which may hold any bytes; only those of SGR were asked for
		return nil
	}
	_, ev := d.keys.Decode(seq)
	return fromReader(ev)
}

// fromReader returns an event that the reader has caused, that is, a key or a turn of the wheel, or an answer; nil for any other. A
// terminal's other reports about itself are dropped: Bubble Tea would take a report of the size for a resize, without our bounds.
func fromReader(ev uv.Event) uv.Event {
	switch ev := ev.(type) {
	case uv.KeyPressEvent:
		ev.Text = sanitize.Text(ev.Text)
		return ev
	case uv.MouseWheelEvent, uv.PrimaryDeviceAttributesEvent, uv.SecondaryDeviceAttributesEvent, uv.CellSizeEvent:
		return ev
	default:
		return nil
	}
}

// addToPaste appends a sequence to the paste, if it is text and there is room for it.
func (d *Decoder) addToPaste(seq []byte) {
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
	case uv.TerminalVersionEvent:
		return VersionMsg(ev.Name)
	case uv.CellSizeEvent:
		return CellMsg(ev)
	case uv.PrimaryDeviceAttributesEvent:
		return AttributesMsg(ev)
	case uv.SecondaryDeviceAttributesEvent:
		return ModelMsg(ev)
	}
	return nil
}
