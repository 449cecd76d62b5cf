package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// packaged returns a file of the packages.
func packaged(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile("../../.packaging/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestPackagedDefaults holds the variables in /etc/default/postern to flags of serve, and to what the unit reads by itself.
func TestPackagedDefaults(t *testing.T) {
	unit, flags := packaged(t, "postern.service"), newServe().Flags()
	variables := regexp.MustCompile(`(?m)^#?(POSTERN_([A-Z_]+))=`).FindAllStringSubmatch(packaged(t, "postern.default"), -1)
	if len(variables) < 2 {
		t.Fatalf("it has the variables %q", variables)
	}
	for _, m := range variables {
		flag := strings.ToLower(strings.ReplaceAll(m[2], "_", "-"))
		if flags.Lookup(flag) == nil && !strings.Contains(unit, "$"+m[1]) {
			t.Errorf("nothing reads %s", m[1])
		}
	}
}

// TestPackagedSocket: the unit opens one socket, which is all that is served, and not the one of the machine's own sshd.
func TestPackagedSocket(t *testing.T) {
	if n := strings.Count(packaged(t, "postern.socket"), "\nListenStream="); n != 1 {
		t.Errorf("the socket unit opens %d sockets, and one is served", n)
	}
	if strings.Contains(packaged(t, "postern.socket"), "ListenStream=22\n") {
		t.Error("the socket unit takes port 22, which locks out who logs in there")
	}
}

// TestImageHasAllPackages: the image is built of the directories that have Go files, which .dockerignore names.
func TestImageHasAllPackages(t *testing.T) {
	data, err := os.ReadFile("../../.dockerignore")
	if err != nil {
		t.Fatal(err)
	}
	sent := strings.Fields(string(data))
	files, err := filepath.Glob("../../*/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, name := range append(files, "../../cmd/postern/main.go") {
		dir, _, _ := strings.Cut(strings.TrimPrefix(filepath.ToSlash(name), "../../"), "/")
		if !slices.Contains(sent, "!"+dir) {
			t.Fatalf(".dockerignore leaves %s out; write !%s", dir, dir)
		}
	}
}
