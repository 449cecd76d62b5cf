//go:build !linux

package main

import (
	"math"
	"runtime/debug"
)

// maxConns is a guess where the limit of open files is not looked up.
func maxConns() int { return 1000 }

// memoryLimit is GOMEMLIMIT, and no limit without it.
func memoryLimit() int64 {
	if set := debug.SetMemoryLimit(-1); set != math.MaxInt64 {
		return set
	}
	return 0
}
