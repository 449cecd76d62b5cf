package linear

import (
	"slices"

	"postern/sshapp/blog"
)

// maxProblems is how many problems are printed at once; postern check lists them all.
const maxProblems = 3

// newProblems tells an author what has changed since the last report: the text of the current post, and its problems. Readers
// are told nothing.
func (s *Session) newProblems() []string {
	p := s.currentPost()
	if s.blog.Authoring == nil || p == nil {
		return nil
	}
	c, gone := p.current(s.env())
	old, current := s.lastReport, report{c.Path, c.Sum, gone, s.blog.Authoring.Problems(c.Path)}
	s.lastReport = current
	var lines []string
	if old.file == current.file {
		switch {
		case gone && !old.gone:
			lines = s.message(blog.Unpublished)
		case old.sum != current.sum:
			lines = s.message("The post has changed.")
		}
		if slices.Equal(old.problems, current.problems) {
			return lines
		}
		if len(current.problems) == 0 {
			return append(lines, s.message("It has no known problems any more.")...)
		}
	}
	for _, p := range current.problems[:min(len(current.problems), maxProblems)] {
		lines = append(lines, s.message("%s", p)...)
	}
	if n := len(current.problems) - maxProblems; n > 0 {
		lines = append(lines, s.message("And %d more, which postern check names.", n)...)
	}
	return lines
}
