package linear

import (
	"strconv"
	"strings"

	"postern/content"
	"postern/sshapp/blog"
)

// The commands that work at any place.

func (t *Talk) repeat() []string {
	if t.lastAnswer != nil {
		return t.lastAnswer
	}
	from, _ := t.place().spoken(t.env())
	return t.restartAt(from)
}

func (t *Talk) up() []string {
	e := t.env()
	from, _ := t.place().spoken(e)
	if from == 0 {
		return t.say("This is the beginning.")
	}
	return t.restartAt(t.place().speech(e).before(from, e.room))
}

func (t *Talk) top() []string { return t.restartAt(0) }

// restartAt says the screenful that begins with a part of the current place.
func (t *Talk) restartAt(part int) []string {
	e := t.env()
	t.place().setSpoken(e, t.place().speech(e), part, part)
	return t.nextScreenful(0)
}

func (t *Talk) back() []string {
	if len(t.places) == 1 {
		return t.say("This is where you began. Type quit to leave.")
	}
	t.places = t.places[:len(t.places)-1]
	t.lastAnswer = nil
	e := t.env()
	if _, next := t.place().spoken(e); next == 0 { // nothing of it was said yet, as of the list if a post was opened by its address
		return t.nextScreenful(0)
	}
	return t.say("Back to %s.", t.place().name(e))
}

func (t *Talk) where() []string { return t.say("%s", t.place().where(t.env())) }

// search lists the posts with some words.
func (t *Talk) search(words string) []string {
	if words == "" {
		return t.say("Type search and the words, as in: search flour")
	}
	if posts, _ := t.env().Search(words); len(posts) == 0 {
		return t.say(blog.NothingFound)
	}
	return t.visit(&list{
		title: "Found", order: "best first", ifEmpty: "Nothing is found any more.",
		posts: func(b blog.Listing) ([]*content.Post, []content.Hit) { return b.Search(words) },
	})
}

func (t *Talk) pages() []string {
	if len(t.env().Pages()) == 0 {
		return t.say("There are no pages beside the posts.")
	}
	return t.visit(&list{
		title: "Pages", order: "beside the posts", ifEmpty: "There are no pages any more.",
		posts: func(b blog.Listing) ([]*content.Post, []content.Hit) { return b.Pages(), nil },
	})
}

// about says what is known of the current post, or of post number N in the current list.
func (t *Talk) about(arg string) []string {
	e := t.env()
	var p *content.Post
	n, _ := strconv.Atoi(arg)
	switch at := t.place().(type) {
	case *list:
		p, _ = at.postAt(e, n)
	case *post:
		p, _ = at.current(e)
	}
	if p == nil {
		return t.say("Type about and the number of a post in a list.")
	}
	lines := t.say("%s.", e.facts(p))
	if p.Summary != "" {
		lines = append(lines, t.say("%s", p.Summary)...)
	}
	for _, row := range [][2]string{
		{"By", strings.Join(p.Authors, ", ")}, {"Tags", strings.Join(p.Tags, ", ")}, {"Series", p.Series}, {"Changed", p.UpdatedDay},
		{"Name", e.Edition.Address(p)},
	} {
		if row[1] != "" {
			lines = append(lines, t.say("%s: %s", row[0], row[1])...)
		}
	}
	return t.sayLong("About", lines)
}

func (t *Talk) address(p *post, _ string) []string {
	return t.sayLong("Address", []string{t.host.Command(p.address), t.host.Link(p.address)})
}
