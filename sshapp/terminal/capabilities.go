package terminal

import (
	"strings"

	"github.com/charmbracelet/colorprofile"
)

// Profile returns the colours that a terminal with this environment can show. It is at least [colorprofile.ASCII], which keeps
// bold and underline, even for a terminal named dumb, since only terminals that can move the cursor are shown screens.
func Profile(env []string) colorprofile.Profile {
	return max(colorprofile.Env(env), colorprofile.ASCII)
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
