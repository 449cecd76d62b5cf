package content

import (
	"encoding/json"
	"postern/content/frontmatter"
	"regexp"
	"slices"
	"strings"
)

// A frontHead is a front matter as it was written, to write another like it.
type frontHead struct {
	form   frontmatter.Form
	fence  string     // the line that opens it, where that says more than the form does
	pairs  []headPair // in order
	titled bool       // the title stands in the text, as its first heading
	posts  int        // that it is common to
	blanks bool       // tags in one text are parted by blanks
}

// A headPair is a key of a head. Of several heads, it is what they have in common.
type headPair struct {
	key  string   // as written; in TOML behind its table's name and a dot
	raw  string   // the value as written, of the newest post that has it
	raws []string // of all posts that have it
}

// headOf reads how a file begins.
func headOf(text string) frontHead {
	f := frontmatter.Split(text)
	h := frontHead{form: f.Form, posts: 1}
	if first, _, _ := strings.Cut(strings.TrimLeft(text, " \n"), "\n"); frontmatter.Fence.MatchString(first) {
		h.fence = strings.TrimRight(first, " \t")
	}
	switch f.Form {
	case frontmatter.YAML, frontmatter.Header:
		for _, c := range frontmatter.Chunks(f) {
			first, rest, _ := strings.Cut(c.Text, "\n")
			if m := frontmatter.KeyLine.FindStringSubmatchIndex(first); m != nil {
				h.add(first[m[2]:m[3]], strings.TrimSpace(first[m[1]:])+"\n"+rest)
			}
		}
	case frontmatter.TOML:
		h.readTOML(f.Text)
	case frontmatter.JSON:
		h.readJSON(f.Text)
	}
	titled := func(p headPair) bool { return p.role() == titleRole }
	h.titled = !slices.ContainsFunc(h.pairs, titled) && strings.HasPrefix(strings.TrimSpace(f.Body), "# ")
	return h
}

func (h *frontHead) add(key, raw string) {
	raw = strings.TrimRight(raw, " \t\n")
	h.pairs = append(h.pairs, headPair{key, raw, []string{raw}})
}

var tomlTable = regexp.MustCompile(`^\[([A-Za-z_][\w.-]*)\][ \t]*$`)

// readTOML takes a line that begins with a key for a pair, and what follows up to the next for its value.
func (h *frontHead) readTOML(text string) {
	table, key, raw := "", "", ""
	end := func() {
		if key != "" {
			h.add(table+key, raw)
		}
		key = ""
	}
	c := frontmatter.LineCutter{Text: text}
	for l, ok := c.Next(); ok; l, ok = c.Next() {
		if m := tomlTable.FindStringSubmatch(l); m != nil {
			end()
			table = m[1] + "."
		} else if m := frontmatter.TOMLLine.FindStringSubmatch(l); m != nil {
			end()
			key, raw = m[1], strings.TrimSpace(l[strings.IndexByte(l, '=')+1:])
		} else {
			raw += "\n" + l
		}
	}
	end()
}

func (h *frontHead) readJSON(text string) {
	d := json.NewDecoder(strings.NewReader(text))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return
	}
	for d.More() {
		var raw json.RawMessage
		key, err := d.Token()
		if err != nil || d.Decode(&raw) != nil {
			return
		}
		h.add(key.(string), string(raw))
	}
}

// commonHead returns what most heads have in common: their form, the keys that more than half of them have, in the order
// of the newest, and what they say under each.
func commonHead(heads []frontHead) frontHead {
	var forms []frontmatter.Form
	for _, h := range heads {
		forms = append(forms, h.form)
	}
	common := frontHead{form: usual(forms)}
	all := map[string]*headPair{}
	var order []string
	titled := 0
	for _, h := range heads {
		if h.form != common.form {
			continue
		}
		if common.posts++; common.posts == 1 {
			common.fence = h.fence
		}
		if h.titled {
			titled++
		}
		for _, p := range h.pairs {
			k := strings.ToLower(p.key)
			if all[k] == nil {
				all[k] = &headPair{key: p.key, raw: p.raw}
				order = append(order, k)
			}
			all[k].raws = append(all[k].raws, p.raw)
		}
	}
	for _, k := range order {
		if 2*len(all[k].raws) > common.posts {
			common.pairs = append(common.pairs, *all[k])
		}
	}
	common.titled = 2*titled > common.posts
	return common
}
