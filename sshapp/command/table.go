package command

import (
	"iter"

	"postern/content/problem"
)

// Bounds of the operands of one call.
const (
	maxCatPosts    = 100
	maxSearchWords = 64
)

// table returns all commands, in the order of the help. It is a func because the help refers to it.
func table() []command {
	return []command{
		{name: "ls", summary: "lists posts, newest first", define: defineLs},
		{name: "cat", operands: "SLUG…", minOperands: 1, maxOperands: maxCatPosts, summary: "prints posts, or their Markdown with --raw", define: defineCat},
		{name: "toc", operands: "SLUG", minOperands: 1, maxOperands: 1, summary: "lists the headings of a post", define: defineToc},
		{name: "links", operands: "SLUG", minOperands: 1, maxOperands: 1, summary: "lists where the links of a post lead", define: defineLinks},
		{name: "tags", summary: "lists the tags, the most used first", define: defineTags},
		{name: "series", summary: "lists the series, the longest first", define: defineSeries},
		{name: "random", summary: "names a post, any one", define: defineRandom},
		{name: "search", operands: "WORDS…", minOperands: 1, maxOperands: maxSearchWords, summary: "finds posts, best first; #tag, @author and lang:es narrow", define: defineSearch},
		{name: "wait", summary: "prints a line for each post when it is published", define: defineWait},
		{name: "feed", summary: "writes the newest posts as a feed", define: defineFeed},
		{name: "archive", summary: "writes all posts and their pictures as a tar", define: defineArchive},
		{name: Linear, summary: "reads it all line by line, with ssh -t", define: defineLinear},
		{name: "help", operands: "[COMMAND]", maxOperands: 1, summary: "shows this, or all of one command", define: defineHelp},
		{name: "version", summary: "says which Postern this is", define: defineVersion},

		{name: "new", summary: "lists what was published since you were last here", member: true, define: defineNew},
		{name: "bookmarks", summary: "lists your bookmarks, newest first", member: true, define: defineBookmarks},
		{name: "export", summary: "writes all that is kept of you as JSON", member: true, define: defineExport},
		{name: "forget", summary: "erases all that is kept of you", member: true, define: defineForget},

		{name: "publish", operands: "[NAME]", maxOperands: 1, summary: "publishes a post, < FILE", author: true, define: definePublish},
		{name: "unpublish", operands: "SLUG", minOperands: 1, maxOperands: 1, summary: "takes a post back to the desk", author: true, define: defineUnpublish},
		{name: "drafts", summary: "lists posts that readers don't see, and why", author: true, reports: true, define: defineDrafts},
		{name: "desk", summary: "lists what is saved and not published, or discards it", author: true, define: defineDesk},
		{name: "check", summary: "names what is wrong with the blog and the desk", author: true, define: defineCheck},
		{name: "history", summary: "lists what was published, newest first", author: true, define: defineHistory},
		{name: "diff", operands: "N", minOperands: 1, maxOperands: 1, summary: "shows what generation N has changed", author: true, define: defineDiff},
		{name: "undo", operands: "[N]", maxOperands: 1, summary: "publishes generation N again, or the one before", author: true, define: defineUndo},
		{name: "stats", summary: "shows how often posts are read, and how", author: true, reports: true, define: defineStats},
		{name: "events", summary: "prints a line of JSON for each read, when it happens", author: true, reports: true, define: defineEvents},
		{name: "metrics", summary: "prints the server's counters for Prometheus", author: true, reports: true, define: defineMetrics},
		{name: "git-receive-pack", operands: "REPOSITORY", minOperands: 1, maxOperands: 1, summary: "talks with git push", author: true, client: "git", define: defineReceivePack},
		{name: "git-upload-pack", operands: "REPOSITORY", minOperands: 1, maxOperands: 1, summary: "talks with git clone and git pull", author: true, client: "git", define: defineUploadPack},
		{name: Deploy, summary: "talks with postern deploy", author: true, define: defineDeploy},
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

// Usages returns the name of each command that must be typed under a user name, and how it is typed, in the order of help:
// [content.AuthorName], [content.MemberName], or "" for what everybody may run.
func Usages(user string) iter.Seq2[string, string] {
	return func(yield func(name, usage string) bool) {
		for _, cmd := range table() {
			if cmd.user() == user && cmd.client == "" && !yield(cmd.name, cmd.usage()) {
				return
			}
		}
	}
}

// unknownCommand returns the error for a name that no command has, with the command that was probably meant. ssh is the command
// line that opens the blog.
func unknownCommand(name, ssh string) error {
	if name == "scp" {
		return usagef("the old protocol of scp is not supported; leave out -O, type scp -s before OpenSSH 9.0, or use sftp")
	}
	if name == "rsync" {
		return usagef("rsync is not supported; to publish a directory, type: postern deploy DIR HOST; to fetch what is published: scp -r HOST:/ DIR")
	}
	names := func(yield func(string) bool) {
		for _, cmd := range table() {
			if !yield(cmd.name) {
				return
			}
		}
	}
	if nearest, ok := problem.Nearest(name, names); ok {
		return usagef("there is no command %s here; did you mean %s? All are in: %s help", problem.Quote(name), nearest, ssh)
	}
	return usagef("there is no command %s here; try: %s help", problem.Quote(name), ssh)
}
