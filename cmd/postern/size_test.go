package main

import (
	"math"
	"strings"
	"testing"
)

func TestSize(t *testing.T) {
	for text, want := range map[string]int64{
		"0": 0, "10": 10, "64KiB": 64 << 10, "64K": 64 << 10, "64KB": 64_000, "64 MiB": 64 << 20, "64m": 64 << 20, "64MB": 64e6, "2G": 2 << 30, "1TiB": 1 << 40, "7B": 7,
	} {
		if n, err := parseSize(text); err != nil || n != want {
			t.Errorf("%q is %d, %v; want %d", text, n, err, want)
		}
	}
	for _, text := range []string{"", "x", "-1", "+1", "1.5G", "64XB", "MiB", "1e3", "64MiBs", "9223372036854775808", "9999999999G", "0x10"} {
		if n, err := parseSize(text); err == nil {
			t.Errorf("%q is taken for %d", text, n)
		}
	}
}

// FuzzSize: what is written is read again as the same number.
func FuzzSize(f *testing.F) {
	for _, n := range []int64{0, 1, 1000, 1024, 1536, 64 << 10, 80 << 30, math.MaxInt64, 1 << 62} {
		f.Add(n)
	}
	f.Fuzz(func(t *testing.T, n int64) {
		n &= math.MaxInt64
		text := formatSize(n)
		if again, err := parseSize(text); err != nil || again != n {
			t.Errorf("%d is written as %s and read as %d, %v", n, text, again, err)
		}
		if again, err := parseSize(strings.ToLower(text)); err != nil || again != n {
			t.Errorf("%s in lower case is %d, %v", text, again, err)
		}
	})
}
