package linear

import (
	"fmt"
	"strconv"
	"strings"

	"postern/content"
	"postern/sshapp/blog"
	"postern/sshapp/page"
)

// The commands that work on a post.

func (t *Talk) next(p *post, _ string) []string {
	e := t.env()
	c, _ := p.current(e)
	next, _ := e.Adjacent(c)
	return t.replacePost(next, "There is no next post.")
}

func (t *Talk) previous(p *post, _ string) []string {
	e := t.env()
	c, _ := p.current(e)
	_, previous := e.Adjacent(c)
	return t.replacePost(previous, "There is no previous post.")
}

// replacePost opens a post in place of the current one; c is nil if there is none.
func (t *Talk) replacePost(c *content.Post, none string) []string {
	if c == nil {
		return t.say("%s", none)
	}
	t.places = t.places[:len(t.places)-1]
	return t.openPost(t.newPost(c))
}

func (t *Talk) contents(p *post, _ string) []string {
	e := t.env()
	if len(p.page(e).Headings) == 0 {
		return t.say("This post has no headings.")
	}
	here := ""
	if i := p.currentHeading(e); i >= 0 {
		here = fmt.Sprintf(" You are in %d.", i+1)
	}
	return t.visit(&outline{post: p, title: "Contents", hint: here, rows: headingRows, follow: func(t *Talk, n int) []string {
		return t.heading(p, strconv.Itoa(n))
	}})
}

func (t *Talk) links(p *post, arg string) []string {
	if arg != "" {
		n, _ := strconv.Atoi(arg)
		return p.choose(t, n)
	}
	if len(p.page(t.env()).Links) == 0 {
		return t.say("This post has no links.")
	}
	return t.visit(&outline{post: p, title: "Links", rows: linkRows, follow: p.choose})
}

// heading goes to a heading by its number, or to the next one below the beginning of what was said last.
func (t *Talk) heading(p *post, arg string) []string {
	e := t.env()
	all := p.page(e).Headings
	n := p.currentHeading(e) + 2
	if arg != "" {
		n, _ = strconv.Atoi(arg)
	}
	switch {
	case len(all) == 0:
		return t.say("This post has no headings.")
	case n > len(all) && arg == "":
		return t.say("There is no heading below this.")
	case n < 1 || n > len(all):
		return t.say("No heading has number %s here.", shorten(arg))
	}
	p.startAt(e, all[n-1].Line)
	return t.nextScreenful(0)
}

// skip goes past the code block or table that the next line belongs to.
func (t *Talk) skip(p *post, _ string) []string {
	e := t.env()
	pg := p.page(e)
	_, next := p.spoken(e)
	line := next - p.headLines(e)
	for _, b := range pg.Blocks {
		if (b.Kind == page.CodeBlock || b.Kind == page.TableBlock) && b.First < line && line <= b.Last {
			p.startAt(e, b.Last+1)
			return t.nextScreenful(0)
		}
	}
	return t.say("You are in no code and no table.")
}

// note reads a footnote. It ends where the next one begins.
func (t *Talk) note(p *post, arg string) []string {
	pg := p.page(t.env())
	n, _ := strconv.Atoi(arg)
	line, ok := pg.Anchor("#fn:" + strconv.Itoa(n))
	if !ok {
		return t.say("No note has number %s here.", shorten(arg))
	}
	end, ok := pg.Anchor("#fn:" + strconv.Itoa(n+1))
	if !ok {
		end = len(pg.Lines)
	}
	note := strings.Clone(strings.Join(pg.Lines[line:max(end, line+1)], "\n")) // or the lines would keep the whole page in memory
	return t.sayLong("Note", strings.Split(strings.TrimRight(note, "\n"), "\n"))
}

// find goes to the next line with a text; after the last, to the first.
func (t *Talk) find(p *post, text string) []string {
	e := t.env()
	pg := p.page(e)
	if text == "" && p.findText == "" {
		return t.say("Type find and what to find, as in: find flour")
	}
	again := text == ""
	if !again {
		p.findText = text
	}
	all := page.Finds(pg.Lines, p.findText)
	if len(all) == 0 {
		return t.say("Nothing here says %s.", shorten(p.findText))
	}
	if again {
		p.findIndex = (p.findIndex + 1) % len(all)
	} else {
		p.findIndex = 0
		for i, f := range all {
			if f[0].Line >= p.currentLine(e) {
				p.findIndex = i
				break
			}
		}
	}
	p.findIndex = min(p.findIndex, len(all)-1)
	p.startAt(e, all[p.findIndex][0].Line)
	said := fmt.Sprintf("Found %d of %d.", p.findIndex+1, len(all))
	return append([]string{said}, t.nextScreenful(1)...)
}

func (t *Talk) related(p *post, _ string) []string {
	const most = 8
	posts := func(b blog.Listing) ([]*content.Post, []content.Hit) {
		c, _ := p.current(env{Listing: b})
		return b.Edition.Related(c, most), nil
	}
	if found, _ := posts(t.env().Listing); len(found) == 0 {
		return t.say("No post is like this one.")
	}
	return t.visit(&list{title: "Related", order: "most alike first", ifEmpty: "No post is like it any more.", posts: posts})
}

func (t *Talk) translations(p *post, _ string) []string {
	posts := func(b blog.Listing) ([]*content.Post, []content.Hit) {
		c, _ := p.current(env{Listing: b})
		return b.Edition.Translations(c), nil
	}
	if found, _ := posts(t.env().Listing); len(found) == 0 {
		return t.say("This post is in one language.")
	}
	return t.visit(&list{title: "Translations", order: "by language", ifEmpty: "There are none any more.", posts: posts})
}
