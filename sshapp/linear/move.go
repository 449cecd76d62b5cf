package linear

import (
	"strconv"
	"strings"

	"postern/content"
	"postern/sshapp/blog"
)

// What every place can do.

func (t *Talk) repeat() []string {
	if t.again != nil {
		return t.again
	}
	from, _ := t.here().marks(t.env())
	return t.from(from)
}

func (t *Talk) up() []string {
	e := t.env()
	from, _ := t.here().marks(e)
	if from == 0 {
		return t.say("This is the beginning.")
	}
	return t.from(t.here().text(e).before(from, e.room))
}

func (t *Talk) top() []string { return t.from(0) }

// from says the screenful that begins with a part.
func (t *Talk) from(part int) []string {
	e := t.env()
	t.here().mark(e, t.here().text(e), part, part)
	return t.onward(0)
}

func (t *Talk) back() []string {
	if len(t.places) == 1 {
		return t.say("This is where you began. Type quit to leave.")
	}
	t.places = t.places[:len(t.places)-1]
	t.again = nil
	e := t.env()
	if _, next := t.here().marks(e); next == 0 { // what was never said, as behind a post that was asked for by its name
		return t.onward(0)
	}
	return t.say("Back to %s.", t.here().name(e))
}

func (t *Talk) where() []string { return t.say("%s", t.here().where(t.env())) }

func (t *Talk) look(words string) []string {
	if words == "" {
		return t.say("Type search and the words, as in: search flour")
	}
	return t.search(words)
}

func (t *Talk) beside() []string {
	if len(t.env().Pages()) == 0 {
		return t.say("There are no pages beside the posts.")
	}
	return t.enter(&list{
		title: "Pages", order: "beside the posts", none: "There are no pages any more.",
		find: func(s blog.Listing) ([]*content.Post, []content.Hit) { return s.Pages(), nil },
	})
}

// about says what is known of a post that is read, or of one that has a number here.
func (t *Talk) about(arg string) []string {
	e := t.env()
	var p *content.Post
	n, _ := strconv.Atoi(arg)
	switch here := t.here().(type) {
	case *list:
		p, _ = here.at(e, n)
	case *post:
		p, _ = here.now(e)
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
	return t.tell("About", lines)
}

func (t *Talk) address(p *post, _ string) []string {
	return t.tell("Address", []string{t.host.Command(p.address), t.host.Link(p.address)})
}
