package content

import (
	"regexp"
	"strings"

	"postern/content/sanitize"
)

// permalinkStyles are the patterns that Jekyll has names for (https://jekyllrb.com/docs/permalinks/).
var permalinkStyles = map[string]string{
	"date":   "/:categories/:year/:month/:day/:title.html",
	"pretty": "/:categories/:year/:month/:day/:title/",
	"none":   "/:categories/:title.html",
}

var placeholder = regexp.MustCompile(`:[a-z_]+`)

// fillPermalink returns the address that a pattern of Jekyll or Hexo such as /:year/:month/:title/ makes of the post. It is
// empty if the pattern asks for something that the post doesn't have, or that isn't known here.
func (s *source) fillPermalink(pattern, title string) string {
	if style, ok := permalinkStyles[pattern]; ok {
		pattern = style
	}
	known := true
	address := placeholder.ReplaceAllStringFunc(pattern, func(name string) string {
		value, ok := s.fill(name[1:], title)
		known = known && ok
		return value
	})
	if !known {
		return ""
	}
	return sanitize.AddressOfPath(address)
}

// fill returns what a placeholder stands for.
func (s *source) fill(name, title string) (value string, ok bool) {
	switch name {
	case "title", "slug":
		return title, title != ""
	case "name":
		return s.stem, s.stem != ""
	case "categories":
		return strings.ToLower(strings.Join(s.post.Categories, "/")), true
	case "output_ext":
		return "", true
	}
	day := strings.Split(s.post.Day, "-")
	if len(day) != 3 {
		return "", false
	}
	year, month, mday := day[0], day[1], day[2]
	switch name {
	case "year":
		return year, true
	case "month":
		return month, true
	case "i_month":
		return strings.TrimLeft(month, "0"), true
	case "day":
		return mday, true
	case "i_day":
		return strings.TrimLeft(mday, "0"), true
	}
	return "", false
}
