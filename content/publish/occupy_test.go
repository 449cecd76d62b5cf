//go:build unix

package publish

import (
	"errors"
	"path/filepath"
	"testing"
)

// TestOccupy: several processes may serve a site, and none while it is claimed; a site that is served can't be claimed.
func TestOccupy(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "site")
	release, err := Claim(dir)
	if err != nil {
		t.Fatalf("where there is no site: %v", err)
	}
	release()
	var servers [2]*Site
	for i := range servers {
		if servers[i], err = Open(dir, DefaultLimits(), nil); err != nil {
			t.Fatal(err)
		}
		if err := servers[i].Occupy(); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range servers {
		if _, err := Claim(dir); !errors.Is(err, ErrOccupied) {
			t.Errorf("while a server runs: %v", err)
		}
		s.Close()
	}
	if release, err = Claim(dir); err != nil {
		t.Fatal(err)
	}
	late, err := Open(dir, DefaultLimits(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer late.Close()
	if err := late.Occupy(); !errors.Is(err, ErrClaimed) {
		t.Errorf("while the site is moved: %v", err)
	}
	release()
	if err := late.Occupy(); err != nil {
		t.Errorf("after that: %v", err)
	}
}
