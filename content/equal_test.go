package content

import (
	"io"
	"testing"
	"testing/fstest"
	"time"
)

func TestEqualEditions(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2026, 11, d, 0, 0, 0, 0, time.UTC) }
	files := fstest.MapFS{
		"a.md": {Data: []byte("---\ndate: 2026-11-01\n---\na")},
		"b.md": {Data: []byte("---\ndate: 2026-11-10\nunlisted: true\n---\nb")},
		"c.md": {Data: []byte("---\ndate: 2026-11-01\nexpires: 2026-11-20\n---\nc")},
		"d.md": {Data: []byte("---\ndate: 2026-11-15\ndraft: true\n---\nd")},
	}
	lib, err := Load(files)
	if err != nil {
		t.Fatal(err)
	}
	again, err := Load(files)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		a, b *Edition
		want bool
	}{
		{"one moment", lib.At(day(5)), lib.At(day(5)), true},
		{"nothing between", lib.At(day(11)), lib.At(day(19)), true},
		{"the other way round", lib.At(day(19)), lib.At(day(11)), true},
		{"an unlisted post between", lib.At(day(9)), lib.At(day(10)), false},
		{"an end between", lib.At(day(19)), lib.At(day(20)), false},
		{"nothing left to come", lib.At(day(20)), lib.At(day(30)), true},
		{"another load", lib.At(day(5)), again.At(day(5)), false},
		{"all and some", lib.All(), lib.At(day(5)), false},
		{"all", lib.All(), lib.All(), true},
	}
	for _, tt := range tests {
		if got := tt.a.Equal(tt.b); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}

func TestEditionOpens(t *testing.T) {
	lib, err := Load(fstest.MapFS{"a.md": {Data: []byte("a")}, "a.png": {Data: []byte("picture")}})
	if err != nil {
		t.Fatal(err)
	}
	f, err := lib.All().Open("a.png")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if data, err := io.ReadAll(f); string(data) != "picture" || err != nil {
		t.Errorf("%q, %v", data, err)
	}
}
