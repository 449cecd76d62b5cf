package terminal

import "testing"

// TestReordersText: by the names of terminals.
func TestReordersText(t *testing.T) {
	for name, want := range map[string][2]bool{
		"linux": {false, true}, "st": {false, true}, "st-256color": {false, true}, "foot-extra": {false, true}, "xterm-ghostty": {false, true},
		"xterm-256color": {false, false}, "xterm-kitty": {true, true}, "mlterm": {true, true}, "tmux-256color": {false, false}, "": {false, false},
	} {
		if reorders, known := ReordersText(name); reorders != want[0] || known != want[1] {
			t.Errorf("%s: %t, %t", name, reorders, known)
		}
	}
}
