package termtest

import (
	"fmt"
	"strings"
	"unicode/utf8"

	tea "charm.land/bubbletea/v2"
)

// special are the keys that have a name, and what a terminal sends for them.
var special = map[string]struct {
	code  rune
	bytes string
}{
	"enter": {tea.KeyEnter, "\r"}, "esc": {tea.KeyEscape, "\x1b"}, "tab": {tea.KeyTab, "\t"}, "space": {tea.KeySpace, " "},
	"backspace": {tea.KeyBackspace, "\x7f"}, "up": {tea.KeyUp, "\x1b[A"}, "down": {tea.KeyDown, "\x1b[B"},
	"right": {tea.KeyRight, "\x1b[C"}, "left": {tea.KeyLeft, "\x1b[D"}, "home": {tea.KeyHome, "\x1b[H"}, "end": {tea.KeyEnd, "\x1b[F"},
	"pgup": {tea.KeyPgUp, "\x1b[5~"}, "pgdown": {tea.KeyPgDown, "\x1b[6~"},
}

// Msg returns the message for what a scene's header names: a key ("j", "enter", "ctrl+d"), a size ("60x20"), or text that
// is pasted ("paste:some_text", with _ for a blank).
func Msg(name string) tea.Msg {
	var w, h int
	if n, _ := fmt.Sscanf(name, "%dx%d", &w, &h); n == 2 {
		return tea.WindowSizeMsg{Width: w, Height: h}
	}
	if text, ok := strings.CutPrefix(name, "paste:"); ok {
		return tea.PasteMsg{Content: strings.ReplaceAll(text, "_", " ")}
	}
	if letter, ok := strings.CutPrefix(name, "ctrl+"); ok {
		r, _ := utf8.DecodeRuneInString(letter)
		return tea.KeyPressMsg{Code: r, Mod: tea.ModCtrl}
	}
	if k, ok := special[name]; ok {
		msg := tea.KeyPressMsg{Code: k.code}
		if name == "space" {
			msg.Text = " "
		}
		return msg
	}
	r, _ := utf8.DecodeRuneInString(name)
	return tea.KeyPressMsg{Code: r, Text: name}
}

// Bytes returns what a terminal sends for keys, separated by blanks.
func Bytes(names string) string {
	var b strings.Builder
	for name := range strings.FieldsSeq(names) {
		letter, ctrl := strings.CutPrefix(name, "ctrl+")
		switch k, ok := special[name]; {
		case ok:
			b.WriteString(k.bytes)
		case ctrl:
			b.WriteByte(letter[0] & 0x1f)
		default:
			b.WriteString(name)
		}
	}
	return b.String()
}
