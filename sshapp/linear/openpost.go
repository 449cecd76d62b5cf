package linear

import (
	"slices"

	"postern/content"
	"postern/sshapp/blog"
)

// newPost returns a view at the beginning of a post.
func (s *Session) newPost(c *content.Post) *post {
	return &post{address: s.env().Edition.Address(c), lastRead: c}
}

// startAtAnchor makes the next screenful of a post begin at an anchor. If the post has no such anchor, it returns what to
// tell the reader.
func (s *Session) startAtAnchor(p *post, name string) string {
	if name == "" {
		return ""
	}
	e := s.env()
	line, ok := p.page(e).Anchor(name)
	if !ok {
		return blog.NoHeading(e.Words(), name)
	}
	p.startAt(e, line)
	return ""
}

// pushPost makes a post the current view, and remembers that it was opened.
func (s *Session) pushPost(p *post) {
	s.push(p)
	s.opened.Add(p.address)
}

// openPost opens a post, and prints its first screenful or, if its reader has begun it, the one that goes on from there.
func (s *Session) openPost(p *post) []string {
	var lines []string
	if notice := s.resume(p); notice != "" {
		lines = s.message("%s", notice)
	}
	s.pushPost(p)
	return append(lines, s.nextScreenful(len(lines))...)
}

// openPostAt opens a post, and prints the screenful that begins at an anchor. If there is no such anchor it says so, and prints
// the first screenful.
func (s *Session) openPostAt(p *post, name string) []string {
	notice := s.startAtAnchor(p, name)
	if notice == "" {
		return s.openPost(p)
	}
	s.pushPost(p)
	lines := s.message("%s", notice)
	return append(lines, s.nextScreenful(len(lines))...)
}

// currentPost returns the post that is the current view, or that is below transient views; nil if another view is.
func (s *Session) currentPost() *post {
	for _, p := range slices.Backward(s.views) {
		if p.transient() {
			continue
		}
		current, _ := p.(*post)
		return current
	}
	return nil
}
