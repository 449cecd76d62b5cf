package main

import (
	"os/exec"
	"strings"
	"testing"
)

// TestArrows holds the packages to what each may know: imports run one way.
func TestArrows(t *testing.T) {
	const (
		wish, tea, lipgloss, glamour = "charm.land/wish/v2", "charm.land/bubbletea/v2", "charm.land/lipgloss/v2", "charm.land/glamour/v2"
		ssh, original, crypto        = "charm.land/ssh", "github.com/gliderlabs/ssh", "golang.org/x/crypto/ssh"
	)
	forbidden := map[string][]string{
		"content":       {ssh, original, crypto, tea, lipgloss, glamour, "postern/keys", "postern/sshapp"},
		"keys":          {wish, tea, ssh, "postern/content", "postern/sshapp"},
		"sshapp/page":   {ssh, original, crypto, tea, "postern/keys"},
		"sshapp/tui":    {ssh, original, crypto, wish, "postern/keys"},
		"sshapp/pipe":   {ssh, original, crypto, wish, "postern/keys"},
		"sshapp/linear": {ssh, original, crypto, wish, "postern/keys"},
		"sshapp/feed":   {ssh, original, crypto, tea, "postern/keys"},
		"sshapp/files":  {ssh, original, crypto, tea, "postern/keys"},
		"sshapp":        {"postern/cmd", wish + "/bubbletea"},
		"cmd/postern":   {"postern/sshapp/internal"},
	}
	for pkg, names := range forbidden {
		out, err := exec.Command("go", "list", "-deps", "postern/"+pkg).Output()
		if err != nil {
			t.Fatalf("go list %s: %v", pkg, err)
		}
		for dep := range strings.FieldsSeq(string(out)) {
			for _, name := range names {
				own := dep == "postern/"+pkg || strings.HasPrefix(dep, "postern/"+pkg+"/")
				if !own && (dep == name || strings.HasPrefix(dep, name+"/")) {
					t.Errorf("%s must not know %s", pkg, dep)
				}
			}
		}
	}
}
