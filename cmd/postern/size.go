package main

import (
	"errors"
	"math"
	"strconv"
	"strings"
)

// A size is the value of a flag that is a number of bytes. It implements [pflag.Value].
type size[T int | int64] struct{ bytes *T }

// units are what may stand behind a size, in lower case, as in GNU's tools: a KiB, or K, has 1,024 bytes, and a KB 1,000.
var units = map[string]int64{
	"": 1, "b": 1,
	"k": 1 << 10, "kib": 1 << 10, "kb": 1e3,
	"m": 1 << 20, "mib": 1 << 20, "mb": 1e6,
	"g": 1 << 30, "gib": 1 << 30, "gb": 1e9,
	"t": 1 << 40, "tib": 1 << 40, "tb": 1e12,
}

var errSize = errors.New("not a size")

// parseSize reads a number of bytes, such as 65536, 64KiB or 64 MB.
func parseSize(text string) (int64, error) {
	digits := text[:len(text)-len(strings.TrimLeft(text, "0123456789"))]
	unit, known := units[strings.ToLower(strings.TrimSpace(text[len(digits):]))]
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || !known || n > math.MaxInt64/unit {
		return 0, errSize
	}
	return n * unit, nil
}

// formatSize writes a number of bytes with the largest unit that it is a whole number of.
func formatSize(n int64) string {
	unit := ""
	for _, larger := range []string{"KiB", "MiB", "GiB", "TiB"} {
		if n == 0 || n%1024 != 0 {
			break
		}
		n, unit = n/1024, larger
	}
	return strconv.FormatInt(n, 10) + unit
}

func (s size[T]) String() string {
	if s.bytes == nil { // pflag asks the zero value
		return "0"
	}
	return formatSize(int64(*s.bytes))
}

func (s size[T]) Set(text string) error {
	n, err := parseSize(text)
	if err != nil || int64(T(n)) != n {
		return errSize
	}
	*s.bytes = T(n)
	return nil
}

func (size[T]) Type() string { return "size" }
