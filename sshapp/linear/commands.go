package linear

import (
	"strconv"
	"strings"

	"postern/content"
	"postern/sshapp/blog"
)

// The commands that work in any view.

func (s *Session) repeat() []string {
	if s.lastAnswer != nil {
		return s.lastAnswer
	}
	from, _ := s.view().printed(s.env())
	return s.printFrom(from)
}

func (s *Session) up() []string {
	e := s.env()
	from, _ := s.view().printed(e)
	if from == 0 {
		return s.message("This is the beginning.")
	}
	return s.printFrom(s.view().parts(e).before(from, e.room))
}

func (s *Session) top() []string { return s.printFrom(0) }

// printFrom prints the screenful that begins with a part of the current view.
func (s *Session) printFrom(part int) []string {
	e := s.env()
	s.view().setPrinted(e, s.view().parts(e), part, part)
	return s.nextScreenful(0)
}

func (s *Session) back() []string {
	if len(s.views) == 1 {
		return s.message("This is where you began. Type quit to leave.")
	}
	s.views = s.views[:len(s.views)-1]
	s.lastAnswer = nil
	e := s.env()
	if _, next := s.view().printed(e); next == 0 { // nothing of it was printed yet, such as the list below a post that was opened by its address
		return s.nextScreenful(0)
	}
	return s.message("Back to %s.", s.view().name(e))
}

func (s *Session) where() []string { return s.message("%s", s.view().position(s.env())) }

// search opens the list of the posts with some words.
func (s *Session) search(words string) []string {
	if words == "" {
		return s.message("Type search and the words, as in: search flour")
	}
	if posts, _ := s.env().Search(words); len(posts) == 0 {
		return s.message(blog.NothingFound)
	}
	return s.open(&list{
		title: s.say("Found"), order: s.say("best first"), emptyText: s.say("Nothing is found any more."),
		posts: func(b blog.Listing) ([]*content.Post, []content.Hit) { return b.Search(words) },
	})
}

func (s *Session) pages() []string {
	if len(s.env().Pages()) == 0 {
		return s.message("There are no pages beside the posts.")
	}
	return s.open(&list{
		title: s.say("Pages"), order: s.say("beside the posts"), emptyText: s.say("There are no pages any more."),
		posts: func(b blog.Listing) ([]*content.Post, []content.Hit) { return b.Pages(), nil },
	})
}

// about prints the facts and the summary of the current post, or of the post with a number in the current list.
func (s *Session) about(arg string) []string {
	e := s.env()
	var p *content.Post
	n, _ := strconv.Atoi(arg)
	switch at := s.view().(type) {
	case *list:
		p, _ = at.postAt(e, n)
	case *post:
		p, _ = at.current(e)
	}
	if p == nil {
		return s.message("Type about and the number of a post in a list.")
	}
	lines := s.message("%s", sentence(e.facts(p)))
	if p.Summary != "" {
		lines = append(lines, s.message("%s", e.Summary(p))...)
	}
	if p.Series != "" {
		lines = append(lines, s.message("Series %s", p.Series)...)
	}
	for _, row := range [][2]string{
		{s.say("By"), strings.Join(p.Authors, ", ")}, {s.say("Tags"), strings.Join(p.Tags, ", ")},
		{s.say("Changed"), e.Words().Date(p.UpdatedDay)}, {s.say("Name"), e.Edition.Address(p)},
	} {
		if row[1] != "" {
			lines = append(lines, s.message("%s: %s", row[0], row[1])...)
		}
	}
	return s.longMessage(s.say("About"), lines)
}

func (s *Session) address(p *post, _ string) []string {
	return s.longMessage(s.say("Address"), []string{s.host.Command(p.address), s.host.Link(p.address)})
}
