package scaffold

import (
	"slices"
	"strings"

	"postern/content/frontmatter"
)

// A template is a front matter as it was written, to write another like it; or what several have in common.
type template struct {
	form       frontmatter.Form
	fence      string // the line that opens it, where that says more than the form does
	fields     []field
	heading    bool // the title is the first heading of the text
	posts      int  // how many it is common to
	spacedTags bool // tags in one text are separated by spaces
}

// A field is a key of a template.
type field struct {
	key    string   // in TOML behind its table's name and a dot
	value  string   // as it is written, of the newest post that has it
	values []string // of all posts that have it
}

// newTemplate reads how a file begins.
func newTemplate(text string) template {
	f := frontmatter.Split(text)
	t := template{form: f.Form, fence: f.Fence, posts: 1}
	for _, p := range f.Pairs() {
		t.fields = append(t.fields, field{p.Key, p.Value, []string{p.Value}})
	}
	isTitle := func(f field) bool { return f.role() == titleRole }
	t.heading = !slices.ContainsFunc(t.fields, isTitle) && strings.HasPrefix(strings.TrimSpace(f.Body), "# ")
	return t
}

// commonTemplate returns what most templates have in common: their form, the keys that more than half of them have, in the
// order of the newest, and what they say under each.
func commonTemplate(templates []template) template {
	var forms []frontmatter.Form
	for _, t := range templates {
		forms = append(forms, t.form)
	}
	common := template{form: mostCommon(forms)}
	all := map[string]*field{}
	var order []string
	headings := 0
	for _, t := range templates {
		if t.form != common.form {
			continue
		}
		if common.posts++; common.posts == 1 {
			common.fence = t.fence
		}
		if t.heading {
			headings++
		}
		for _, f := range t.fields {
			k := strings.ToLower(f.key)
			if all[k] == nil {
				all[k] = &field{key: f.key, value: f.value}
				order = append(order, k)
			}
			all[k].values = append(all[k].values, f.value)
		}
	}
	for _, k := range order {
		if 2*len(all[k].values) > common.posts {
			common.fields = append(common.fields, *all[k])
		}
	}
	common.heading = 2*headings > common.posts
	return common
}
