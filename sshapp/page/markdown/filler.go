package markdown

import (
	"bytes"
	"regexp"
	"strings"
)

// Tags that stand for a text are replaced by it in a source that keeps its length: the bytes that are left over are fillers.

// filler stands for nothing. The text of a post holds no control character.
const filler = '\x1f'

// Unfill takes the fillers out of a text of the source.
func Unfill(s string) string {
	if strings.IndexByte(s, filler) < 0 {
		return s
	}
	return strings.ReplaceAll(s, string(filler), "")
}

// Refill puts blanks in place of the fillers: in a target they stand for the blanks of a tag.
func Refill(s string) string { return strings.ReplaceAll(s, string(filler), " ") }

func fill(b []byte, with byte) {
	for i := range b {
		b[i] = with
	}
}

var (
	// rawText is the tag of a template of Go's that yields its argument; bracesTag is the tag of any template that yields braces.
	rawText   = regexp.MustCompile("\\{\\{-?\\s*raw\\s+(?:\"((?:[^\"\\\\\\n]|\\\\.)*)\"|`([^`\\n]*)`)\\s*-?\\}\\}")
	bracesTag = regexp.MustCompile(`\{\{-?\s*(?:"([{}%]+)"|'([{}%]+)')\s*-?\}\}`)

	// htmlText is the tag of a template of Go's that yields HTML, on several lines.
	htmlText = regexp.MustCompile("(?m)^[ \\t]*(\\{\\{-?\\s*\\w+\\s+`)\\s*<[a-zA-Z!/][^`]*(`\\s*-?\\}\\})")
)

// fillTexts replaces the tags on a line that stand for a text by it: {{raw "<"}} by <, in code too, and outside of code {{"{{"}} by {{.
func fillTexts(line []byte, isCode bool) {
	if !bytes.Contains(line, []byte("{{")) {
		return
	}
	for _, tag := range []*regexp.Regexp{rawText, bracesTag} {
		for _, m := range tag.FindAllSubmatchIndex(line, -1) {
			if tag == bracesTag && (isCode || bytes.Count(line[:m[0]], []byte("`"))%2 == 1) {
				continue
			}
			begin, end := max(m[2], m[4]), max(m[3], m[5])
			fill(line[m[0]:begin], filler)
			fill(line[end:m[1]], filler)
		}
	}
}

// fillHTML takes the tags of Go's templates off the HTML that they yield.
func fillHTML(source []byte) {
	if !bytes.Contains(source, []byte("{{")) {
		return
	}
	for _, m := range htmlText.FindAllSubmatchIndex(source, -1) {
		fill(source[m[2]:m[3]], ' ')
		fill(source[m[4]:m[5]], ' ')
	}
}
