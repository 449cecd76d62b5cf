package page

import (
	"strings"

	"postern/content"
)

// A lineCounter finds the lines and columns of offsets, fastest in rising order.
type lineCounter struct {
	body  string
	first int // the line of the file that the body begins on
	at, n int
	begin int // of the line that at is on
}

func newLineCounter(post *content.Post) *lineCounter {
	return &lineCounter{body: post.Body, first: max(post.BodyLine, 1)}
}

func (c *lineCounter) line(offset int) int {
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

// place returns the line of the file that an offset is on, and the column, in bytes from 1.
func (c *lineCounter) place(offset int) (line, column int) {
	line = c.line(offset)
	return line, c.at - c.begin + 1
}
