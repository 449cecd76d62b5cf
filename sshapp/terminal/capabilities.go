package terminal

import (
	"slices"
	"strings"

	"github.com/charmbracelet/colorprofile"

	"postern/sshapp/picture"
)

// Profile returns the colours that screens are shown in on a terminal that can show some. It is at least [colorprofile.ASCII], which
// keeps bold and underline, even for a terminal named dumb, since only terminals that can move the cursor are shown screens.
func Profile(colors colorprofile.Profile) colorprofile.Profile {
	return max(colors, colorprofile.ASCII)
}

// synchronizes reports whether terminals of this name support synchronized output (mode 2026). The terminal is not asked, since
// that would cost a round trip.
func synchronizes(name string) bool {
	for _, known := range []string{"ghostty", "wezterm", "alacritty", "kitty", "rio", "foot", "contour"} {
		if strings.Contains(name, known) {
			return true
		}
	}
	return false
}

// AskVersion asks a terminal for its name (XTVERSION). The answer is a [VersionMsg].
const AskVersion = "\x1b[>q"

// A VersionMsg is a terminal's name and version, as it says itself.
type VersionMsg string

// KeepsPictures reports whether a terminal speaks the Kitty graphics protocol with Unicode placeholders. Others that speak the
// protocol print the placeholders, and some print all of it.
func (m VersionMsg) KeepsPictures() bool {
	return strings.HasPrefix(string(m), "kitty(") || strings.HasPrefix(string(m), "ghostty ")
}

// MayAsk reports whether terminals of this name may be asked questions: xterm is what many others say that they are, and it ignores
// what it doesn't know, which others don't.
func MayAsk(name string) bool { return strings.HasPrefix(name, "xterm") }

// KeepsPictures reports whether terminals of this name are known to keep pictures, or not to.
func KeepsPictures(name string) (keeps, known bool) {
	if name == "xterm-kitty" || name == "xterm-ghostty" {
		return true, true
	}
	return false, !MayAsk(name)
}

// orders says which terminals put right-to-left text in the order in which it is seen. Each has the first part of its name, up to a
// hyphen, and how its answer to AskVersion begins; the latter is empty if it gives none. Those that can be told not to do it (see
// explicitOrder) count as ones that don't: to them a line is a paragraph, and one of a screen holds several. iTerm2 isn't here, for it
// has a setting, which is off at first (https://github.com/gnachman/iTerm2/pull/716); nor are tmux and screen, which pass text on to a
// terminal that they don't name.
//
// Sources, where no other is given: https://gist.github.com/XVilka/a0e49e1c65370ba11c17 and, for those that do it,
// https://terminal-wg.pages.freedesktop.org/bidi/prior-work/terminals.html.
var orders = []struct {
	name, version string
	reorders      bool
}{
	{"alacritty", "alacritty", false}, // https://github.com/alacritty/alacritty/issues/663
	{"contour", "contour ", false},
	{"foot", "foot(", false},
	{"ghostty", "ghostty ", false}, // https://github.com/ghostty-org/ghostty/issues/1442
	{"kitty", "kitty(", false},     // but it reverses each word, see visualWords: https://github.com/kovidgoyal/kitty/issues/2109
	{"konsole", "Konsole ", true},  // https://docs.kde.org/stable5/en/konsole/konsole/complex-text-rendering.html
	{"linux", "", false},
	{"mintty", "mintty ", false}, // can be told: https://github.com/mintty/mintty/wiki/CtrlSeqs
	{"mlterm", "mlterm", true},
	{"putty", "", true},
	{"rio", "", false},
	{"rxvt", "", false},
	{"st", "", false},
	{"vte", "VTE(", false},         // can be told, since 0.58: https://mail.gnome.org/archives/gnome-announce-list/2019-July/msg00003.html
	{"wezterm", "WezTerm ", false}, // does it if it is set to, and can be told not to: https://github.com/wezterm/wezterm/issues/784
	{"", "XTerm(", false},
	{"", "xterm.js(", false}, // https://github.com/xtermjs/xterm.js/issues/701
}

// ReordersText reports whether a terminal puts right-to-left text in the order in which it is seen, and whether that is known.
func (m VersionMsg) ReordersText() (reorders, known bool) {
	for _, t := range orders {
		if t.version != "" && strings.HasPrefix(string(m), t.version) {
			return t.reorders, true
		}
	}
	return false, false
}

// AskModel asks a terminal for its model and the version of its firmware (DA2). The answer is a [ModelMsg].
const AskModel = "\x1b[>c"

// ModelMsg is what a terminal says to be: the number of a model, and of a version.
type ModelMsg []int

// ReordersText reports what it does of a [VersionMsg], of those that don't say their version. Such answers are listed at
// https://github.com/gavollink/termread/blob/main/Dash-2.md.
func (m ModelMsg) ReordersText() (reorders, known bool) {
	if len(m) != 3 {
		return false, false
	}
	switch kind, version, option := m[0], m[1], m[2]; {
	case kind == 65 && version >= 5800: // VTE, with its own version, says that it is a VT525
		return false, true
	case kind == 'M' && version >= 30000: // mintty
		return false, true
	case kind == 0 && option == 1: // alacritty, with its version, and Windows Terminal: https://github.com/microsoft/terminal/issues/18659
		return false, true
	case kind == 0 && version == 276: // xterm.js, as in VS Code: https://github.com/xtermjs/xterm.js/issues/701
		return false, true
	case kind == 0 && version == 136: // PuTTY
		return true, true
	case kind == 1 && version == 95: // Terminal of macOS
		return true, true
	}
	return false, false
}

// ReordersText reports whether terminals of this name reorder right-to-left text, and whether that is known.
func ReordersText(name string) (reorders, known bool) {
	family, _, _ := strings.Cut(strings.TrimPrefix(name, "xterm-"), "-")
	for _, t := range orders {
		if t.name == family && family != "" {
			return t.reorders, true
		}
	}
	return false, false
}

// AskCell asks a terminal how many pixels a cell has (XTWINOPS 16). The answer is a [CellMsg]; many give none.
const AskCell = "\x1b[16t"

// A CellMsg is the size of a terminal's cells, as it says itself.
type CellMsg picture.Cell

// AskAttributes asks a terminal what it can do (DA1). The answer is an [AttributesMsg].
const AskAttributes = "\x1b[c"

// AttributesMsg is the list of what a terminal can do.
type AttributesMsg []int

// DrawsSixels reports whether a terminal draws sixels (DEC STD 070, 4.1).
func (m AttributesMsg) DrawsSixels() bool { return slices.Contains(m, 4) }

// hasScrollRegions reports whether terminals of this name have scroll regions (DECSTBM). All do but the few that terminfo lists
// without csr.
func hasScrollRegions(name string) bool {
	for _, without := range []string{"ansi", "cons25", "cygwin", "dumb", "mach", "pcansi", "sun", "unknown", "vt52"} {
		if strings.HasPrefix(name, without) {
			return false
		}
	}
	return name != ""
}
