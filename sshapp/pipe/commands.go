// Package pipe answers `ssh HOST COMMAND`: a command line in, bytes for a pipe out, and an exit code. It knows no SSH.
//
// What must hold of every answer: without a terminal there is nothing on stdout but the answer, which is valid UTF-8 without
// any escape sequence or carriage return and ends in a newline; what was wrong is on stderr; an answer is written as it is
// made, so that a reader who is slow or gone costs nothing.
package pipe

import (
	"iter"
	"strings"

	"github.com/spf13/pflag"
)

// A command is a row of the table that feeds dispatch, help and usage errors.
type command struct {
	name        string
	operands    string // as help writes them
	least, most int    // how many of them there may be
	does        string // in a few words

	// define adds the command's flags, and returns what answers with their values. The text of a flag's usage names its
	// value in backquotes, as pflag has it.
	define func(*pflag.FlagSet) answer
}

// An answer is one command's. Its error is what the client is told, with exit code 1, or 2 for a [usageError].
type answer func(c *Call, operands []string) error

// Bounds of what one call may ask for.
const (
	maxSlugs = 100
	maxWords = 64
)

// commands returns the table, in the order of help.
func commands() []command {
	return []command{
		{name: "ls", does: "lists posts, newest first", define: ls},
		{name: "cat", operands: "SLUG…", least: 1, most: maxSlugs, does: "prints posts, or their Markdown with --raw", define: cat},
		{name: "toc", operands: "SLUG", least: 1, most: 1, does: "lists the headings of a post", define: toc},
		{name: "links", operands: "SLUG", least: 1, most: 1, does: "lists where the links of a post lead", define: links},
		{name: "tags", does: "lists the tags, the most used first", define: tags},
		{name: "series", does: "lists the series, the longest first", define: series},
		{name: "random", does: "names a post, any one", define: random},
		{name: "search", operands: "WORDS…", least: 1, most: maxWords, does: "finds posts, best first; #tag and lang:es narrow", define: search},
		{name: "wait", does: "prints a line for each post when it is published", define: wait},
		{name: "feed", does: "writes the newest posts as a feed", define: feedOf},
		{name: "archive", does: "writes all posts and their pictures as a tar", define: archive},
		{name: Linear, does: "reads it all line by line, with ssh -t", define: lines},
		{name: "help", operands: "[COMMAND]", most: 1, does: "shows this, or all of one command", define: help},
		{name: "version", does: "says which Postern this is", define: version},
	}
}

// lookup returns the command of that name.
func lookup(name string) (command, bool) {
	for _, cmd := range commands() {
		if cmd.name == name {
			return cmd, true
		}
	}
	return command{}, false
}

// flags returns the command's flags, in the order of their definition, and what answers with them.
func (cmd command) flags() (*pflag.FlagSet, answer) {
	flags := pflag.NewFlagSet(cmd.name, pflag.ContinueOnError)
	flags.SortFlags = false
	flags.Usage = func() {}
	return flags, cmd.define(flags)
}

// usage is the command with all that may follow it.
func (cmd command) usage() string {
	parts := []string{cmd.name}
	if cmd.operands != "" {
		parts = append(parts, cmd.operands)
	}
	flags, _ := cmd.flags()
	flags.VisitAll(func(f *pflag.Flag) { parts = append(parts, "["+spelled(f)+"]") })
	return strings.Join(parts, " ")
}

// spelled is a flag as it is typed.
func spelled(f *pflag.Flag) string {
	name := "--" + f.Name
	if f.Shorthand != "" {
		name = "-" + f.Shorthand
	}
	value, _ := pflag.UnquoteUsage(f)
	return strings.TrimSpace(name + " " + value)
}

// Usages returns what every command is called and how it is typed, in the order of help.
func Usages() iter.Seq2[string, string] {
	return func(yield func(name, usage string) bool) {
		for _, cmd := range commands() {
			if !yield(cmd.name, cmd.usage()) {
				return
			}
		}
	}
}
