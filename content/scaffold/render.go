package scaffold

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"postern/content/frontmatter"
)

// withDraft returns the template with a key that keeps a post from readers.
func (t template) withDraft() template {
	f := field{key: "draft", value: "true"}
	if t.form == frontmatter.Header {
		f = field{key: "Status", value: "draft"}
	}
	return t.with(f, draftRole, publishedRole, statusRole)
}

func (t template) withTags(tags []string) template {
	if len(tags) == 0 {
		return t
	}
	return t.with(field{key: "tags", value: "[]"}, tagsRole)
}

// with returns the template with another key, unless it has one of some roles.
func (t template) with(f field, unless ...role) template {
	if slices.ContainsFunc(t.fields, func(f field) bool { return slices.Contains(unless, f.role()) }) {
		return t
	}
	if t.form == frontmatter.None {
		t.form = frontmatter.YAML
	}
	t.fields = append(slices.Clone(t.fields), f)
	return t
}

// text writes the beginning of a file, down to where its author will write.
func (t template) text(o Options) string {
	written := map[role]bool{}
	var lines, tables []string
	in := map[string][]string{} // the lines of a table of TOML's, which come behind all others
	for _, f := range t.withTags(o.Tags).fields {
		r := f.role()
		value, ok := t.value(f, o)
		if !ok || written[r] && (r == titleRole || r == dateRole || r == tagsRole) {
			continue
		}
		written[r] = true
		table, key, nested := strings.Cut(f.key, ".")
		if !nested || t.form != frontmatter.TOML {
			lines = append(lines, t.line(f.key, value))
			continue
		}
		if in[table] == nil {
			tables = append(tables, table)
		}
		in[table] = append(in[table], t.line(key, value))
	}
	sep := "\n"
	if t.form == frontmatter.JSON {
		sep = ",\n"
	}
	text := strings.Join(lines, sep)
	for _, table := range tables {
		text += "\n\n[" + table + "]\n" + strings.Join(in[table], "\n")
	}
	text = t.frame(text) + "\n"
	if t.heading {
		text += "# " + o.Title + "\n\n"
	}
	return strings.TrimLeft(text, "\n")
}

// frame sets a front matter's text between what marks it as one.
func (t template) frame(text string) string {
	open, end := "---\n", "---\n"
	switch t.form {
	case frontmatter.None, frontmatter.Header:
		open, end = "", ""
	case frontmatter.TOML:
		open, end = "+++\n", "+++\n"
	case frontmatter.JSON:
		open, end = "", ""
		text = "{\n" + text + "\n}"
	}
	if strings.HasPrefix(t.fence, "-") { // which may say more than the form does, as ---json
		open, end = t.fence+"\n", "---\n"
	}
	if text == "" {
		return ""
	}
	return open + text + "\n" + end
}

func (t template) line(key, value string) string {
	switch t.form {
	case frontmatter.TOML:
		return key + " = " + value
	case frontmatter.JSON:
		return "  " + jsonText(key) + ": " + value
	}
	if value == "" || strings.HasPrefix(value, "\n") {
		return key + ":" + value
	}
	return key + ": " + value
}

// value writes what a key says of a new post. It returns false for a key that says nothing yet.
func (t template) value(f field, o Options) (string, bool) {
	switch f.role() {
	case titleRole:
		return t.scalar(o.Title, f.quotes()), true
	case dateRole:
		return t.date(f, o.Now), true
	case summaryRole:
		return t.scalar("", `""`), true
	case tagsRole:
		return t.list(o.Tags, f.value), true
	case draftRole:
		return strconv.FormatBool(o.Draft), true
	case publishedRole:
		return strconv.FormatBool(!o.Draft), true
	case statusRole:
		if o.Draft {
			return t.scalar("draft", f.value), true
		}
		return f.value, f.allSame()
	case authorRole:
		return f.value, f.allSame()
	case postRole:
		return "", false
	}
	switch {
	case f.allSame() && len(f.values) > 2:
		return f.value, true
	case len(f.values) < max(2, t.posts):
		return "", false
	case strings.HasPrefix(f.value, "["), strings.HasPrefix(strings.TrimSpace(f.value), "- "):
		return "[]", t.form != frontmatter.Header
	}
	return t.scalar("", `""`), isText.MatchString(f.value)
}

// isText matches a value that is a text, and no number, switch or mapping.
var isText = regexp.MustCompile(`^["'\pL][^\n]*$`)

// quotes returns the quotes that most posts have around the value, if they have any.
func (f field) quotes() string {
	all := make([]string, len(f.values))
	for i, value := range f.values {
		if all[i] = value[:min(1, len(value))]; all[i] != `"` && all[i] != "'" {
			all[i] = ""
		}
	}
	return mostCommon(all)
}

// allSame reports whether all posts have the same value.
func (f field) allSame() bool {
	return !slices.ContainsFunc(f.values, func(value string) bool { return value != f.value })
}
