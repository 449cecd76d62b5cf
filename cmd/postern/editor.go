package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"postern/sshapp/command"
)

// defaultEditor returns an editor that every system of a kind has: those that POSIX describes, and Windows.
func defaultEditor() string {
	if runtime.GOOS == "windows" {
		return "notepad"
	}
	return "vi"
}

// editorCommand returns the command that opens a file in the author's editor: VISUAL, else EDITOR, else the system's. It
// opens the file at a line if it is an editor whose argument for that is known. No shell runs it, but quotes and, except on
// Windows, backslashes mean what they mean in one.
func editorCommand(file string, line int) (*exec.Cmd, error) {
	name := cmp.Or(os.Getenv("VISUAL"), os.Getenv("EDITOR"), defaultEditor())
	words, err := editorWords(name)
	if err != nil {
		return nil, fmt.Errorf("the editor %q: %w", name, err)
	}
	path, err := exec.LookPath(words[0])
	if err != nil {
		return nil, fmt.Errorf("%s can't be run; name your editor in VISUAL or EDITOR", filepath.Base(words[0]))
	}
	return exec.Command(path, append(words[1:], lineArguments(filepath.Base(words[0]), file, line)...)...), nil
}

// editorWords splits the command of an editor into the program and its arguments.
func editorWords(editor string) ([]string, error) {
	words, err := command.Split(filepath.ToSlash(editor))
	if err == nil && (len(words) == 0 || words[0] == "") {
		return nil, errors.New("it names no program")
	}
	return words, err
}

// lineArguments returns the arguments by which an editor opens a file at a line. For an unknown editor it is the file alone.
func lineArguments(editor, file string, line int) []string {
	if !filepath.IsAbs(file) {
		file = "./" + file // so that a name such as "-x" isn't taken for an option
	}
	switch strings.TrimSuffix(editor, ".exe") {
	case "vi", "vim", "nvim", "view", "gvim", "nvi", "elvis", "emacs", "emacsclient", "nano", "pico", "micro", "kak", "joe", "jed", "mg", "ne":
		return []string{fmt.Sprintf("+%d", line), file}
	case "hx", "helix", "zed", "subl":
		return []string{fmt.Sprintf("%s:%d", file, line)}
	case "code", "code-insiders", "codium", "cursor":
		return []string{"--goto", fmt.Sprintf("%s:%d", file, line)}
	}
	return []string{file}
}
