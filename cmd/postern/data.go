package main

import (
	"os"
	"path/filepath"

	"github.com/spf13/pflag"
)

// addData adds the flag that says where the server keeps what is its own.
func addData(flags *pflag.FlagSet, dir *string) {
	flags.StringVar(dir, "data", dataDir(), "directory of the server's own data: its host key")
}

// dataDir is where systemd says (StateDirectory= in systemd.exec(5)), else where the XDG Base Directory Specification does.
func dataDir() string {
	if dir := os.Getenv("STATE_DIRECTORY"); dir != "" {
		return dir
	}
	if dir := os.Getenv("XDG_STATE_HOME"); filepath.IsAbs(dir) {
		return filepath.Join(dir, "postern")
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "postern-data" // in the working directory, where no home is known
	}
	return filepath.Join(home, ".local", "state", "postern")
}
