package linear

import (
	"slices"

	"postern/sshapp/blog"
)

// maxProblems is how many problems are said at once; postern check lists them all.
const maxProblems = 3

// newProblems tells an author what has changed about the post that is read, and which problems it has, since the last
// report. Readers are told nothing: a change in what they haven't heard yet is of no interest to them.
func (t *Talk) newProblems() []string {
	p := t.currentPost()
	if t.blog.Authoring == nil || p == nil {
		return nil
	}
	c, gone := p.current(t.env())
	was, now := t.lastReport, report{c.Path, c.Sum, gone, t.blog.Authoring.Problems(c.Path)}
	t.lastReport = now
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
	for _, p := range now.problems[:min(len(now.problems), maxProblems)] {
		lines = append(lines, t.say("%s", p)...)
	}
	if n := len(now.problems) - maxProblems; n > 0 {
		lines = append(lines, t.say("And %d more, which postern check names.", n)...)
	}
	return lines
}
