package terminal

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	uv "github.com/charmbracelet/ultraviolet"
)

// decode returns the names of the events of some bytes, after the time limit of the last sequence.
func decode(s string) []string {
	var d Decoder
	var names []string
	add := func(ev uv.Event) {
		switch ev := ev.(type) {
		case uv.KeyPressEvent:
			names = append(names, ev.String())
		case uv.PasteEvent:
			names = append(names, fmt.Sprintf("paste:%d:%.20s", len(ev.Content), ev.Content))
		case uv.TerminalVersionEvent:
			names = append(names, "version:"+ev.Name)
		case uv.SecondaryDeviceAttributesEvent:
			names = append(names, fmt.Sprintf("model:%v", []int(ev)))
		case uv.PrimaryDeviceAttributesEvent:
			names = append(names, fmt.Sprintf("attributes:%v", []int(ev)))
		case nil:
		default:
			names = append(names, fmt.Sprintf("%T", ev))
		}
	}
	for i := range len(s) {
		add(d.feed(s[i]))
	}
	if d.Pending() {
		add(d.endIncomplete())
	}
	return names
}

func TestDecoder(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"text", "jé漢", "j é 漢"},
		{"controls", "\r\t\x04\x7f ", "enter tab ctrl+d backspace space"},
		{"arrows", "\x1b[A\x1bOB\x1b[1;5C", "up down ctrl+right"},
		{"pages", "\x1b[5~\x1b[6~\x1b[H\x1b[F", "pgup pgdown home end"},
		{"escape", "\x1b", "esc"},
		{"escape, then a key", "\x1b\x1b[A", "esc up"},
		{"two escapes", "\x1b\x1b", "esc esc"},
		{"alt", "\x1bj", "alt+j"},
		{"Linux console", "\x1b[[Aj", "j"},
		{"mouse of X10", "\x1b[Mqqqj", "j"},
		{"the wheel", "\x1b[<65;3;4Mj", "uv.MouseWheelEvent j"},
		{"mouse of SGR", "\x1b[<0;3;4Mj", "j"},
		{"size report", "\x1b[8;30000;30000tj", "j"},
		{"in-band size", "\x1b[48;1;1;1;1tj", "j"},
		{"win32 with repeats", "\x1b[65;30;97;1;0;65535_j", "j"},
		{"cursor report", "\x1b[10;10Rj", "j"},
		{"mode report", "\x1b[?2026;2$yj", "j"},
		{"cell size", "\x1b[6;20;10tj", "uv.CellSizeEvent j"},
		{"model", "\x1b[>65;7006;1cj", "model:[65 7006 1] j"},
		{"attributes", "\x1b[?62;4cj", "attributes:[62 4] j"},
		{"version", "\x1bP>|kitty(0.40.1)\x1b\\j", "version:kitty(0.40.1) j"},
		{"version that ends in BEL", "\x1bP>|x\aj", "version:x j"},
		{"version within another string", "\x1b]>|x\aj\x1bPP>|x\aj\x1bP1$r0m\aj", "j j j"},
		{"long version", "\x1bP>|" + strings.Repeat("x", 5000) + "\aj", "j"},
		{"clipboard", "\x1b]52;c;aGk=\x07j", "j"},
		{"colour", "\x1b]11;rgb:0000/0000/0000\x1b\\j", "j"},
		{"string without an end", "\x1b]0;" + strings.Repeat("x", 5000), ""},
		{"sequence without an end", "\x1b[" + strings.Repeat("1;", 5000), ""},
		{"long sequence", "\x1b[" + strings.Repeat("1;", 5000) + "Aj", "j"},
		{"invalid UTF-8", "\xff\xc3(\x80j", "( j"},
		{"bidi override", "\u202e", "\ufffd"},
		{"paste", "\x1b[200~some\rtext\x1b[201~j", "paste:9:some\ntext j"},
		{"large paste", "\x1b[200~" + strings.Repeat("x", 1<<20) + "\x1b[201~j", "paste:4096:xxxxxxxxxxxxxxxxxxxx j"},
		{"keys in a paste", "\x1b[200~q\x1b[Aq\x1b[201~", "paste:2:qq"},
		{"empty paste", "\x1b[200~\x1b[201~j", "j"},
		{"paste without an end", "\x1b[200~qqq\x03q", "ctrl+c q"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := strings.Join(decode(tt.in), " "); got != tt.want {
				t.Errorf("%.40q gives %q, want %q", tt.in, got, tt.want)
			}
		})
	}
}

// FuzzDecoder: a decoder returns only keys and pastes, with safe text, and keeps a bounded number of bytes.
func FuzzDecoder(f *testing.F) {
	f.Add([]byte("j\x1b[A\x1b]0;x\x07\x1b[200~x\x1b[201~\xff"))
	f.Add([]byte("\x1b[1;2;3;4;5$y\x1b[<0;1;1M\x1bP>|x\x1b\\\x1b_Gx\x1b\\"))
	f.Fuzz(func(t *testing.T, in []byte) {
		var d Decoder
		check := func(ev uv.Event) {
			switch ev := ev.(type) {
			case nil:
			case uv.KeyPressEvent:
				if !utf8.ValidString(ev.Text) || strings.ContainsFunc(ev.Text, func(r rune) bool { return r < ' ' || r >= 0x7f && r < 0xa0 }) {
					t.Errorf("a key with the text %q", ev.Text)
				}
			case uv.PasteEvent:
				if len(ev.Content) > 3*maxPaste || !utf8.ValidString(ev.Content) { // a byte that is replaced becomes three
					t.Errorf("a paste of %d bytes", len(ev.Content))
				}
			case uv.TerminalVersionEvent:
				if len(ev.Name) > maxVersion {
					t.Errorf("a version of %d bytes", len(ev.Name))
				}
			case uv.PrimaryDeviceAttributesEvent:
				if len(ev) > maxSequence {
					t.Errorf("%d attributes", len(ev))
				}
			case uv.SecondaryDeviceAttributesEvent:
				if len(ev) > maxSequence {
					t.Errorf("%d numbers of a model", len(ev))
				}
			case uv.CellSizeEvent, uv.MouseWheelEvent:
			default:
				t.Errorf("an event of type %T", ev)
			}
		}
		for _, b := range in {
			check(d.feed(b))
			if len(d.seq) > maxSequence || len(d.paste) > maxPaste {
				t.Fatalf("%d and %d bytes kept", len(d.seq), len(d.paste))
			}
		}
		check(d.endIncomplete())
		d.pasting = false
		if ev := d.feed('q'); fmt.Sprint(ev) != "q" {
			t.Errorf("after %q, q is %v", in, ev)
		}
	})
}
