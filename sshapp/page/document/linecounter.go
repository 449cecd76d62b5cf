package document

import (
	"strings"

	"postern/content"
)

// A LineCounter finds the lines and columns of offsets in a source, fastest in rising order. It is not safe for concurrent use.
type LineCounter struct {
	body  string
	first int // the line of the file that the body begins on
	at, n int
	begin int // of the line that at is on
}

// NewLineCounter returns a counter for the offsets of a post's body.
func NewLineCounter(post *content.Post) *LineCounter {
	return &LineCounter{body: post.Body, first: max(post.BodyLine, 1)}
}

// Line returns the line of the file that an offset is on, from 1.
func (c *LineCounter) Line(offset int) int {
	offset = min(max(offset, 0), len(c.body))
	if offset < c.at {
		c.at, c.n, c.begin = 0, 0, 0
	}
	if passed := c.body[c.at:offset]; passed != "" {
		c.n += strings.Count(passed, "\n")
		if i := strings.LastIndexByte(passed, '\n'); i >= 0 {
			c.begin = c.at + i + 1
		}
	}
	c.at = offset
	return c.first + c.n
}

// Place returns the line of the file that an offset is on, and the column in bytes, both from 1.
func (c *LineCounter) Place(offset int) (line, column int) {
	line = c.Line(offset)
	return line, c.at - c.begin + 1
}
