package durable_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"postern/content/durable"
)

func text(s string) func(*os.File) error {
	return func(f *os.File) error {
		_, err := f.WriteString(s)
		return err
	}
}

// TestFileIsWholeOrWhatItWas: nobody sees half of a file, and what fails leaves nothing.
func TestFileIsWholeOrWhatItWas(t *testing.T) {
	dir := t.TempDir()
	name := filepath.Join(dir, "a")
	want := func(text string) {
		t.Helper()
		if data, err := os.ReadFile(name); string(data) != text || err != nil {
			t.Errorf("it reads %q, %v; want %q", data, err, text)
		}
		if entries, _ := os.ReadDir(dir); len(entries) != 1 {
			t.Errorf("the directory has %v", entries)
		}
	}
	if err := durable.Create(name, text("one")); err != nil {
		t.Fatal(err)
	}
	if err := durable.Create(name, text("two")); !errors.Is(err, fs.ErrExist) {
		t.Errorf("a file is made twice: %v", err)
	}
	want("one")
	broken := errors.New("broken")
	err := durable.Replace(name, func(f *os.File) error {
		want := []string{"a", filepath.Base(f.Name())}
		var names []string
		entries, _ := os.ReadDir(dir)
		for _, e := range entries {
			names = append(names, e.Name())
		}
		if !slices.Equal(names, want) {
			t.Errorf("while it is written, the directory has %q, want %q", names, want)
		}
		return errors.Join(text("half")(f), broken)
	})
	if !errors.Is(err, broken) {
		t.Errorf("the error is %v", err)
	}
	want("one")
	if err := durable.Replace(name, text("two")); err != nil {
		t.Fatal(err)
	}
	want("two")
	if info, err := os.Stat(name); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("others may read it: %v, %v", info.Mode(), err)
	}
}

func TestSync(t *testing.T) {
	dir := t.TempDir()
	names := []string{dir}
	for i := range 20 {
		names = append(names, filepath.Join(dir, strconv.Itoa(i)))
		if err := os.WriteFile(names[i+1], nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := durable.Sync(names...); err != nil {
		t.Error(err)
	}
	if err := durable.Sync(append(names, filepath.Join(dir, "none"))...); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a file that isn't there is on the disk: %v", err)
	}
	if err := durable.Sync(); err != nil {
		t.Error(err)
	}
}
