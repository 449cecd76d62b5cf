package linear

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"postern/content"
)

// A command is a word that can be typed: dispatch and help read the same table.
type command struct {
	names []string // the word, and what it may be cut to
	arg   string   // what follows it, as help shows it
	does  string
	stays bool // it is about the place itself: headings, links and the help are not left for it
	do    func(t *Talk, arg string) []string
	of    func(t *Talk, p *post, arg string) []string // in the place of do: about the post that is being read
}

// commands returns the table, in the order of help.
func commands() []command {
	plain := func(do func(*Talk) []string) func(*Talk, string) []string {
		return func(t *Talk, _ string) []string { return do(t) }
	}
	return []command{
		{names: []string{"more", "m"}, does: "goes on, as enter does", stays: true, do: func(t *Talk, _ string) []string { return t.onward(0) }},
		{names: []string{"repeat", "r"}, does: "says it again", stays: true, do: plain((*Talk).repeat)},
		{names: []string{"up", "u"}, does: "says the screenful before", stays: true, do: plain((*Talk).up)},
		{names: []string{"top", "g"}, does: "begins this again", stays: true, do: plain((*Talk).top)},
		{names: []string{"back", "b"}, does: "goes back to where you were", stays: true, do: plain((*Talk).back)},
		{names: []string{"where", "w"}, does: "says where you are", stays: true, do: plain((*Talk).where)},
		{names: []string{"next", "n"}, does: "opens the next post", of: (*Talk).next},
		{names: []string{"previous", "p"}, does: "opens the one before", of: (*Talk).previous},
		{names: []string{"contents", "c", "toc", "headings"}, does: "lists its headings; a number goes there", of: (*Talk).contents},
		{names: []string{"heading", "]"}, arg: "[N]", does: "goes to the next heading, or to number N", of: (*Talk).heading},
		{names: []string{"skip", "k"}, does: "goes past the code or table that you are in", of: (*Talk).skip},
		{names: []string{"links", "f", "link"}, arg: "[N]", does: "lists its links, or follows number N", of: (*Talk).links},
		{names: []string{"note"}, arg: "N", does: "reads a footnote", of: (*Talk).note},
		{names: []string{"find", "/"}, arg: "TEXT", does: "goes to where it says that; find alone, to the next", of: (*Talk).find},
		{names: []string{"related"}, does: "lists posts like it", of: (*Talk).related},
		{names: []string{"about"}, arg: "[N]", does: "says what it is about, or post N of a list", do: (*Talk).about},
		{names: []string{"address"}, does: "says how to come here again", of: (*Talk).address},
		{names: []string{"list", "l", "posts", "ls"}, does: "lists all posts", do: func(t *Talk, _ string) []string { return t.enter(newest()) }},
		{names: []string{"search", "s"}, arg: "WORDS", does: "lists the posts with these words", do: (*Talk).look},
		{names: []string{"tags", "t", "tag"}, arg: "[NAME]", does: "lists tags, or the posts with one", do: or((*Talk).tags, (*Talk).tag)},
		{names: []string{"series"}, arg: "[NAME]", does: "lists series, or the parts of one", do: or((*Talk).series, (*Talk).parts)},
		{names: []string{"pages"}, does: "lists what stands beside the posts", do: plain((*Talk).beside)},
		{names: []string{"languages", "language", "lang"}, arg: "[NAME]", does: "lists languages, or takes one for the lists", do: or((*Talk).languages, (*Talk).speak)},
		{names: []string{"translations"}, does: "lists this post in other languages", of: (*Talk).translations},
		{names: []string{"open", "o", "post"}, arg: "NAME", does: "opens a post by its name, or by its number here", do: (*Talk).choose},
		{names: []string{"help", "h", "?"}, does: "says this", do: plain((*Talk).help)},
		{names: []string{"quit", "q", "exit", "bye"}, does: "leaves, as control D does", do: plain((*Talk).quit)},
	}
}

// or does one thing without an argument, and another with one.
func or(without func(*Talk) []string, with func(*Talk, string) []string) func(*Talk, string) []string {
	return func(t *Talk, arg string) []string {
		if arg == "" {
			return without(t)
		}
		return with(t, arg)
	}
}

// answer does what a line asks for: without a word it goes on, a number chooses, a word is a command or a post's name.
func (t *Talk) answer(line string) []string {
	if line == "" {
		return t.onward(0)
	}
	if n, err := strconv.Atoi(strings.TrimRight(line, ".")); err == nil {
		return t.here().choose(t, n)
	}
	word, arg, _ := strings.Cut(line, " ")
	for _, sign := range []string{"/", "#"} { // as they are typed elsewhere
		if rest, ok := strings.CutPrefix(line, sign); ok {
			word, arg = sign, strings.TrimSpace(rest)
		}
	}
	if word == "#" {
		return t.tag(arg)
	}
	if word == "/" && t.reads() == nil {
		word = "search"
	}
	for _, c := range commands() {
		if slices.Contains(c.names, strings.ToLower(word)) {
			return t.obey(c, arg)
		}
	}
	return t.named(line, commands())
}

func (t *Talk) obey(c command, arg string) []string {
	if !c.stays {
		t.drop()
	}
	if c.of == nil {
		return c.do(t, arg)
	}
	p := t.reads()
	if p == nil {
		return t.say("That is for posts. Open one first, by its number or its name.")
	}
	return c.of(t, p, arg)
}

// reads returns the post that is being read, or nil.
func (t *Talk) reads() *post {
	for _, p := range slices.Backward(t.places) {
		if p.passing() {
			continue
		}
		of, _ := p.(*post)
		return of
	}
	return nil
}

// choose opens a post by its name or, in a list, by its number.
func (t *Talk) choose(name string) []string {
	if name == "" {
		return t.say("Type open and the name of a post.")
	}
	n, err := strconv.Atoi(name)
	of, lists := t.here().(*list)
	if _, found := t.env().Edition.Find(name); !found && lists && err == nil {
		return of.choose(t, n)
	}
	return t.named(name, nil)
}

// named opens a post by its name. Where there is none, what is most like it may be meant, one of the commands beside it too.
func (t *Talk) named(name string, beside []command) []string {
	now := t.env().Edition
	address, anchor, _ := strings.Cut(name, "#")
	if p, ok := now.Find(address); ok {
		t.drop()
		return t.beginAt(t.reading(p), anchor)
	}
	meant, ok := content.Nearest(name, func(yield func(string) bool) {
		for _, c := range beside {
			if !yield(c.names[0]) {
				return
			}
		}
		now.Addresses()(yield)
	})
	if ok {
		return t.say("Nothing is called %s. Did you mean %s?", clip(name), meant)
	}
	return t.say("Nothing is called %s. Type help, or search and the words.", clip(name))
}

// clip bounds what was typed, where it is said again.
func clip(s string) string {
	const most = 40
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

func (t *Talk) quit() []string {
	t.left = true
	return nil
}

// help says what can be typed here: without what only posts have, where none is being read.
func (t *Talk) help() []string {
	e := t.env()
	reads := t.reads() != nil
	lines := []string{"Enter goes on. Type:"}
	if reads {
		lines = append(lines, wrap("a number: follows the link that has it", e.width)...)
	} else {
		lines = append(lines, wrap("a number: opens what has it", e.width)...)
	}
	for _, c := range commands() {
		if c.of != nil && !reads {
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
	return t.tell("Help", lines)
}
