// Package linear presents a blog line by line, for a screen reader, a braille display, a shell within an editor or a serial
// console. It takes lines and returns text. It does no input or output itself, and knows nothing of SSH, keys and terminals.
//
// All text that is returned keeps the following rules, which people who listen to it need:
//
//   - It goes from top to bottom and is never changed later: no escape sequences, no control characters, no animation, and
//     nothing that wasn't asked for.
//   - It comes a screenful at a time, and enter always goes on. A screenful ends between two paragraphs if it can.
//   - The most important word comes first. A prompt has a word or two: the view, and how much of it is left.
//   - Text can be repeated ("repeat"), and the reader can ask for the position ("where").
//   - Whatever can be chosen has a number, which keeps its meaning even if the blog changes.
//   - After a link, a match or a heading, "back" returns to the view before.
//   - What a page shows by its style is said in words; see [page.Spoken].
package linear

import (
	"cmp"
	"slices"
	"strings"

	"postern/content/sanitize"
	"postern/sshapp/blog"
)

// New returns a Session that begins with the list of posts or, if target is not empty, with a post. A target is the address of a
// post, with or without "#" and the anchor of a heading. Greeting tells the reader of an unknown heading, and of an address that
// is nearly one. Any other address is ignored.
func New(b *blog.Blog, reader blog.Reader, target string) *Session {
	s := &Session{blog: b, host: reader.Host, turn: reader.Turn, memory: reader.Memory}
	s.lang = blog.ReaderLanguage(b.Edition(), reader.Lang)
	s.views = []view{allPosts(s.env().Words())}
	address, anchor, _ := strings.Cut(target, "#")
	if p, ok := b.Edition().Find(address); ok {
		dest := s.newPost(p)
		s.notice = cmp.Or(s.startAtAnchor(dest, anchor), s.resume(dest))
		s.pushPost(dest)
	} else {
		s.notice = blog.NearPost(b.Edition(), s.env().Words(), address)
	}
	return s
}

// Greeting returns the text with which the session begins. Call it once, before Answer.
func (s *Session) Greeting() string {
	settings := s.blog.Edition().Settings()
	lines := s.message("%s", settings.Title)
	if settings.Description != "" && len(s.views) == 1 {
		lines = append(lines, s.message("%s", settings.Description)...)
	}
	lines = append(lines, s.message("Enter goes on, a number chooses, help explains.")...)
	if s.notice != "" {
		lines = append(lines, s.message("%s", s.notice)...)
	}
	lines = append(lines, s.memoryGreeting()...)
	lines = append(lines, s.nextScreenful(len(lines))...)
	s.keepPlace()
	return joinLines(append(lines, s.newProblems()...))
}

// Answer returns the text that answers a line of input.
func (s *Session) Answer(line string) string {
	before := s.newProblems()
	answer := s.answer(strings.Join(strings.Fields(sanitize.Text(line)), " "))
	s.keepPlace()
	return joinLines(slices.Concat(before, answer, s.newProblems()))
}

// Prompt returns the prompt, without a newline: the current view, and how much of it is left.
func (s *Session) Prompt() string { return s.view().prompt(s.env()) + ": " }

// Resize sets the size of the terminal in cells. Either may be 0 for unknown.
func (s *Session) Resize(width, height int) { s.width, s.height = width, height }

// HasQuit reports whether the reader has quit.
func (s *Session) HasQuit() bool { return s.quitting }

// Posts returns the addresses of the posts that were opened, at most the first 20.
func (s *Session) Posts() []string { return s.opened }

// Reading returns the address of the current post, and whether the reader has gone on to its end; an empty address if there is
// none.
func (s *Session) Reading() (address string, end bool) {
	p := s.currentPost()
	if p == nil {
		return "", false
	}
	return p.address, p.from > 0 && p.next >= p.total
}

// joinLines ends each line with a newline.
func joinLines(lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	return strings.Join(lines, "\n") + "\n"
}
