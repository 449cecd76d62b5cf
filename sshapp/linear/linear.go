// Package linear presents a blog line by line, for a screen reader, a braille display, a shell within an editor or a serial
// console. It takes lines and returns text, does no input or output itself, and knows no SSH, no keys and no terminal.
//
// Listeners need the following, so it holds for all text that is returned:
//
//   - It goes from top to bottom and is never changed later: no escape sequences, no control characters, no animation, and
//     nothing that wasn't asked for.
//   - It comes a screenful at a time, and enter always goes on. A screenful ends between two paragraphs if it can.
//   - The most important word comes first. A prompt has a word or two: the place, and how much of it is left.
//   - Text can be repeated ("repeat"), and the reader can ask for the place ("where").
//   - Whatever can be chosen has a number, which keeps its meaning even if the blog changes.
//   - After a link, a find or a heading, "back" returns to the place before.
//   - What a page shows by its style is said in words; see [page.Spoken].
package linear

import (
	"slices"
	"strings"

	"postern/content/sanitize"
	"postern/sshapp/blog"
)

// New returns a Talk at the list of posts. If at is the address of a post, with or without "#" and the name of a heading, the
// Talk begins there. An unknown address is ignored; Open tells the reader of an unknown heading.
func New(b *blog.Blog, reader blog.Reader, at string) *Talk {
	t := &Talk{blog: b, host: reader.Host}
	t.lang = blog.ReaderLanguage(b.Edition(), reader.Lang)
	t.places = []place{newest()}
	address, anchor, _ := strings.Cut(at, "#")
	if p, ok := b.Edition().Find(address); ok {
		there := t.newPost(p)
		t.notice = t.startAtAnchor(there, anchor)
		t.pushPost(there)
	}
	return t
}

// Open returns the first text.
func (t *Talk) Open() string {
	settings := t.blog.Edition().Settings()
	lines := t.say("%s", settings.Title)
	if settings.Description != "" && len(t.places) == 1 {
		lines = append(lines, t.say("%s", settings.Description)...)
	}
	lines = append(lines, t.say("Enter goes on, a number chooses, help explains.")...)
	if t.notice != "" {
		lines = append(lines, t.say("%s", t.notice)...)
	}
	lines = append(lines, t.nextScreenful(len(lines))...)
	return joinLines(append(lines, t.newProblems()...))
}

// Answer returns the text that answers a line.
func (t *Talk) Answer(line string) string {
	before := t.newProblems()
	answer := t.answer(strings.Join(strings.Fields(sanitize.Text(line)), " "))
	return joinLines(slices.Concat(before, answer, t.newProblems()))
}

// Prompt returns the prompt, without a line end: the place, and how much of it is left.
func (t *Talk) Prompt() string { return t.place().prompt() + ": " }

// Resize sets the size of the terminal in cells; 0 if it isn't known.
func (t *Talk) Resize(width, height int) { t.width, t.height = width, height }

// Left reports whether the reader has quit.
func (t *Talk) Left() bool { return t.left }

// Posts returns the addresses of the posts that were opened, at most the first 20.
func (t *Talk) Posts() []string { return t.trail }

// joinLines ends each line with a newline.
func joinLines(lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	return strings.Join(lines, "\n") + "\n"
}
