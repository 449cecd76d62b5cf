package tui

import (
	"cmp"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/charmbracelet/x/ansi"

	"postern/content"
	"postern/sshapp/bidi"
	"postern/sshapp/blog"
	"postern/sshapp/cell"
	"postern/sshapp/page"
	"postern/sshapp/page/document"
)

// links shows a post while a link is chosen: each visible link has a label, and typing the label follows it.
type links struct {
	overlay
	typed string // the first letter of a label of two
}

// A choice is a visible link, or a visible row of what to read next.
type choice struct {
	label  string
	line   int // of the screen
	offset int // of the label in the line's text, in bytes without escape sequences
	end    int // of the picture on the line, as a column, if the label is on that and not on its link; else 0
	link   page.Link
	post   *content.Post // that the row opens; nil for a link
}

// letters are the letters of labels. Those of the home row come first.
const letters = "asdfghjklqwertyuiopzxcvbnm"

func (l *links) keys() []binding     { return nil } // every letter is a label
func (l *links) status(e env) string { return e.words.Say("type a link's letter") }

// hasLinks reports whether there are links in the text, on this screen or not: the footer stays the same while the text scrolls.
func (p *post) hasLinks(e env) bool { return len(p.layout(e).page.Links) > 0 }

func (p *post) links(e env) move {
	if len(p.choices(e, p.layout(e))) == 0 {
		return e.notice("There is no link on this screen.")
	}
	return opening(&links{overlay: overlay{p}})
}

// choices returns what can be chosen on the screen, from top to bottom. Its labels are of equal length.
func (p *post) choices(e env, s layout) []choice {
	top := p.top(e, s)
	covered := p.turnOf(s, top).covered
	var all []choice
	for _, link := range s.page.Links {
		c := choice{line: len(s.head) + link.Line - top, offset: link.At, link: link}
		if x, ok := s.page.PictureAbove(link); ok && c.line >= e.height { // what it shows is below the screen
			c.line, c.end = max(c.line-x.Rows, covered), x.Left+x.Columns
		}
		if c.line >= covered && c.line < e.height {
			all = append(all, c)
		}
	}
	for i, t := range s.readNext.Rows {
		line := len(s.head) + len(s.page.Lines) + blog.ReadNextHead + i
		if line >= top && line < top+e.height {
			all = append(all, choice{line: line - top, offset: s.readNext.TitleAt(i, s.width), post: t.Post, link: page.Link{Target: t.Reply, Kind: document.LinkExternal}})
		}
	}
	for i := range all {
		all[i].label = labelAt(i, len(all))
	}
	return all
}

// labelAt returns label i of n: one letter if that is enough for n labels, else two.
func labelAt(i, n int) string {
	if n <= len(letters) {
		return letters[i : i+1]
	}
	i %= len(letters) * len(letters)
	return letters[i/len(letters):][:1] + letters[i%len(letters):][:1]
}

func (l *links) update(e env, msg tea.Msg) (move, tea.Cmd) {
	k, ok := msg.(tea.KeyPressMsg)
	if !ok || k.Text == "" {
		return move{kind: pass}, nil
	}
	typed := l.typed + k.Text
	s := l.below.layout(e)
	for _, c := range l.below.choices(e, s) {
		if c.label == typed {
			return l.below.followLink(e, s, c), nil
		}
		if strings.HasPrefix(c.label, typed) {
			l.typed = typed
			return move{}, nil
		}
	}
	return e.backWith("No link is called %s", cell.Cut(typed, 10)), nil
}

func (l *links) view(e env) []string {
	s := l.below.layout(e)
	lines := l.below.window(e, s)
	for _, c := range slices.Backward(l.below.choices(e, s)) {
		lines[c.line] = c.labelled(lines[c.line])
	}
	return l.below.framed(e, s, lines)
}

// labelled returns a line with the label. One on a picture covers the end of its line, since Kitty's placeholders stand for what they
// do by those before them.
func (c choice) labelled(line string) string {
	if c.end > 0 {
		return cutBefore(line, max(0, c.end-len(c.label))) + cell.Reverse(c.label)
	}
	label := c.label
	if plain := ansi.Strip(line); cell.IsRightToLeft(plain[min(c.offset, len(plain)):]) { // the text stays one that is read so
		label = bidi.RightToLeft + label
	}
	return cell.Overwrite(line, c.offset, label)
}

// followLink goes where a link leads. It replaces the screen with the labels, so that esc returns to the post.
func (p *post) followLink(e env, s layout, c choice) move {
	if c.post != nil {
		return replacing(newPost(e.edition, c.post))
	}
	if c.link.Kind == document.LinkFootnote || c.link.Kind == document.LinkHeading {
		line, ok := s.page.Anchor(c.link.Target)
		switch {
		case !ok:
			return e.backWith("This link leads to no heading.")
		case strings.HasPrefix(c.link.Target, "#fn:"):
			return replacing(&footnote{overlay{p}, c.link.Target, c.link.Line})
		}
		there := *p
		there.scrollTo(e, s, len(s.head)+line)
		return replacing(&there)
	}
	to := e.edition.Resolve(s.post, c.link.Target)
	switch {
	case to.Post != nil:
		dest := newPost(e.edition, to.Post)
		m := replacing(dest)
		m.notice = dest.goToAnchor(e, to.Anchor)
		return m
	case to.URL != "":
		return replacing(&externalLink{url: to.URL})
	}
	if to.File != "" && (c.link.Kind == document.LinkImage || page.IsPicture(to.File)) {
		return e.openPicture(s.post, c.link, to.File)
	}
	return e.backWith("This can't be shown here: %s", cmp.Or(to.File, c.link.Target))
}
