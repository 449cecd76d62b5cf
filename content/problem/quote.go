package problem

import (
	"fmt"

	"postern/content/sanitize"
)

// Quote returns a text of a file in quotation marks, for a message: as one line, cut to 60 characters.
func Quote(s string) string {
	const limit = 60
	if r := []rune(sanitize.Line(s)); len(r) > limit {
		return `"` + string(r[:limit]) + `…"`
	}
	return `"` + sanitize.Line(s) + `"`
}

// Count returns a number with its noun in the singular or plural: Count(1, "post") is "1 post", Count(3, "post") "3 posts".
func Count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return fmt.Sprintf("%d %s", n, noun)
}
