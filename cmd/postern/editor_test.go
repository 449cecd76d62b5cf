package main

import (
	"slices"
	"testing"
)

func TestEditorWords(t *testing.T) {
	for command, want := range map[string][]string{
		"vi":                           {"vi"},
		"  code  --wait ":              {"code", "--wait"},
		`"/opt/My Editor/ed" -x 'a b'`: {"/opt/My Editor/ed", "-x", "a b"},
		`emacsclient -a ""`:            {"emacsclient", "-a", ""},
		`ed'it'or`:                     {"editor"},
		"$(reboot); x":                 {"$(reboot);", "x"},
		`vi "`:                         nil,
		" ":                            nil,
		`""`:                           nil,
	} {
		if got, err := editorWords(command); !slices.Equal(got, want) || (err == nil) != (want != nil) {
			t.Errorf("%q is %q, %v", command, got, err)
		}
	}
}

func TestEditorLine(t *testing.T) {
	for editor, want := range map[string][]string{
		"nvim": {"+7", "./a.md"}, "hx": {"./a.md:7"}, "code": {"--goto", "./a.md:7"}, "ed": {"./a.md"},
	} {
		if got := lineArguments(editor, "a.md", 7); !slices.Equal(got, want) {
			t.Errorf("%s gets %q", editor, got)
		}
	}
}
