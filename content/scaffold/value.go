package scaffold

import (
	"encoding/json"
	"slices"
	"strings"
	"time"

	"postern/content/frontmatter"

	"go.yaml.in/yaml/v3"
)

// scalar writes a text in the quotes of another, or in those that it needs.
func (t template) scalar(s, like string) string {
	switch t.form {
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
func (t template) list(tags []string, like string) string {
	sep := ", "
	if t.spacedTags && !strings.Contains(like, ",") {
		sep = " "
	}
	below, lines := strings.CutPrefix(like, "\n")
	brackets := t.form == frontmatter.TOML || t.form == frontmatter.JSON || strings.HasPrefix(like, "[")
	unclear := t.spacedTags && slices.ContainsFunc(tags, func(tag string) bool { return strings.Contains(tag, " ") })
	switch {
	case t.form == frontmatter.Header:
		return strings.Join(tags, sep)
	case lines && len(tags) > 0:
		indent, _, _ := strings.Cut(below, "-")
		text := ""
		for _, tag := range tags {
			text += "\n" + indent + "- " + t.scalar(tag, strings.TrimLeft(below, "- "))
		}
		return text
	case brackets, lines, unclear:
		items := make([]string, len(tags))
		for i, tag := range tags {
			items[i] = t.item(tag, strings.TrimLeft(like, "[ \n"))
		}
		return "[" + strings.Join(items, ", ") + "]"
	}
	return t.scalar(strings.Join(tags, sep), like)
}

// item writes a text within brackets, where more characters mean something in YAML than elsewhere.
func (t template) item(s, like string) string {
	if strings.ContainsAny(s, ",?:[]{}") && t.form == frontmatter.YAML {
		return jsonText(s)
	}
	return t.scalar(s, like)
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
func (t template) date(f field, now time.Time) string {
	var all []string
	for _, value := range f.values {
		all = append(all, layoutOf(frontmatter.Unquote(value)))
	}
	layout := mostCommon(all)
	if strings.HasSuffix(layout, "Z") {
		now = now.UTC()
	}
	s := now.Format(layout)
	if f.quotes() == "" && (t.form == frontmatter.YAML || t.form == frontmatter.TOML) {
		return s // YAML and TOML have a type for dates
	}
	return t.scalar(s, f.quotes())
}

// layoutOf returns the layout that a date is written in.
func layoutOf(s string) string {
	for _, l := range layouts {
		if parsed, err := time.Parse(l, s); err == nil && parsed.Format(l) == s {
			return l
		}
	}
	return time.DateOnly
}
