package content

import (
	"postern/content/frontmatter"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// withDraft returns the head with a key that keeps a post from readers.
func (h frontHead) withDraft() frontHead {
	p := headPair{key: "draft", raw: "true"}
	if h.form == frontmatter.Header {
		p = headPair{key: "Status", raw: "draft"}
	}
	return h.with(p, draftRole, publishedRole, statusRole)
}

func (h frontHead) withTags(tags []string) frontHead {
	if len(tags) == 0 {
		return h
	}
	return h.with(headPair{key: "tags", raw: "[]"}, tagsRole)
}

// with returns the head with a key, unless it has one of some roles.
func (h frontHead) with(p headPair, unless ...role) frontHead {
	if slices.ContainsFunc(h.pairs, func(p headPair) bool { return slices.Contains(unless, p.role()) }) {
		return h
	}
	if h.form == frontmatter.None {
		h.form = frontmatter.YAML
	}
	h.pairs = append(slices.Clone(h.pairs), p)
	return h
}

// text writes a head for an idea, and what stands between it and what its author will write.
func (h frontHead) text(idea Idea) string {
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
		if !nested || h.form != frontmatter.TOML {
			lines = append(lines, h.line(p.key, value))
			continue
		}
		if in[table] == nil {
			tables = append(tables, table)
		}
		in[table] = append(in[table], h.line(key, value))
	}
	sep := "\n"
	if h.form == frontmatter.JSON {
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
func (h frontHead) frame(text string) string {
	open, end := "---\n", "---\n"
	switch h.form {
	case frontmatter.None, frontmatter.Header:
		open, end = "", ""
	case frontmatter.TOML:
		open, end = "+++\n", "+++\n"
	case frontmatter.JSON:
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

func (h frontHead) line(key, value string) string {
	switch h.form {
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

// value returns what a key says of an idea, and false where it says nothing yet.
func (h frontHead) value(p headPair, idea Idea) (string, bool) {
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
		return "[]", h.form != frontmatter.Header
	}
	return h.scalar("", `""`), isText.MatchString(p.raw)
}

// isText matches a value that is a text, and no number, switch or mapping.
var isText = regexp.MustCompile(`^["'\pL][^\n]*$`)

// quotes returns the quotes that most posts have around the value, if they have any.
func (p headPair) quotes() string {
	all := make([]string, len(p.raws))
	for i, raw := range p.raws {
		if all[i] = raw[:min(1, len(raw))]; all[i] != `"` && all[i] != "'" {
			all[i] = ""
		}
	}
	return usual(all)
}

// same reports whether all posts say the same.
func (p headPair) same() bool {
	return !slices.ContainsFunc(p.raws, func(raw string) bool { return raw != p.raw })
}
