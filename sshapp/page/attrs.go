package page

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
)

// attrs are the attributes that matter of a tag.
type attrs struct {
	href, src, title, alt, id, class, name string
	number                                 int
	align                                  alignment
	tight, header                          bool
	decorative                             bool // an alternative text that is empty on purpose
}

// readAttrs reads the attributes that matter of the tag that the tokenizer stands at.
func readAttrs(z *html.Tokenizer) attrs {
	var a attrs
	name, more := z.TagName()
	if n := len(name); n == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6' {
		a.number = int(name[1] - '0')
	}
	a.header = string(name) == "th"
	a.tight = true
	a.class = string(name)
	for more {
		var k, v []byte
		k, v, more = z.TagAttr()
		value := strings.TrimSpace(string(v))
		switch string(k) {
		case "href":
			a.href = value
		case "src", "data-src":
			a.src = value
		case "title":
			a.title = value
		case "alt":
			a.alt, a.decorative = value, value == ""
		case "id", "name":
			a.id = value
			if a.number > 0 {
				a.name, a.id = value, ""
			}
		case "start", "value":
			if n, err := strconv.Atoi(value); err == nil && n >= 0 && string(name) != "h1" && len(value) < 10 {
				a.number = n
			}
		case "align":
			a.align = map[string]alignment{"right": right, "center": center}[strings.ToLower(value)]
		case "type":
			if string(name) == "input" {
				a.class = value
			}
		case "checked":
			a.header = true
		case "class":
			if rest, ok := strings.CutPrefix(value, "language-"); ok {
				a.name = rest
			}
		}
	}
	if string(name) == "ol" && a.number == 0 {
		a.number = 1
	}
	return a
}
