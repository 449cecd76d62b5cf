package content

import (
	"fmt"
	"slices"
	"strings"

	"postern/content/problem"
	"postern/content/sanitize"
)

// A front matter may be YAML, TOML, JSON or plain lines, and all of them are read into a matter: texts as they were
// written, whatever type the format takes them to have, so that a title of 007 stays one. What must hold: reading one
// takes time and memory in proportion to its bytes, which are bounded before anything is parsed.

const (
	maxMatter = 64 << 10 // bytes
	maxDepth  = 32       // of brackets and indents
	maxItems  = 1000     // of one list; keys, where they are read one by one
)

// A matter is the front matter of one file: its keys in lower case, those of a table behind its name and a dot.
type matter map[string]fieldValue

// A fieldValue is one value of a front matter.
type fieldValue struct {
	text  string
	list  []string
	spots []problem.Position // of the list's items, where each is known
	line  int                // in the file, from 1
	col   int                // in bytes, from 1
	bad   bool               // only a guess was possible
	key   problem.Position   // of its key; where that is on the same line, at its beginning, nothing
	twice bool               // its key has been reported as a duplicate
}

// named returns the place of a field's key.
func (f fieldValue) named() fieldValue {
	if f.key == (problem.Position{}) {
		return fieldValue{line: f.line, col: 1}
	}
	return fieldValue{line: f.key.Line, col: f.key.Column}
}

// spot returns the place of one item of a list, as near as it is known.
func (f fieldValue) spot(item string) problem.Position {
	i := slices.IndexFunc(f.list, func(s string) bool { return sanitize.Line(s) == item })
	if i < 0 || i >= len(f.spots) {
		return problem.Position{Line: f.line, Column: f.col}
	}
	return f.spots[i]
}

func (f fieldValue) empty() bool { return f.text == "" && len(f.list) == 0 }

// first returns the first of keys that is there and not empty.
func (m matter) first(keys ...string) (f fieldValue, key string) {
	for _, k := range keys {
		if f := m[k]; !f.empty() {
			return f, k
		}
	}
	return fieldValue{}, ""
}

// text returns the first of keys that has one, as one line.
func (m matter) text(keys ...string) string {
	for _, k := range keys {
		if s := sanitize.Line(m[k].text); s != "" {
			return s
		}
	}
	return ""
}

// set adds a field, and reports a key that was there already: the last one wins, as in Jekyll and Hugo.
func (m matter) set(file, key string, f fieldValue, problems *[]problem.Problem) {
	key = strings.ToLower(strings.TrimSpace(key))
	if len(f.list) > maxItems {
		f.list = f.list[:maxItems]
	}
	if earlier, there := m[key]; there {
		if f.twice = true; !earlier.twice {
			k := f.named()
			*problems = append(*problems, problem.Problem{File: file, Line: k.line, Column: k.col, Severity: problem.Warning,
				Message: fmt.Sprintf("%s is there twice; the last one counts", problem.Quote(key)), Hint: "take one of them out"})
		}
	}
	m[key] = f
}

// list returns the items of the first of keys: a list, or a text parted at its commas, else by split.
func (m matter) list(split func(string) []string, keys ...string) []string {
	f, _ := m.first(keys...)
	return f.words(func(t string) []string {
		if strings.Contains(t, ",") {
			return strings.Split(t, ",")
		}
		return split(t)
	})
}

// words returns a list's items, or a text's parts, each once.
func (f fieldValue) words(split func(string) []string) []string {
	items := f.list
	if f.text != "" {
		items = split(f.text)
	}
	var words []string
	seen := make(map[string]bool, len(items))
	for _, item := range items {
		if w := sanitize.Line(item); w != "" && !seen[w] {
			seen[w] = true
			words = append(words, w)
		}
	}
	return words
}

// wholeText takes a text for one item.
func wholeText(s string) []string { return []string{s} }

// parseBool reads a switch as YAML 1.1 and people write it.
func parseBool(s string) (value, ok bool) {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "true", "yes", "on", "1", "y", "t":
		return true, true
	case "false", "no", "off", "0", "n", "f", "", "null", "~":
		return false, true
	}
	return false, false
}

// knownKeys are those that a post is made of. A file whose first line has one, or whose block between fences does, has
// a front matter, however broken.
var knownKeys = func() map[string]bool {
	known := map[string]bool{}
	for _, k := range strings.Fields(`title name date pubdate pubdatetime publishdate published published_at publishedat
		created added updated lastmod modified moddatetime date_updated edited last_modified_at slug permalink url path
		basename aliases redirect_from description excerpt summary desc hook spoiler subtitle tags tag topics keywords
		categories category series author authors by lang language locale draft status unlisted hidden expirydate expires
		redirect redirect_to layout type`) {
		known[k] = true
	}
	return known
}()
