package terminal

import "testing"

// TestReordersText: by the names of terminals.
func TestReordersText(t *testing.T) {
	for name, want := range map[string][2]bool{
		"linux": {false, true}, "st": {false, true}, "st-256color": {false, true}, "foot-extra": {false, true}, "xterm-ghostty": {false, true},
		"xterm-256color": {false, false}, "xterm-kitty": {false, true}, "mlterm": {true, true}, "tmux-256color": {false, false}, "": {false, false},
	} {
		if reorders, known := ReordersText(name); reorders != want[0] || known != want[1] {
			t.Errorf("%s: %t, %t", name, reorders, known)
		}
	}
}

// TestAnswersOfReordering: what terminals say of their versions, as they were recorded.
func TestAnswersOfReordering(t *testing.T) {
	for version, want := range map[VersionMsg][2]bool{
		"XTerm(390)": {false, true}, "VTE(7600)": {false, true}, "kitty(0.43.1)": {false, true}, "mintty 3.7.7": {false, true},
		"WezTerm 20251025-070338-b6e75fd7": {false, true}, "Konsole 25.08.2": {true, true}, "mlterm(3.9.3)": {true, true},
		"iTerm2 3.6.5": {false, false}, "tmux 3.4": {false, false}, "": {false, false},
	} {
		if reorders, known := version.ReordersText(); reorders != want[0] || known != want[1] {
			t.Errorf("%s: %t, %t", version, reorders, known)
		}
	}
	for _, tt := range []struct {
		model           ModelMsg
		reorders, known bool
	}{
		{ModelMsg{65, 7600, 1}, false, true}, {ModelMsg{65, 379, 0}, false, false}, {ModelMsg{77, 30707, 0}, false, true},
		{ModelMsg{0, 10, 1}, false, true}, {ModelMsg{0, 1601, 1}, false, true}, {ModelMsg{0, 276, 0}, false, true},
		{ModelMsg{0, 136, 0}, true, true}, {ModelMsg{1, 95, 0}, true, true}, {ModelMsg{84, 0, 0}, false, false}, {nil, false, false},
	} {
		if reorders, known := tt.model.ReordersText(); reorders != tt.reorders || known != tt.known {
			t.Errorf("%v: %t, %t", tt.model, reorders, known)
		}
	}
}
