package linear

import (
	"strconv"
	"strings"

	"postern/content"
	"postern/sshapp/blog"
	"postern/sshapp/page"
)

// The commands that work on a post.

func (s *Session) next(p *post, _ string) []string {
	e := s.env()
	c, _ := p.current(e)
	next, _ := e.Adjacent(c)
	return s.replacePost(next, s.say("There is no next post."))
}

func (s *Session) previous(p *post, _ string) []string {
	e := s.env()
	c, _ := p.current(e)
	_, previous := e.Adjacent(c)
	return s.replacePost(previous, s.say("There is no previous post."))
}

// replacePost opens a post in place of the current one; c is nil if there is none.
func (s *Session) replacePost(c *content.Post, none string) []string {
	if c == nil {
		return s.message("%s", none)
	}
	s.views = s.views[:len(s.views)-1]
	return s.openPost(s.newPost(c))
}

func (s *Session) contents(p *post, _ string) []string {
	e := s.env()
	if len(p.page(e).Headings) == 0 {
		return s.message("This post has no headings.")
	}
	hint := ""
	if i := p.currentHeading(e); i >= 0 {
		hint = " " + s.say("You are in %d.", i+1)
	}
	return s.open(&jumpList{post: p, title: s.say("Contents"), hint: hint, rows: headingRows, follow: func(s *Session, n int) []string {
		return s.heading(p, strconv.Itoa(n))
	}})
}

func (s *Session) links(p *post, arg string) []string {
	if arg != "" {
		n, _ := strconv.Atoi(arg)
		return p.choose(s, n)
	}
	if len(p.page(s.env()).Links) == 0 {
		return s.message("This post has no links.")
	}
	return s.open(&jumpList{post: p, title: s.say("Links"), rows: linkRows, follow: p.choose})
}

// heading goes to a heading by its number or, without one, to the first heading below the line with which the last screenful
// began.
func (s *Session) heading(p *post, arg string) []string {
	e := s.env()
	all := p.page(e).Headings
	n := p.currentHeading(e) + 2
	if arg != "" {
		n, _ = strconv.Atoi(arg)
	}
	switch {
	case len(all) == 0:
		return s.message("This post has no headings.")
	case n > len(all) && arg == "":
		return s.message("There is no heading below this.")
	case n < 1 || n > len(all):
		return s.message("No heading has number %s here.", shorten(arg))
	}
	p.startAt(e, all[n-1].Line)
	return s.nextScreenful(0)
}

// skip goes past the code block or table that the next line belongs to.
func (s *Session) skip(p *post, _ string) []string {
	e := s.env()
	pg := p.page(e)
	_, next := p.printed(e)
	line := next - p.headLines(e)
	for _, b := range pg.Blocks {
		if (b.Kind == page.CodeBlock || b.Kind == page.TableBlock) && b.First < line && line <= b.Last {
			p.startAt(e, b.Last+1)
			return s.nextScreenful(0)
		}
	}
	return s.message("You are in no code and no table.")
}

// note prints a footnote. It ends where the next one begins.
func (s *Session) note(p *post, arg string) []string {
	pg := p.page(s.env())
	n, _ := strconv.Atoi(arg)
	line, ok := pg.Anchor("#fn:" + strconv.Itoa(n))
	if !ok {
		return s.message("No note has number %s here.", shorten(arg))
	}
	end, ok := pg.Anchor("#fn:" + strconv.Itoa(n+1))
	if !ok {
		end = len(pg.Lines)
	}
	note := strings.Clone(strings.Join(pg.Lines[line:max(end, line+1)], "\n")) // or the lines would keep the whole page in memory
	return s.longMessage(s.say("Footnote"), strings.Split(strings.TrimRight(note, "\n"), "\n"))
}

// find goes to the first match of a text at or below the current line. Without a text, it goes to the next match of the last
// one, and from the last match to the first.
func (s *Session) find(p *post, text string) []string {
	e := s.env()
	if text == "" && p.findText == "" {
		return s.message("Type find and what to find, as in: find flour")
	}
	if text != "" {
		p.findText = text
	}
	c, _ := p.current(e)
	all := e.pages.Find(c, e.width, page.Spoken(), p.findText)
	if all.Len() == 0 {
		return s.message("Nothing here says %s.", shorten(p.findText))
	}
	if text == "" {
		p.matchIndex = (p.matchIndex + 1) % all.Len()
	} else {
		p.matchIndex = all.From(p.currentLine(e)) % all.Len()
	}
	p.startAt(e, all.Line(p.matchIndex))
	message := s.say("Found %d of %d.", p.matchIndex+1, all.Len())
	return append([]string{message}, s.nextScreenful(1)...)
}

func (s *Session) related(p *post, _ string) []string {
	const maxRelated = 8
	posts := func(b blog.Listing) ([]*content.Post, []content.Hit) {
		c, _ := p.current(env{Listing: b})
		return b.Edition.Related(c, maxRelated), nil
	}
	if related, _ := posts(s.env().Listing); len(related) == 0 {
		return s.message("No post is like this one.")
	}
	return s.open(&list{title: s.say("Related"), order: s.say("most alike first"), emptyText: s.say("No post is like it any more."), posts: posts})
}

func (s *Session) translations(p *post, _ string) []string {
	posts := func(b blog.Listing) ([]*content.Post, []content.Hit) {
		c, _ := p.current(env{Listing: b})
		return b.Edition.Translations(c), nil
	}
	if translations, _ := posts(s.env().Listing); len(translations) == 0 {
		return s.message("This post is in one language.")
	}
	return s.open(&list{title: s.say("Translations"), order: s.say("by language"), emptyText: s.say("There are none any more."), posts: posts})
}

func (s *Session) write(p *post, _ string) []string {
	e := s.env()
	c, _ := p.current(e)
	to := blog.ReplyTo(e.Edition, c)
	if to == "" {
		return s.message("The author gives no address to write to.")
	}
	return s.longMessage(s.say("Write"), append(s.message("To write to the author: %s", blog.ReplyName(to)), e.Edition.Resolve(c, to).URL))
}
