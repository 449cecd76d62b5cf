package main

import (
	"bufio"
	"bytes"
	"math"
	"os"
	"path/filepath"
	"runtime/debug"
	"strconv"
	"strings"
	"syscall"
)

// maxConns is how many connections the limit of open files leaves, a descriptor each, some kept for files.
func maxConns() int {
	const kept = 64
	var files syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &files); err != nil {
		return 0
	}
	return max(1, int(min(files.Cur, 1<<20))-kept)
}

// memoryLimit is GOMEMLIMIT, or else 80 % of what the machine or the control group has.
func memoryLimit() int64 {
	if set := debug.SetMemoryLimit(-1); set != math.MaxInt64 {
		return set
	}
	least := int64(math.MaxInt64)
	for _, n := range []int64{machineMemory(), groupMemory()} {
		if n > 0 {
			least = min(least, n)
		}
	}
	if least == math.MaxInt64 {
		return 0
	}
	return least / 5 * 4
}

// machineMemory is the machine's memory (proc_meminfo(5)), 0 if it is not known.
func machineMemory() int64 {
	data, err := os.ReadFile("/proc/meminfo")
	if err != nil {
		return 0
	}
	for lines := bufio.NewScanner(bytes.NewReader(data)); lines.Scan(); {
		if rest, ok := strings.CutPrefix(lines.Text(), "MemTotal:"); ok {
			kb, _ := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 10, 64)
			return kb << 10
		}
	}
	return 0
}

// groupMemory is the least memory.max of the process's control group and those above it (cgroups(7), version 2), 0 if
// there is none.
func groupMemory() int64 {
	data, err := os.ReadFile("/proc/self/cgroup")
	if err != nil {
		return 0
	}
	var least int64
	for line := range strings.Lines(string(data)) {
		group, ok := strings.CutPrefix(strings.TrimSpace(line), "0::")
		for ok {
			if n := groupMax(group); n > 0 && (least == 0 || n < least) {
				least = n
			}
			ok = group != "/" && group != "."
			group = filepath.Dir(group)
		}
	}
	return least
}

func groupMax(group string) int64 {
	data, err := os.ReadFile(filepath.Join("/sys/fs/cgroup", group, "memory.max"))
	if err != nil {
		return 0
	}
	n, _ := strconv.ParseInt(strings.TrimSpace(string(data)), 10, 64) // "max" is none
	return n
}
