package linear

import (
	"slices"

	"postern/content"
	"postern/sshapp/blog"
)

// A standing is what an author was told of the post that they hear: in which state it is, and what is wrong with it.
type standing struct {
	file     string
	sum      [16]byte
	gone     bool
	problems []content.Problem
}

// maxTold is how many problems are told at once; postern check names them all.
const maxTold = 3

// changes returns what has become of the post that is heard since an author was told last. Readers are told nothing: what
// they haven't heard yet simply is what it is.
func (t *Talk) changes() []string {
	p := t.reads()
	if t.blog.Authoring == nil || p == nil {
		return nil
	}
	c, gone := p.now(t.env())
	was, now := t.told, standing{c.Path, c.Sum, gone, t.blog.Authoring.Problems(c.Path)}
	t.told = now
	var lines []string
	if was.file == now.file {
		switch {
		case gone && !was.gone:
			lines = t.say(blog.Unpublished)
		case was.sum != now.sum:
			lines = t.say("The post has changed.")
		}
		if slices.Equal(was.problems, now.problems) {
			return lines
		}
		if len(now.problems) == 0 {
			return append(lines, t.say("Nothing is known to be wrong with it any more.")...)
		}
	}
	for _, p := range now.problems[:min(len(now.problems), maxTold)] {
		lines = append(lines, t.say("%s", p)...)
	}
	if n := len(now.problems) - maxTold; n > 0 {
		lines = append(lines, t.say("And %d more, which postern check names.", n)...)
	}
	return lines
}
