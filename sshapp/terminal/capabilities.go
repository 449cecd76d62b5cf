package terminal

import (
	"strings"

	"github.com/charmbracelet/colorprofile"
)

// Profile returns the colours that a terminal with this environment can show. It is at least [colorprofile.ASCII], which
// keeps bold and underline, even for a terminal named dumb: who gets here has one that can be drawn on.
func Profile(env []string) colorprofile.Profile {
	return max(colorprofile.Env(env), colorprofile.ASCII)
}

// synchronizes reports whether terminals of this name support synchronized output (mode 2026). Asking the terminal would
// cost a round trip, and its answer would wake every session at its start.
func synchronizes(name string) bool {
	for _, known := range []string{"ghostty", "wezterm", "alacritty", "kitty", "rio", "foot", "contour"} {
		if strings.Contains(name, known) {
			return true
		}
	}
	return false
}

// hasRegions reports whether terminals of this name have scroll regions (DECSTBM). All have but the few, older than the
// VT100 or simpler, that terminfo lists without csr.
func hasRegions(name string) bool {
	for _, without := range []string{"ansi", "cons25", "cygwin", "dumb", "mach", "pcansi", "sun", "unknown", "vt52"} {
		if strings.HasPrefix(name, without) {
			return false
		}
	}
	return name != ""
}
