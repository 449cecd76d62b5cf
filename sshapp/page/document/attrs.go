package document

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// attrs are the attributes of a tag that matter, and what Markdown says in place of them.
type attrs struct {
	id string // of what is no heading

	level  int    // of a heading
	anchor string // of a heading: what its author calls it

	href     string
	footnote int // of a link: the footnote that it leads to

	src, title, alt string
	decorative      bool // an alternative text that is empty on purpose

	ordered, tight bool // of a list
	start          int  // of an ordered list

	align             Alignment // of a cell
	columns, rows     int       // of a cell: how many it reaches over; 0 for one
	header            bool      // of a cell or a row
	checkbox, checked bool      // of an input
	language          string    // of code
	alert             string    // of an alert: what its author calls it
	number            int       // of a footnote
	speaker           string    // of what somebody says
}

// languageName matches the name that the language of code begins with, without what stands behind it.
var languageName = regexp.MustCompile(`^[\w.+#-]+`)

// readAttrs reads the attributes that matter of the tag that the tokenizer stands at.
func readAttrs(z *html.Tokenizer) attrs {
	var a attrs
	name, more := z.TagName()
	if n := len(name); n == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6' {
		a.level = int(name[1] - '0')
	}
	a.header = string(name) == "th"
	a.tight = true
	a.ordered = string(name) == "ol"
	a.start = 1
	for more {
		var k, v []byte
		k, v, more = z.TagAttr()
		value := strings.TrimSpace(string(v))
		switch string(k) {
		case "href":
			a.href = value
		case "src", "data-src":
			a.src = value
		case "data":
			if string(name) == "object" {
				a.src = value
			}
		case "title":
			a.title = value
		case "alt":
			a.alt, a.decorative = value, value == ""
		case "id", "name":
			a.id = value
			if a.level > 0 {
				a.anchor, a.id = value, ""
			}
		case "start":
			a.start = numberOr(value, 1)
		case "colspan":
			a.columns = numberOr(value, 1)
		case "rowspan":
			a.rows = numberOr(value, math.MaxInt32) // 0 means all below
		case "align":
			a.align = map[string]Alignment{"right": AlignRight, "center": AlignCenter}[strings.ToLower(value)]
		case "type":
			a.checkbox = value == "checkbox"
		case "checked":
			a.checked = true
		case "class":
			if rest, ok := strings.CutPrefix(value, "language-"); ok {
				a.language = rest
			}
		}
	}
	return a
}

// numberOr returns the positive number that an attribute has, or another one if it isn't one.
func numberOr(value string, other int) int {
	if n, err := strconv.Atoi(value); err == nil && n > 0 && len(value) < 10 {
		return n
	}
	return other
}
