package content

import (
	"encoding/json"
	"postern/content/frontmatter"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// scalar writes a text in the quotes of another, or in those that it needs.
func (h frontHead) scalar(s, like string) string {
	switch h.form {
	case frontmatter.TOML, frontmatter.JSON:
		return jsonText(s) // which TOML's basic strings understand
	case frontmatter.Header:
		return s
	}
	n := yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s}
	switch {
	case strings.HasPrefix(like, `"`):
		n.Style = yaml.DoubleQuotedStyle
	case strings.HasPrefix(like, "'"):
		n.Style = yaml.SingleQuotedStyle
	}
	out, err := yaml.Marshal(&n)
	if err != nil {
		return jsonText(s) // likewise YAML's double quotes
	}
	return strings.TrimSuffix(string(out), "\n")
}

func jsonText(s string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(s) // to memory, of a string
	return strings.TrimSuffix(b.String(), "\n")
}

// list writes tags as another list of them is written: in brackets, a line each, or in one text.
func (h frontHead) list(tags []string, like string) string {
	sep := ", "
	if h.blanks && !strings.Contains(like, ",") {
		sep = " "
	}
	below, lines := strings.CutPrefix(like, "\n")
	brackets := h.form == frontmatter.TOML || h.form == frontmatter.JSON || strings.HasPrefix(like, "[")
	unclear := h.blanks && slices.ContainsFunc(tags, func(t string) bool { return strings.Contains(t, " ") })
	switch {
	case h.form == frontmatter.Header:
		return strings.Join(tags, sep)
	case lines && len(tags) > 0:
		indent, _, _ := strings.Cut(below, "-")
		text := ""
		for _, t := range tags {
			text += "\n" + indent + "- " + h.scalar(t, strings.TrimLeft(below, "- "))
		}
		return text
	case brackets, lines, unclear:
		items := make([]string, len(tags))
		for i, t := range tags {
			items[i] = h.item(t, strings.TrimLeft(like, "[ \n"))
		}
		return "[" + strings.Join(items, ", ") + "]"
	}
	return h.scalar(strings.Join(tags, sep), like)
}

// item writes a text that stands in brackets, where YAML takes more signs for its own than elsewhere.
func (h frontHead) item(s, like string) string {
	if strings.ContainsAny(s, ",?:[]{}") && h.form == frontmatter.YAML {
		return jsonText(s)
	}
	return h.scalar(s, like)
}

// layouts are the ways in which posts write dates, the longest of those that begin alike first. "Z" is Zulu time; a time
// without a zone is the blog's.
var layouts = []string{
	"2006-01-02T15:04:05.000Z", "2006-01-02T15:04:05Z", "2006-01-02T15:04:05.000-07:00", "2006-01-02T15:04:05-07:00",
	"2006-01-02T15:04:05-0700", "2006-01-02T15:04:05", "2006-01-02T15:04Z", "2006-01-02T15:04-07:00", "2006-01-02T15:04",
	"2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05 -07:00", "2006-01-02 15:04:05-07:00", "2006-01-02 15:04:05Z",
	"2006-01-02 15:04:05", "2006-01-02 15:04 -0700", "2006-01-02 15:04", time.DateOnly,
	"2006/01/02 15:04:05", "2006/01/02", "02.01.2006",
	"Jan 02 2006", "Jan 2 2006", "Jan 02, 2006", "Jan 2, 2006", "January 02 2006", "January 2 2006", "January 2, 2006",
	"02 Jan 2006", "2 Jan 2006", "2 January 2006", time.RFC1123, time.RFC1123Z,
}

// date writes a date as most posts write theirs.
func (h frontHead) date(p headPair, now time.Time) string {
	var all []string
	for _, raw := range p.raws {
		all = append(all, layoutOf(frontmatter.Unquote(raw)))
	}
	layout := usual(all)
	if strings.HasSuffix(layout, "Z") {
		now = now.UTC()
	}
	s := now.Format(layout)
	if p.quotes() == "" && (h.form == frontmatter.YAML || h.form == frontmatter.TOML) {
		return s // YAML and TOML have a type for dates
	}
	return h.scalar(s, p.quotes())
}

// layoutOf returns the layout that a date is written in.
func layoutOf(s string) string {
	for _, l := range layouts {
		if t, err := time.Parse(l, s); err == nil && t.Format(l) == s {
			return l
		}
	}
	return time.DateOnly
}
