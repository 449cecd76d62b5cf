package command

import (
	"iter"

	"postern/content/problem"
)

// Bounds of what one call may ask for.
const (
	maxSlugs = 100
	maxWords = 64
)

// table returns all commands, in the order of help. It is a func because help refers to it.
func table() []command {
	return []command{
		{name: "ls", does: "lists posts, newest first", define: defineLs},
		{name: "cat", operands: "SLUG…", least: 1, most: maxSlugs, does: "prints posts, or their Markdown with --raw", define: defineCat},
		{name: "toc", operands: "SLUG", least: 1, most: 1, does: "lists the headings of a post", define: defineToc},
		{name: "links", operands: "SLUG", least: 1, most: 1, does: "lists where the links of a post lead", define: defineLinks},
		{name: "tags", does: "lists the tags, the most used first", define: defineTags},
		{name: "series", does: "lists the series, the longest first", define: defineSeries},
		{name: "random", does: "names a post, any one", define: defineRandom},
		{name: "search", operands: "WORDS…", least: 1, most: maxWords, does: "finds posts, best first; #tag and lang:es narrow", define: defineSearch},
		{name: "wait", does: "prints a line for each post when it is published", define: defineWait},
		{name: "feed", does: "writes the newest posts as a feed", define: defineFeed},
		{name: "archive", does: "writes all posts and their pictures as a tar", define: defineArchive},
		{name: Linear, does: "reads it all line by line, with ssh -t", define: defineLinear},
		{name: "help", operands: "[COMMAND]", most: 1, does: "shows this, or all of one command", define: defineHelp},
		{name: "version", does: "says which Postern this is", define: defineVersion},
	}
}

// lookup returns the command of a name.
func lookup(name string) (command, bool) {
	for _, cmd := range table() {
		if cmd.name == name {
			return cmd, true
		}
	}
	return command{}, false
}

// Usages returns the name of each command, and how it is typed, in the order of help.
func Usages() iter.Seq2[string, string] {
	return func(yield func(name, usage string) bool) {
		for _, cmd := range table() {
			if !yield(cmd.name, cmd.usage()) {
				return
			}
		}
	}
}

// unknownCommand returns the error for a name that no command has, with the command that was probably meant. The command ssh
// is how readers come here.
func unknownCommand(name, ssh string) error {
	if name == "scp" {
		return usageError("the old protocol of scp is not supported; leave out -O, or use sftp")
	}
	names := func(yield func(string) bool) {
		for _, cmd := range table() {
			if !yield(cmd.name) {
				return
			}
		}
	}
	if near, ok := problem.Nearest(name, names); ok {
		return usagef("there is no command %s here; did you mean %s? All are in: %s help", quote(name), near, ssh)
	}
	return usagef("there is no command %s here; try: %s help", quote(name), ssh)
}
