// Package machine asks the operating system how much a server may use.
package machine

import (
	"math"
	"runtime/debug"
)

// MemoryLimit returns how many bytes of memory the process may use: GOMEMLIMIT or else, on Linux, 80 % of what the machine
// or the control group has. It is 0 if there is no limit.
func MemoryLimit() int64 {
	if limit := debug.SetMemoryLimit(-1); limit != math.MaxInt64 {
		return limit
	}
	return availableMemory() / 5 * 4
}
