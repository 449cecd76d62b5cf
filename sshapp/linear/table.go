package linear

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"postern/content/problem"
)

// A command is a word that can be typed. Answers and help are made from one table of them.
type command struct {
	names       []string // the word, and its short forms and synonyms
	arg         string   // as help shows it; may be empty
	does        string
	keepsAsides bool // it works on headings, links and the help too; other commands leave them first
	do          func(t *Talk, arg string) []string
	doPost      func(t *Talk, p *post, arg string) []string // instead of do: works on the current post
}

// table returns all commands, in the order of help. It is a func because help refers to it.
func table() []command {
	plain := func(do func(*Talk) []string) func(*Talk, string) []string {
		return func(t *Talk, _ string) []string { return do(t) }
	}
	return []command{
		{names: []string{"more", "m"}, does: "goes on, as enter does", keepsAsides: true, do: func(t *Talk, _ string) []string { return t.nextScreenful(0) }},
		{names: []string{"repeat", "r"}, does: "says it again", keepsAsides: true, do: plain((*Talk).repeat)},
		{names: []string{"up", "u"}, does: "says the screenful before", keepsAsides: true, do: plain((*Talk).up)},
		{names: []string{"top", "g"}, does: "begins this again", keepsAsides: true, do: plain((*Talk).top)},
		{names: []string{"back", "b"}, does: "goes back to where you were", keepsAsides: true, do: plain((*Talk).back)},
		{names: []string{"where", "w"}, does: "says where you are", keepsAsides: true, do: plain((*Talk).where)},
		{names: []string{"next", "n"}, does: "opens the next post", doPost: (*Talk).next},
		{names: []string{"previous", "p"}, does: "opens the one before", doPost: (*Talk).previous},
		{names: []string{"contents", "c", "toc", "headings"}, does: "lists its headings; a number goes there", doPost: (*Talk).contents},
		{names: []string{"heading", "]"}, arg: "[N]", does: "goes to the next heading, or to number N", doPost: (*Talk).heading},
		{names: []string{"skip", "k"}, does: "goes past the code or table that you are in", doPost: (*Talk).skip},
		{names: []string{"links", "f", "link"}, arg: "[N]", does: "lists its links, or follows number N", doPost: (*Talk).links},
		{names: []string{"note"}, arg: "N", does: "reads a footnote", doPost: (*Talk).note},
		{names: []string{"find", "/"}, arg: "TEXT", does: "goes to where it says that; find alone, to the next", doPost: (*Talk).find},
		{names: []string{"related"}, does: "lists posts like it", doPost: (*Talk).related},
		{names: []string{"about"}, arg: "[N]", does: "says what it is about, or post N of a list", do: (*Talk).about},
		{names: []string{"address"}, does: "says how to come here again", doPost: (*Talk).address},
		{names: []string{"list", "l", "posts", "ls"}, does: "lists all posts", do: func(t *Talk, _ string) []string { return t.visit(newest()) }},
		{names: []string{"search", "s"}, arg: "WORDS", does: "lists the posts with these words", do: (*Talk).search},
		{names: []string{"tags", "t", "tag"}, arg: "[NAME]", does: "lists tags, or the posts with one", do: withArg((*Talk).tags, (*Talk).tag)},
		{names: []string{"series"}, arg: "[NAME]", does: "lists series, or the parts of one", do: withArg((*Talk).series, (*Talk).seriesParts)},
		{names: []string{"pages"}, does: "lists what stands beside the posts", do: plain((*Talk).pages)},
		{names: []string{"languages", "language", "lang"}, arg: "[NAME]", does: "lists languages, or takes one for the lists", do: withArg((*Talk).languages, (*Talk).setLanguage)},
		{names: []string{"translations"}, does: "lists this post in other languages", doPost: (*Talk).translations},
		{names: []string{"open", "o", "post"}, arg: "NAME", does: "opens a post by its name, or by its number here", do: (*Talk).openByName},
		{names: []string{"help", "h", "?"}, does: "says this", do: plain((*Talk).help)},
		{names: []string{"quit", "q", "exit", "bye"}, does: "leaves, as control D does", do: plain((*Talk).quit)},
	}
}

// withArg returns a func that calls one func without an argument, and another with one.
func withArg(without func(*Talk) []string, with func(*Talk, string) []string) func(*Talk, string) []string {
	return func(t *Talk, arg string) []string {
		if arg == "" {
			return without(t)
		}
		return with(t, arg)
	}
}

// answer does what a line asks for. An empty line goes on, a number chooses, and a word is a command or the name of a post.
func (t *Talk) answer(line string) []string {
	if line == "" {
		return t.nextScreenful(0)
	}
	if n, err := strconv.Atoi(strings.TrimRight(line, ".")); err == nil {
		return t.place().choose(t, n)
	}
	word, arg, _ := strings.Cut(line, " ")
	for _, sign := range []string{"/", "#"} { // as on the screens, without a blank behind them
		if rest, ok := strings.CutPrefix(line, sign); ok {
			word, arg = sign, strings.TrimSpace(rest)
		}
	}
	if word == "#" {
		return t.tag(arg)
	}
	if word == "/" && t.currentPost() == nil {
		word = "search"
	}
	for _, c := range table() {
		if slices.Contains(c.names, strings.ToLower(word)) {
			return t.execute(c, arg)
		}
	}
	return t.openNamed(line, table())
}

// execute runs a command, if it works at the current place.
func (t *Talk) execute(c command, arg string) []string {
	if !c.keepsAsides {
		t.leaveAsides()
	}
	if c.doPost == nil {
		return c.do(t, arg)
	}
	p := t.currentPost()
	if p == nil {
		return t.say("That is for posts. Open one first, by its number or its name.")
	}
	return c.doPost(t, p, arg)
}

// openByName opens a post by its name or, in a list, by its number.
func (t *Talk) openByName(name string) []string {
	if name == "" {
		return t.say("Type open and the name of a post.")
	}
	n, err := strconv.Atoi(name)
	current, inList := t.place().(*list)
	if _, ok := t.env().Edition.Find(name); !ok && inList && err == nil {
		return current.choose(t, n)
	}
	return t.openNamed(name, nil)
}

// openNamed opens a post by its name. If there is none, it suggests the nearest name, of a post or of one of the commands.
func (t *Talk) openNamed(name string, commands []command) []string {
	now := t.env().Edition
	address, anchor, _ := strings.Cut(name, "#")
	if p, ok := now.Find(address); ok {
		t.leaveAsides()
		return t.openPostAt(t.newPost(p), anchor)
	}
	meant, ok := problem.Nearest(name, func(yield func(string) bool) {
		for _, c := range commands {
			if !yield(c.names[0]) {
				return
			}
		}
		now.Addresses()(yield)
	})
	if ok {
		return t.say("Nothing is called %s. Did you mean %s?", shorten(name), meant)
	}
	return t.say("Nothing is called %s. Type help, or search and the words.", shorten(name))
}

func (t *Talk) quit() []string {
	t.left = true
	return nil
}

// help says what can be typed here. Commands for posts are left out if there is no current post.
func (t *Talk) help() []string {
	e := t.env()
	inPost := t.currentPost() != nil
	lines := []string{"Enter goes on. Type:"}
	if inPost {
		lines = append(lines, wrap("a number: follows the link that has it", e.width)...)
	} else {
		lines = append(lines, wrap("a number: opens what has it", e.width)...)
	}
	for _, c := range table() {
		if c.doPost != nil && !inPost {
			continue
		}
		word := c.names[0]
		if len(c.names) > 1 && len(c.names[1]) == 1 {
			word += " or " + c.names[1]
		}
		if c.arg != "" {
			word += " " + c.arg
		}
		lines = append(lines, wrap(fmt.Sprintf("%s: %s", word, c.does), e.width)...)
	}
	return t.sayLong("Help", lines)
}
