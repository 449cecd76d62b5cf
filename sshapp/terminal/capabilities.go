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

// ReordersText reports whether a terminal puts right-to-left text in the order in which it is seen, and whether that is known. VTE
// does, but takes each line for a part of a left-to-right paragraph. It is told not to, so it counts as one that doesn't.
func (m VersionMsg) ReordersText() (reorders, known bool) {
	for _, without := range []string{"XTerm(", "VTE(", "xterm.js(", "WezTerm ", "foot(", "ghostty ", "alacritty", "contour "} {
		if strings.HasPrefix(string(m), without) {
			return false, true
		}
	}
	return true, strings.HasPrefix(string(m), "mlterm") || strings.HasPrefix(string(m), "Konsole ")
}

// AskModel asks a terminal for its model and the version of its firmware (DA2). The answer is a [ModelMsg].
const AskModel = "\x1b[>c"

// ModelMsg is what a terminal says to be: the number of a model, and of a version.
type ModelMsg []int

// ReordersText reports what it does of a [VersionMsg]. VTE, of which many versions don't say their name, says
// that it is a VT525, with its own version; since 0.58 it can be told not to reorder text.
func (m ModelMsg) ReordersText() (reorders, known bool) {
	const vt525, vte58 = 65, 5800
	isVTE := len(m) == 3 && m[0] == vt525 && m[1] >= vte58
	return !isVTE, isVTE
}

// ReordersText reports whether terminals of this name reorder right-to-left text, and whether that is known. kitty counts as one that
// does, since it reverses the letters of each word.
func ReordersText(name string) (reorders, known bool) {
	family, _, _ := strings.Cut(name, "-")
	if slices.Contains([]string{"alacritty", "contour", "foot", "linux", "rio", "rxvt", "st", "wezterm"}, family) || name == "xterm-ghostty" {
		return false, true
	}
	reorders = family == "mlterm" || family == "konsole" || name == "xterm-kitty"
	return reorders, reorders
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
