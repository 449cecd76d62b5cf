package machine

import (
	"bufio"
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// MaxConns returns how many connections the limit of open files allows: one descriptor for each, and 64 kept for files. It is
// 0 if the limit is not known.
func MaxConns() int {
	const kept = 64 // descriptors
	var files syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_NOFILE, &files); err != nil {
		return 0
	}
	return max(1, int(min(files.Cur, 1<<20))-kept)
}

// availableMemory returns how many bytes the machine or the control group has, whichever is less; 0 if neither is known.
func availableMemory() int64 {
	var least int64
	for _, n := range []int64{machineMemory(), groupMemory()} {
		if n > 0 && (least == 0 || n < least) {
			least = n
		}
	}
	return least
}

// machineMemory returns the machine's memory in bytes (proc_meminfo(5)); 0 if it is not known.
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

// groupMemory returns the least memory.max of the process's control group and those above it (cgroups(7), version 2), in
// bytes; 0 if there is none.
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
	n, _ := strconv.ParseInt(strings.TrimSpace(string(data)), 10, 64) // 0 for "max"
	return n
}
