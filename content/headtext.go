package content

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v3"
)

// A role is what a key is for, to who begins a post.
type role int

const (
	otherRole role = iota // said again if all posts say the same
	titleRole
	dateRole
	summaryRole
	tagsRole
	draftRole
	publishedRole
	statusRole
	ownRole   // belongs to one post alone
	voiceRole // the same for most posts of an author
)

// roles are those of keys in lower case.
var roles = func() map[string]role {
	roles := map[string]role{"title": titleRole, "name": titleRole, "draft": draftRole, "published": publishedRole, "status": statusRole}
	for r, keys := range map[role][]string{
		dateRole:    dateKeys,
		summaryRole: summaryKeys,
		tagsRole:    {"tags", "tag", "topics", "keywords", "taxonomies.tags"},
		ownRole:     slices.Concat(updatedKeys, slugKeys, []string{"aliases", "redirect_from", "series", "taxonomies.series", "expirydate", "expires", "unlisted"}),
		voiceRole:   {"layout", "type", "template", "author", "authors", "by", "taxonomies.authors", "lang", "language", "locale"},
	} {
		for _, k := range keys {
			if _, there := roles[k]; !there {
				roles[k] = r
			}
		}
	}
	return roles
}()

func roleOf(key string) role { return roles[strings.ToLower(key)] }

// role returns what an pair is for. A `published` that is no switch is a date.
func (e pair) role() role {
	r := roleOf(e.key)
	if r == publishedRole {
		if _, isSwitch := parseBool(unquote(e.raw)); !isSwitch {
			return dateRole
		}
	}
	return r
}

// withDraft returns the head with a key that keeps a post from readers.
func (h head) withDraft() head {
	p := pair{key: "draft", raw: "true"}
	if h.form == headerForm {
		p = pair{key: "Status", raw: "draft"}
	}
	return h.with(p, draftRole, publishedRole, statusRole)
}

func (h head) withTags(tags []string) head {
	if len(tags) == 0 {
		return h
	}
	return h.with(pair{key: "tags", raw: "[]"}, tagsRole)
}

// with returns the head with a key, unless it has one of some roles.
func (h head) with(p pair, unless ...role) head {
	if slices.ContainsFunc(h.pairs, func(p pair) bool { return slices.Contains(unless, p.role()) }) {
		return h
	}
	if h.form == none {
		h.form = yamlForm
	}
	h.pairs = append(slices.Clone(h.pairs), p)
	return h
}

// text writes a head for an idea, and what stands between it and what its author will write.
func (h head) text(idea Idea) string {
	written := map[role]bool{}
	var lines, tables []string
	in := map[string][]string{} // the lines of a table of TOML's, which come behind all others
	for _, p := range h.withTags(idea.Tags).pairs {
		r := p.role()
		value, ok := h.value(p, idea)
		if !ok || written[r] && (r == titleRole || r == dateRole || r == tagsRole) {
			continue
		}
		written[r] = true
		table, key, nested := strings.Cut(p.key, ".")
		if !nested || h.form != tomlForm {
			lines = append(lines, h.line(p.key, value))
			continue
		}
		if in[table] == nil {
			tables = append(tables, table)
		}
		in[table] = append(in[table], h.line(key, value))
	}
	sep := "\n"
	if h.form == jsonForm {
		sep = ",\n"
	}
	text := strings.Join(lines, sep)
	for _, table := range tables {
		text += "\n\n[" + table + "]\n" + strings.Join(in[table], "\n")
	}
	text = h.frame(text) + "\n"
	if h.titled {
		text += "# " + idea.Title + "\n\n"
	}
	return strings.TrimLeft(text, "\n")
}

// frame sets a front matter's text between what marks it as one.
func (h head) frame(text string) string {
	open, end := "---\n", "---\n"
	switch h.form {
	case none, headerForm:
		open, end = "", ""
	case tomlForm:
		open, end = "+++\n", "+++\n"
	case jsonForm:
		open, end = "", ""
		text = "{\n" + text + "\n}"
	}
	if strings.HasPrefix(h.fence, "-") { // which may say more than the form does, as ---json
		open, end = h.fence+"\n", "---\n"
	}
	if text == "" {
		return ""
	}
	return open + text + "\n" + end
}

func (h head) line(key, value string) string {
	switch h.form {
	case tomlForm:
		return key + " = " + value
	case jsonForm:
		return "  " + jsonText(key) + ": " + value
	}
	if value == "" || strings.HasPrefix(value, "\n") {
		return key + ":" + value
	}
	return key + ": " + value
}

// value returns what a key says of an idea, and false where it says nothing yet.
func (h head) value(p pair, idea Idea) (string, bool) {
	switch p.role() {
	case titleRole:
		return h.scalar(idea.Title, p.quotes()), true
	case dateRole:
		return h.date(p, idea.Now), true
	case summaryRole:
		return h.scalar("", `""`), true
	case tagsRole:
		return h.list(idea.Tags, p.raw), true
	case draftRole:
		return strconv.FormatBool(idea.Draft), true
	case publishedRole:
		return strconv.FormatBool(!idea.Draft), true
	case statusRole:
		if idea.Draft {
			return h.scalar("draft", p.raw), true
		}
		return p.raw, p.same()
	case voiceRole:
		return p.raw, p.same()
	case ownRole:
		return "", false
	}
	switch {
	case p.same() && len(p.raws) > 2:
		return p.raw, true
	case len(p.raws) < max(2, h.posts):
		return "", false
	case strings.HasPrefix(p.raw, "["), strings.HasPrefix(strings.TrimSpace(p.raw), "- "):
		return "[]", h.form != headerForm
	}
	return h.scalar("", `""`), isText.MatchString(p.raw)
}

// isText matches a value that is a text, and no number, switch or mapping.
var isText = regexp.MustCompile(`^["'\pL][^\n]*$`)

// quotes returns the quotes that most posts have around the value, if they have any.
func (p pair) quotes() string {
	all := make([]string, len(p.raws))
	for i, raw := range p.raws {
		if all[i] = raw[:min(1, len(raw))]; all[i] != `"` && all[i] != "'" {
			all[i] = ""
		}
	}
	return usual(all)
}

// same reports whether all posts say the same.
func (p pair) same() bool {
	return !slices.ContainsFunc(p.raws, func(raw string) bool { return raw != p.raw })
}

// scalar writes a text in the quotes of another, or in those that it needs.
func (h head) scalar(s, like string) string {
	switch h.form {
	case tomlForm, jsonForm:
		return jsonText(s) // which TOML's basic strings understand
	case headerForm:
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
func (h head) list(tags []string, like string) string {
	sep := ", "
	if h.blanks && !strings.Contains(like, ",") {
		sep = " "
	}
	below, lines := strings.CutPrefix(like, "\n")
	brackets := h.form == tomlForm || h.form == jsonForm || strings.HasPrefix(like, "[")
	unclear := h.blanks && slices.ContainsFunc(tags, func(t string) bool { return strings.Contains(t, " ") })
	switch {
	case h.form == headerForm:
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
func (h head) item(s, like string) string {
	if strings.ContainsAny(s, ",?:[]{}") && h.form == yamlForm {
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
func (h head) date(p pair, now time.Time) string {
	var all []string
	for _, raw := range p.raws {
		all = append(all, layoutOf(unquote(raw)))
	}
	layout := usual(all)
	if strings.HasSuffix(layout, "Z") {
		now = now.UTC()
	}
	s := now.Format(layout)
	if p.quotes() == "" && (h.form == yamlForm || h.form == tomlForm) {
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
