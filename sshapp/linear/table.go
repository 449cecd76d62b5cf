package linear

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"postern/content/problem"
)

// A command is a row of the table from which answers and the help are made.
type command struct {
	names          []string // the name that the help shows, and then its short forms and synonyms
	arg            string   // as the help shows it; may be empty
	help           string
	keepsTransient bool // it works on transient views too; other commands close them first
	run            func(s *Session, arg string) []string
	runOnPost      func(s *Session, p *post, arg string) []string // instead of run, for commands that work on the current post
}

// table returns all commands, in the order of the help. It is a func because the help refers to it.
func table() []command {
	plain := func(do func(*Session) []string) func(*Session, string) []string {
		return func(s *Session, _ string) []string { return do(s) }
	}
	return []command{
		{names: []string{"more", "m"}, help: "goes on, as enter does", keepsTransient: true, run: func(s *Session, _ string) []string { return s.nextScreenful(0) }},
		{names: []string{"repeat", "r"}, help: "says it again", keepsTransient: true, run: plain((*Session).repeat)},
		{names: []string{"up", "u"}, help: "says the screenful before", keepsTransient: true, run: plain((*Session).up)},
		{names: []string{"top", "g"}, help: "begins this again", keepsTransient: true, run: plain((*Session).top)},
		{names: []string{"back", "b"}, help: "goes back to where you were", keepsTransient: true, run: plain((*Session).back)},
		{names: []string{"where", "w"}, help: "says where you are", keepsTransient: true, run: plain((*Session).where)},
		{names: []string{"next", "n"}, help: "opens the next post", runOnPost: (*Session).next},
		{names: []string{"previous", "p"}, help: "opens the one before", runOnPost: (*Session).previous},
		{names: []string{"contents", "c", "toc", "headings"}, help: "lists its headings; a number goes there", runOnPost: (*Session).contents},
		{names: []string{"heading", "]"}, arg: "[N]", help: "goes to the next heading, or to number N", runOnPost: (*Session).heading},
		{names: []string{"skip", "k"}, help: "goes past the code or table that you are in", runOnPost: (*Session).skip},
		{names: []string{"links", "f", "link"}, arg: "[N]", help: "lists its links, or follows number N", runOnPost: (*Session).links},
		{names: []string{"note"}, arg: "N", help: "reads a footnote", runOnPost: (*Session).note},
		{names: []string{"find", "/"}, arg: "TEXT", help: "goes to where it says that; find alone, to the next", runOnPost: (*Session).find},
		{names: []string{"related"}, help: "lists posts like it", runOnPost: (*Session).related},
		{names: []string{"about"}, arg: "[N]", help: "says what it is about, or post N of a list", run: (*Session).about},
		{names: []string{"write"}, help: "says how to write to its author", runOnPost: (*Session).write},
		{names: []string{"address"}, help: "says how to come here again", runOnPost: (*Session).address},
		{names: []string{"list", "l", "posts", "ls"}, help: "lists all posts", run: func(s *Session, _ string) []string { return s.open(allPosts(s.env().Words())) }},
		{names: []string{"search", "s"}, arg: "WORDS", help: "lists the posts with these words", run: (*Session).search},
		{names: []string{"tags", "t", "tag"}, arg: "[NAME]", help: "lists tags, or the posts with one", run: withArg((*Session).tags, (*Session).tag)},
		{names: []string{"series"}, arg: "[NAME]", help: "lists series, or the parts of one", run: withArg((*Session).series, (*Session).seriesParts)},
		{names: []string{"pages"}, help: "lists what stands beside the posts", run: plain((*Session).pages)},
		{names: []string{"languages", "language", "lang"}, arg: "[NAME]", help: "lists languages, or takes one for the lists", run: withArg((*Session).languages, (*Session).setLanguage)},
		{names: []string{"translations"}, help: "lists this post in other languages", runOnPost: (*Session).translations},
		{names: []string{"bookmark"}, help: "keeps a bookmark here, or removes it", runOnPost: (*Session).bookmark},
		{names: []string{"bookmarks"}, help: "lists bookmarks; a number goes there", run: plain((*Session).bookmarks)},
		{names: []string{"new"}, help: "lists what is new since you were last here", run: plain((*Session).news)},
		{names: []string{"yes", "remember"}, help: "has this blog remember you, if you came with a key", run: plain((*Session).agree)},
		{names: []string{"open", "o", "post"}, arg: "NAME", help: "opens a post by its name, or by its number here", run: (*Session).openByName},
		{names: []string{"help", "h", "?"}, help: "says this", run: plain((*Session).help)},
		{names: []string{"quit", "q", "exit", "bye"}, help: "leaves, as control D does", run: plain((*Session).quit)},
	}
}

// withArg returns a func that calls one func without an argument, and another with one.
func withArg(without func(*Session) []string, with func(*Session, string) []string) func(*Session, string) []string {
	return func(s *Session, arg string) []string {
		if arg == "" {
			return without(s)
		}
		return with(s, arg)
	}
}

// answer executes a line. An empty line goes on, a number chooses, and a word is a command or the name of a post.
func (s *Session) answer(line string) []string {
	if line == "" {
		return s.nextScreenful(0)
	}
	if n, err := strconv.Atoi(strings.TrimRight(line, ".")); err == nil {
		return s.view().choose(s, n)
	}
	word, arg, _ := strings.Cut(line, " ")
	for _, sign := range []string{"/", "#"} { // these need no blank behind them, as on the screens
		if rest, ok := strings.CutPrefix(line, sign); ok {
			word, arg = sign, strings.TrimSpace(rest)
		}
	}
	if word == "#" {
		return s.tag(arg)
	}
	if word == "/" && s.currentPost() == nil {
		word = "search"
	}
	for _, c := range table() {
		if slices.Contains(c.names, strings.ToLower(word)) {
			return s.execute(c, arg)
		}
	}
	return s.openNamed(line, table())
}

// execute runs a command, if it works in the current view.
func (s *Session) execute(c command, arg string) []string {
	if !c.keepsTransient {
		s.closeTransient()
	}
	if c.runOnPost == nil {
		return c.run(s, arg)
	}
	p := s.currentPost()
	if p == nil {
		return s.message("That is for posts. Open one first, by its number or its name.")
	}
	return c.runOnPost(s, p, arg)
}

// openByName opens a post by its name or, in a list, by its number.
func (s *Session) openByName(name string) []string {
	if name == "" {
		return s.message("Type open and the name of a post.")
	}
	n, err := strconv.Atoi(name)
	current, inList := s.view().(*list)
	if _, ok := s.env().Edition.Find(name); !ok && inList && err == nil {
		return current.choose(s, n)
	}
	return s.openNamed(name, nil)
}

// openNamed opens a post by its name. If no post has it, it suggests the nearest name of a post or of one of the commands.
func (s *Session) openNamed(name string, commands []command) []string {
	edition := s.env().Edition
	address, anchor, _ := strings.Cut(name, "#")
	if p, ok := edition.Find(address); ok {
		s.closeTransient()
		return s.openPostAt(s.newPost(p), anchor)
	}
	nearest, ok := problem.Nearest(name, func(yield func(string) bool) {
		for _, c := range commands {
			if !yield(c.names[0]) {
				return
			}
		}
		edition.Addresses()(yield)
	})
	if ok {
		return s.message("Nothing is called %s. Did you mean %s?", shorten(name), nearest)
	}
	return s.message("Nothing is called %s. Type help, or search and the words.", shorten(name))
}

func (s *Session) quit() []string {
	s.quitting = true
	return nil
}

// help lists what can be typed now. Commands for posts are left out if there is no current post.
func (s *Session) help() []string {
	e := s.env()
	inPost := s.currentPost() != nil
	lines := s.message("Enter goes on. Type:")
	if inPost {
		lines = append(lines, s.message("a number: follows the link that has it")...)
	} else {
		lines = append(lines, s.message("a number: opens what has it")...)
	}
	for _, c := range table() {
		if c.runOnPost != nil && !inPost {
			continue
		}
		word := c.names[0]
		if len(c.names) > 1 && len(c.names[1]) == 1 {
			word = s.say("%s or %s", word, c.names[1])
		}
		if c.arg != "" {
			word += " " + c.arg
		}
		lines = append(lines, wrap(fmt.Sprintf("%s: %s", word, s.say(c.help)), e.width)...)
	}
	return s.longMessage(s.say("Help"), lines)
}
