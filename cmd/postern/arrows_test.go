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
	const live, welcome = "postern/content/live", "postern/content/welcome"
	forbidden := map[string][]string{
		"content":                  {ssh, original, crypto, tea, lipgloss, glamour, live, welcome, "postern/keys", "postern/sshapp"},
		"content/live":             {ssh, original, crypto, tea, lipgloss, glamour, welcome, "postern/keys", "postern/sshapp"},
		"content/welcome":          {"postern", ssh, original, crypto, tea, lipgloss, glamour},
		"keys":                     {wish, tea, ssh, "postern/content", "postern/sshapp"},
		"sshapp/page":              {ssh, original, crypto, tea, live, welcome, "postern/keys", "postern/sshapp"},
		"sshapp/feed":              {ssh, original, crypto, tea, live, welcome, "postern/keys"},
		"sshapp/files":             {ssh, original, crypto, tea, live, welcome, "postern/keys"},
		"sshapp/tui":               {ssh, original, crypto, wish, live, welcome, "postern/keys", "postern/sshapp/linear", "postern/sshapp/pipe"},
		"sshapp/linear":            {ssh, original, crypto, wish, live, welcome, "postern/keys", "postern/sshapp/pipe"},
		"sshapp/pipe":              {ssh, original, crypto, wish, live, welcome, "postern/keys", "postern/sshapp/linear"},
		"sshapp":                   {"postern/cmd", wish + "/bubbletea", live, welcome, "postern/sshapp/internal"},
		"sshapp/internal/memnet":   {"postern"},
		"sshapp/internal/termtest": {"postern"},
		"cmd/postern":              {"postern/sshapp/internal"},
	}
	all, err := exec.Command("go", "list", "postern/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for pkg := range strings.FieldsSeq(string(all)) {
		if pkg = strings.TrimPrefix(pkg, "postern/"); forbidden[pkg] == nil {
			t.Errorf("nothing says what %s may know", pkg)
		}
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
