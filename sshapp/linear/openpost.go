package linear

import (
	"slices"

	"postern/content"
	"postern/sshapp/blog"
)

// newPost returns a place at the beginning of a post.
func (t *Talk) newPost(c *content.Post) *post {
	return &post{address: t.env().Edition.Address(c), last: c}
}

// startAtAnchor makes a place begin at an anchor of its post. If the post has no such anchor, it returns what to tell the
// reader.
func (t *Talk) startAtAnchor(p *post, name string) string {
	if name == "" {
		return ""
	}
	e := t.env()
	line, ok := p.page(e).Anchor(name)
	if !ok {
		return blog.NoHeading(name)
	}
	p.startAt(e, line)
	return ""
}

// pushPost goes to a post, and notes that it was opened.
func (t *Talk) pushPost(p *post) {
	t.push(p)
	t.trail.Add(p.address)
}

// openPost goes to a post, and says its first screenful.
func (t *Talk) openPost(p *post) []string {
	t.pushPost(p)
	return t.nextScreenful(0)
}

// openPostAt goes to an anchor of a post, and says the screenful that begins there. If there is no such anchor it says so, and
// begins with the first screenful.
func (t *Talk) openPostAt(p *post, name string) []string {
	notice := t.startAtAnchor(p, name)
	if notice == "" {
		return t.openPost(p)
	}
	t.pushPost(p)
	lines := t.say("%s", notice)
	return append(lines, t.nextScreenful(len(lines))...)
}

// currentPost returns the post that is read, also below headings, links or the help; nil if it is another place.
func (t *Talk) currentPost() *post {
	for _, p := range slices.Backward(t.places) {
		if p.transient() {
			continue
		}
		current, _ := p.(*post)
		return current
	}
	return nil
}
